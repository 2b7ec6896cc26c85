"""Applications as their queues show them: plain values, two statements for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet

from marketplace.kernel import known
from marketplace.kernel.models.ends import Ends, ends_of
from marketplace.kernel.statements import Prefix, statement, totalled
from marketplace.models import Agency, AgencyQuerySet, Division
from marketplace.models.deadlines import AdmissionDeadline as Kind
from marketplace.models.divisions import place_names
from marketplace.named import Named
from marketplace.web.components import Text

Status = Agency.Status
QUEUES = (Status.SUBMITTED, Status.PUBLICITY, Status.RETURNED)
AGENCY = ("slug", "name", "uscc", "division", "registered_in__full_name")
COLUMNS = (
    *("pk", *(f"organization__{name}" for name in AGENCY)),
    *("organization__has_valid_check_digit", "organization__uscc_confirmed_at"),
    *("nature", "status", "submitted_at", "checked_at"),
)


@dataclass(frozen=True)
class Application:
    """An agency's application; `key` is that of the agency."""

    key: int
    agency: Named
    ends: Ends
    has_valid_check_digit: bool
    uscc_confirmed_at: datetime | None
    nature: str
    status: str
    submitted_at: datetime | None
    checked_at: datetime | None

    @property
    def uscc_is_settled(self) -> bool:
        """Tell whether the credit code has a right check digit or an officer has confirmed it."""
        return self.has_valid_check_digit or self.uscc_confirmed_at is not None

    @property
    def nature_word(self) -> Text:
        return Agency.Nature(self.nature).label if self.nature else ""

    @property
    def check_due_at(self) -> datetime | None:
        return self.ends.of(Kind.CHECK, self.key)

    @property
    def publicity_ends_at(self) -> datetime | None:
        return self.ends.of(Kind.PUBLICITY, self.key)

    @property
    def is_due_provisional(self) -> bool:
        return self.ends.is_provisional(self.key, Kind.CHECK, Kind.PUBLICITY)


def columns(agencies: AgencyQuerySet) -> QuerySet[Agency, Any]:
    """Return what `as_applications` makes its rows of."""
    told: QuerySet[Agency, Any] = agencies.values_list(*COLUMNS)
    return told


def as_applications(told: Sequence[Any]) -> list[Application]:
    """Return what a queryset of `columns` has found, with the deadlines; one statement."""
    ends, places = ends_of([row[0] for row in told]), place_names()
    return [
        Application(key, Named(slug, name, uscc, outside or places[division]), ends, *rest)
        for key, slug, name, uscc, division, outside, *rest in told
    ]


def queue_counts(division: Division) -> dict[str, int]:
    """Return how many applications stand in each queue of an area, in one query a request."""
    return known.once_here("applications", division.pk, read=partial(_count, division.prefix))


def _count(prefix: str) -> dict[str, int]:
    [counts] = _counts(prefix=prefix)
    return dict(zip(QUEUES, counts, strict=True))


@statement
def _counts(*, prefix: Prefix) -> QuerySet[Agency, Any]:
    waiting = Agency.objects.filter(
        status__in=QUEUES, organization__division__code__startswith=prefix
    )
    return totalled(
        waiting, **{str(status): Count("pk", filter=Q(status=status)) for status in QUEUES}
    )
