"""What everybody may know of a record: the entries that a public page may show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from credit.models import Case, Entry, Severity
from marketplace.kernel import known
from marketplace.kernel.statements import statement
from marketplace.models import (
    Organization,
)


def public_record_of(organization: Organization, at: datetime) -> QuerySet[Entry]:
    """
    Return the entries of a record that a public page may show at `at`, newest first.

    Left out is what is public no more, and what a decision put into it that is not published, or no
    more: the entry would publish it. Left out is a correction to nothing too: else its absence
    would tell of an unpublished one to more.
    """
    hidden = unpublished([organization.pk], at)
    entries = Entry.objects.filter(organization=organization).public_at(at)
    record = entries.exclude(pk__in=hidden)
    shown = record.exclude(corrects__isnull=False, points=0)
    return shown.select_related("corrected_by").annotate(
        is_shown_as_correction=Q(corrects__isnull=False) & ~Q(corrects__in=hidden),
    )


def unpublished(keys: Sequence[int], at: datetime) -> set[int]:
    """
    Return the entries of these records that decisions wrote which are not shown at `at`, by key.

    An officer's correction belongs to what it corrects, unless another decision stands by it.
    """
    of_cases = partial(_of_cases, keys, at)
    held = dict(known.once_here("entries of cases", tuple(keys), at, read=of_cases))
    hidden = {entry for entry, is_unshown in held.items() if is_unshown}
    for correction, corrected in _corrections(keys) if hidden else ():
        if corrected in hidden and correction not in held:
            hidden.add(correction)
    return hidden


@statement
def _of_cases(keys: Sequence[int], at: datetime) -> QuerySet[Case, Any]:
    """Return the entries that decisions wrote, and whether these are not shown."""
    cases = Case.objects.filter(organization__in=keys, entry__isnull=False)
    told = cases.order_by().annotate(is_unshown=_is_unshown(at))
    return told.values_list("entry", "is_unshown")


def _is_unshown(at: datetime) -> Q:
    """
    Return what tells that nobody else is shown a case at `at`.

    It is what `Restriction.objects.shown` leaves out of the public ones, asked of the joined row: a
    subquery would read every decision.
    """
    ended = Q(restriction__effective_to__lte=at) | Q(restriction__lifted_at__lte=at)
    over = ended & Q(restriction__is_public=True, restriction__published_until__lte=at)
    return Q(severity=Severity.MINOR) | over


def partly_hidden(at: datetime) -> set[int]:
    """Return the organizations whose record counts, at `at`, what not everybody may know of."""
    decided = Case.objects.filter(_is_unshown(at), entry__isnull=False)
    counting = Entry.objects.exclude(counts_until__lte=at)
    of_decisions = decided.order_by().values_list("organization", flat=True)
    of_entries = counting.filter(public_until__lte=at).order_by()
    return {*of_decisions, *of_entries.values_list("organization", flat=True)}


@statement
def _corrections(keys: Sequence[int]) -> QuerySet[Entry, Any]:
    rows = Entry.objects.filter(
        organization__in=keys, corrects__isnull=False, recorded_by__isnull=False
    )
    return rows.order_by("pk").values_list("pk", "corrects")


def points_fell_with(case: Case) -> bool:
    """Tell whether the points of a revoked case fell with it, as far as nothing else bears them."""
    if case.entry is None or case.closed_at is None:
        return False
    same = Entry.objects.filter(
        organization=case.organization, kind=case.kind, reference=case.entry.reference
    )
    return same.filter(corrects__isnull=False, points=0, recorded_at=case.closed_at).exists()


def points_fell_openly(case: Case) -> bool:
    """Tell the same as far as everybody may know: points that nothing public bears have fallen."""
    if case.entry is None or case.closed_at is None:
        return False
    at_once = Entry.objects.filter(
        organization=case.organization,
        kind=case.kind,
        reference=case.entry.reference,
        corrects__isnull=False,
        recorded_at=case.closed_at,
    )
    open_bearers = at_once.exclude(points=0).exclude(
        pk__in=unpublished([case.organization_id], case.closed_at)
    )
    return at_once.exists() and not open_bearers.exists()
