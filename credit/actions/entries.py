"""Write the record: what happened, and what was found wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from credit.actions.findings import follow
from credit.guards.entries import entry_is_not_corrected_yet
from credit.guards.reasons import correction_reasons_are_given
from credit.in_force import kind_under
from credit.models import Entry
from credit.schemes import until
from marketplace.kernel.audit import record
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, User


# without a savepoint of its own: an act whose fact cannot be recorded fails as a whole
@transaction.atomic(savepoint=False)
def record_entry(  # noqa: PLR0913 - a fact has this many sides
    *,
    organization: Organization,
    kind: str,
    occurred_at: datetime,
    recorded_at: datetime,
    reference: str,
    rulebook: RulebookVersion,
    by: User | None = None,
    reference_url: str = "",
    note: str = "",
) -> Entry:
    """
    Append one fact about `organization`, with what the scheme of its day and `rulebook` give it.

    The same fact (organisation, kind, reference) is recorded once, whoever tells it again; then the
    entry that stands is returned and nothing is written. Except when the platform finds (`by` is
    None) what only officers have recorded so far: then its entry takes the place of theirs, so that
    it counts on its own and does not fall with their decision.

    What follows from it follows at once: a repetition that it completes is a fact of its own, a
    threshold that it crosses warns the agency or gives the officers a finding.

    Raises:
        NoPointsInRulebook: `kind` has no points there.
    """
    fact = {"organization": organization, "kind": kind, "reference": reference}
    conduct = kind_under(rulebook, kind, occurred_at)
    told = {
        "points": conduct.points,
        "counts_until": until(occurred_at, conduct.counts_months),
        "public_until": until(occurred_at, conduct.public_months),
        "occurred_at": occurred_at,
        "recorded_at": recorded_at,
        "reference_url": reference_url,
        "note": note,
        "rulebook_sha256": rulebook.sha256,
        "recorded_by": by,
    }
    entry, is_new = _first_entry(organization, fact, told)
    if not is_new:
        if by is not None or any(one.recorded_by_id is None for one in chain_of(entry)):
            return entry
        entry = Entry.objects.create(**fact, **told, corrects=latest_of(entry))
    record(
        by=by,
        verb="entry.recorded",
        target=entry,
        at=recorded_at,
        organization=organization,
        kind=kind,
        points=str(entry.points),
        reference=reference,
    )
    for repeated in follow(entry, at=recorded_at):
        record_entry(
            organization=organization,
            kind=repeated.code,
            occurred_at=occurred_at,
            recorded_at=recorded_at,
            reference=reference,
            rulebook=rulebook,
            reference_url=reference_url,
        )
    return entry


def _first_entry(
    organization: Organization, fact: dict[str, Any], told: dict[str, Any]
) -> tuple[Entry, bool]:
    """Return the first entry of a fact, and whether it is written now; locks an agency for it."""
    if organization.kind != Organization.Kind.AGENCY:
        return Entry.objects.get_or_create(**fact, corrects=None, defaults=told)
    Organization.objects.lock(organization.pk)
    known = Entry.objects.filter(**fact, corrects=None).first()
    return (Entry.objects.create(**fact, **told), True) if known is None else (known, False)


def chain_of(entry: Entry) -> Iterator[Entry]:
    """Yield `entry` and the corrections that followed it, one after the other."""
    following: Entry | None = entry
    while following is not None:
        yield following
        following = Entry.objects.filter(corrects=following).first()


def latest_of(entry: Entry) -> Entry:
    """Return the entry that stands in the place of `entry`: the last of its corrections."""
    *_earlier, latest = chain_of(entry)
    return latest


@transaction.atomic
def correct_entry(
    *,
    entry: Entry,
    points: Decimal,
    note: str,
    by: User,
    at: datetime,
    rulebook: RulebookVersion | None = None,
) -> Entry:
    """
    Append an entry that takes the place of `entry` from `at` on; zero points when the fact falls.

    `rulebook` is the version that `points` are from, by default the one of `entry`.

    Raises:
        Refused: `entry` was corrected before, or no reason is given.
    """
    Organization.objects.lock(entry.organization_id)
    require(entry_is_not_corrected_yet(entry), correction_reasons_are_given(note))
    correction = Entry.objects.create(
        organization=entry.organization,
        kind=entry.kind,
        points=points,
        occurred_at=entry.occurred_at,
        recorded_at=at,
        counts_until=entry.counts_until,
        public_until=entry.public_until,
        corrects=entry,
        reference=entry.reference,
        reference_url=entry.reference_url,
        note=note,
        rulebook_sha256=rulebook.sha256 if rulebook else entry.rulebook_sha256,
        recorded_by=by,
    )
    record(
        by=by,
        verb="entry.corrected",
        target=correction,
        at=at,
        organization=entry.organization,
        corrects=entry.pk,
        points=str(points),
        note=note,
    )
    follow(correction, at=at)
    return correction
