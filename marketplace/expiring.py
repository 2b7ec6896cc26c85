"""What is registered of an agency and runs out, by its last day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from marketplace.filed import certificates_of
from marketplace.kernel.calendar import CHINA, day_of
from marketplace.models import Agency, Qualification

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ending:
    """A licence or certificate with its last valid day; nothing follows upon it yet."""

    kind: Literal["licence", "certificate"]
    until: date
    certificate: Qualification | None = None

    def days_left(self, day: date) -> int:
        """Return how many days there are after `day`; 0 on the last day."""
        return (self.until - day).days

    @property
    def is_licence(self) -> bool:
        return self.kind == "licence"

    @property
    def ends_at(self) -> datetime:
        """The instant from which it does not hold: 24:00 of its last day."""
        return _midnight(self.until + ONE_DAY)


def endings(agency: Agency) -> list[Ending]:
    """
    Return what will run out, the earliest first; what a renewal follows upon does not.

    A certificate is followed when another of the same class holds from the next day at the latest,
    and longer.
    """
    rows = certificates_of(agency)
    found = [
        Ending("certificate", row.valid_until, row)
        for row in rows
        if row.valid_until is not None and not _is_followed(row, rows)
    ]
    if agency.business_until is not None:
        found.append(Ending("licence", agency.business_until))
    return sorted(found, key=lambda one: one.until)


def _is_followed(row: Qualification, rows: Sequence[Qualification]) -> bool:
    assert row.valid_until is not None  # noqa: S101 - the caller has asked
    return any(
        other.pk != row.pk
        and other.service_class_id == row.service_class_id
        and other.valid_from <= row.valid_until + ONE_DAY
        and (other.valid_until is None or other.valid_until > row.valid_until)
        for other in rows
    )


def next_end(found: Sequence[Ending], after: datetime) -> datetime | None:
    """Return the first instant later than `after` at which one of `found` has run out."""
    return min((one.ends_at for one in found if one.ends_at > after), default=None)


def next_warning(
    found: Sequence[Ending], days: Collection[int], after: datetime
) -> datetime | None:
    """Return the first midnight later than `after` that begins a day on which to warn."""
    moments = (_midnight(one.until - timedelta(days=before)) for one in found for before in days)
    return min((moment for moment in moments if moment > after), default=None)


def to_warn_of(found: Sequence[Ending], days: Collection[int], at: datetime) -> list[Ending]:
    """Return what is so many days from its end on the day of `at`."""
    return [one for one in found if one.days_left(day_of(at)) in days]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)
