"""What credit rests on: its guards, open cases, and the restrictions that run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from credit.guards.bases import GROUNDS
from credit.in_force import has_scheme, scheme_at
from credit.models import Case, Restriction
from credit.models.schemes import name_of_kind
from credit.schemes import Scheme
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.citations import Citation, cited_by_guards

SCHEME = _("信用评价方案")
GUARD, CASE, RESTRICTION = _("办理条件"), _("信用案件"), _("信用限制")
PAPERS = _("告知和决定文书")


def cited(*, on: date) -> Iterator[Citation]:
    """
    Yield what guards, open cases and running restrictions rest on.

    A decision stands on the law of its day, so a restriction is asked for the day it began.
    """
    yield from cited_by_guards("credit.guards", kind=GUARD, on=on)
    for basis in GROUNDS.values():
        yield Citation(PAPERS, PAPERS, str(basis), on)
    opened = Case.objects.open().values_list("slug", "number", "legal_basis")
    for slug, number, legal_basis in opened:
        url = reverse("credit:case", args=[slug])
        yield Citation(CASE, number, legal_basis, on, url, is_public=False)
    at = datetime.combine(on, time.max, tzinfo=CHINA)
    if has_scheme():
        yield from _of_the_scheme(scheme_at(at), on)
    running = Restriction.objects.in_force(at).values_list(
        *("slug", "effective_from", "legal_basis", "case__decision_number", "case__number")
    )
    for slug, since, legal_basis, decision, number in running:
        url, began = reverse("credit:decision", args=[slug]), since.astimezone(CHINA).date()
        yield Citation(RESTRICTION, decision or number, legal_basis, began, url, is_public=False)


def _of_the_scheme(scheme: Scheme, on: date) -> Iterator[Citation]:
    """Yield what the kinds and thresholds of a scheme rest on; the rulebook's own has none here."""
    url = reverse("credit:scheme")
    for kind in scheme.kinds:
        for basis in filter(None, (kind.basis, *kind.bases)):
            yield Citation(SCHEME, name_of_kind(kind.code), basis, on, url)
    for threshold in scheme.thresholds:
        yield Citation(SCHEME, threshold.code, threshold.basis, on, url)
