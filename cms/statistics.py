"""The figures of the running business, as plain values; each is a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from bidding.models import Award, Tender
from bidding.statistics.sums import Sums
from marketplace.kernel import known
from marketplace.kernel.calendar import (
    CHINA,
    WorkCalendar,
    day_of,
    end_of_day,
    is_working_day,
)
from marketplace.models import Division, ServiceClass
from marketplace.web.known_at import once_at

SPARK_DAYS = 22


@dataclass(frozen=True)
class Stretch:
    """
    A figure on the last working days, this month, this year, and since the beginning.

    `latest` is that of today or, when there is nothing yet, of `latest_on`, the last day that had
    something.
    """

    latest_on: date
    latest: Any
    days: Sequence[Any]
    month: Any
    year: Any
    total: Any


@dataclass(frozen=True)
class Share:
    """How many orders are open in a class or in a city with its counties."""

    row: Any
    count: int

    @property
    def icon(self) -> str:
        """The icon of a class, or of any paper."""
        return self.row.icon or "i-doc"


def open_counts(at: datetime) -> tuple[int, int]:
    """Return how many orders take sign-ups, and how many of them stop doing so today."""
    today = Q(sign_up__ends_at__lte=end_of_day(day_of(at)))
    open_now = Tender.objects.open_at(at)
    counts = once_at(
        "open counts",
        at,
        read=lambda: open_now.aggregate(open=Count("pk"), today=Count("pk", filter=today)),
    )
    return counts["open"], counts["today"]


def open_shares(at: datetime) -> tuple[list[Share], list[Share]]:
    """Return the service classes and the cities, those with most open orders first."""
    by_class: Counter[int] = Counter()
    by_city: Counter[str] = Counter()
    rows = Tender.objects.open_at(at).values_list("item__service_class", "division_id").order_by()
    counts = once_at("open shares", at, read=lambda: list(rows.annotate(Count("pk"))))
    for service_class, division, count in counts:
        by_class[service_class] += count
        by_city[division[:4]] += count
    classes, cities = known.once("classes and cities", read=_read_classes_and_cities)
    return (
        _by_count(Share(row, by_class[row.pk]) for row in classes),
        _by_count(Share(row, by_city[row.code[:4]]) for row in cities),
    )


def _read_classes_and_cities() -> tuple[list[Any], list[Any]]:
    """Return what is shown of each service class and of each city, as plain rows."""
    cities = Division.objects.filter(level=Division.Level.CITY)
    classes = ServiceClass.objects.values_list("pk", "code", "name", "icon", named=True)
    return list(classes), list(cities.values_list("code", "name", named=True))


def _by_count(shares: Iterator[Share]) -> list[Share]:
    return sorted(shares, key=lambda share: -share.count)


def working_days(today: date, calendar: WorkCalendar) -> list[date]:
    """Return the last `SPARK_DAYS` working days up to today, the earliest first."""
    back = (today - timedelta(days=n) for n in range(3 * SPARK_DAYS))
    worked = [day for day in back if is_working_day(day, calendar)]
    return worked[:SPARK_DAYS][::-1]


def published_stretch(at: datetime, days: Sequence[date]) -> Stretch:
    """Return how many notices were published."""
    return once_at("published", at, tuple(days), read=lambda: _published_stretch(at, days))


def _published_stretch(at: datetime, days: Sequence[date]) -> Stretch:
    today = day_of(at)
    public = Tender.objects.public()
    recent = public.filter(published_at__gte=_start(days[0]), published_at__lte=at)
    by_day = dict(
        recent.annotate(day=TruncDate("published_at", tzinfo=CHINA))
        .values_list("day")
        .annotate(Count("pk"))
        .order_by()
    )
    totals = public.aggregate(
        month=Count("pk", filter=Q(published_at__gte=_start(today.replace(day=1)))),
        year=Count("pk", filter=Q(published_at__gte=_start(today.replace(month=1, day=1)))),
        total=Count("pk"),
    )
    return Stretch(
        *_latest(by_day, today, 0),
        [by_day.get(day, 0) for day in days],
        totals["month"],
        totals["year"],
        totals["total"],
    )


def _latest(by_day: dict[date, Any], today: date, nothing: Any) -> tuple[date, Any]:
    day = max((day for day in by_day if day <= today), default=today)
    return day, by_day.get(day, nothing)


def awarded_stretch(at: datetime, days: Sequence[date]) -> Stretch:
    """Return the awards: a letter is issued when the result publicity ends."""
    return once_at("awarded", at, tuple(days), read=lambda: _awarded_stretch(at, days))


def _awarded_stretch(at: datetime, days: Sequence[date]) -> Stretch:
    today = day_of(at)
    awards = Award.objects.won()
    recent = awards.filter(awarded_at__gte=_start(days[0]))
    rows = (
        recent.annotate(day=TruncDate("awarded_at", tzinfo=CHINA))
        .values("day")
        .annotate(**_sums(Q()))
        .order_by()
    )
    by_day = {row["day"]: _read(row, "") for row in rows}
    since = {
        "month": Q(awarded_at__gte=_start(today.replace(day=1))),
        "year": Q(awarded_at__gte=_start(today.replace(month=1, day=1))),
        "total": Q(),
    }
    asked = {
        name: sum_ for key, when in since.items() for name, sum_ in _sums(when, f"{key}_").items()
    }
    totals = awards.aggregate(**asked)
    return Stretch(
        *_latest(by_day, today, Sums()),
        [by_day.get(day, Sums()) for day in days],
        *(_read(totals, f"{key}_") for key in since),
    )


def _sums(when: Q, prefix: str = "") -> dict[str, Any]:
    has_ceiling = when & Q(tender__ceiling__isnull=False)
    return {
        f"{prefix}count": Count("pk", filter=when),
        f"{prefix}sum": Sum("amount", filter=when),
        f"{prefix}compared": Sum("amount", filter=has_ceiling),
        f"{prefix}ceiling": Sum("tender__ceiling", filter=has_ceiling),
    }


def _read(row: Mapping[str, Any], prefix: str) -> Sums:
    amount, compared, ceiling = (
        row[prefix + name] or Decimal() for name in ("sum", "compared", "ceiling")
    )
    return Sums(row[f"{prefix}count"], amount, compared, ceiling)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=CHINA)
