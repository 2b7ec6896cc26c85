"""What the home page tells of the running business, as plain values; a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncDate

from bidding.models import Award, Bid, Seal, Selection, Tender
from credit.models import Restriction
from marketplace.kernel.calendar import (
    CHINA,
    WorkCalendar,
    day_of,
    end_of_day,
    is_working_day,
)
from marketplace.kernel.models import CalendarDay, Parameter
from marketplace.models import Division, ServiceClass

SPARK_DAYS = 22
CLOSING_COUNT = 7
AWARDED_COUNT = 4
RESTRICTION_COUNT = 4
ADMISSION_KEYS = ("onboarding.formal_check", "onboarding.publicity")


@dataclass(frozen=True)
class Sums:
    """Awards of some time: how many, for how much, and of those with a ceiling both sums."""

    count: int = 0
    amount: Decimal = Decimal()
    compared: Decimal = Decimal()
    ceiling: Decimal = Decimal()

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.count + other.count,
            self.amount + other.amount,
            self.compared + other.compared,
            self.ceiling + other.ceiling,
        )

    @property
    def discount(self) -> Decimal | None:
        """By how much, in percent, the sum of awards is below the sum of their ceilings."""
        return 100 * (1 - self.compared / self.ceiling) if self.ceiling else None


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


# --- open orders ----------------------------------------------------------------------------------


def open_counts(at: datetime) -> tuple[int, int]:
    """Return how many orders take sign-ups, and how many of them stop doing so today."""
    counts = Tender.objects.open_at(at).aggregate(
        open=Count("pk"), today=Count("pk", filter=Q(sign_up__ends_at__lte=end_of_day(day_of(at))))
    )
    return counts["open"], counts["today"]


def closing_soon(at: datetime) -> QuerySet[Tender]:
    """Return the next orders to close."""
    rows = Tender.objects.open_at(at).select_related("item__service_class", "division__parent")
    return rows.prefetch_related("deadlines").by_closing()[:CLOSING_COUNT]


def open_shares(at: datetime) -> tuple[list[Share], list[Share]]:
    """Return the service classes and the cities, those with most open orders first."""
    by_class: Counter[int] = Counter()
    by_city: Counter[str] = Counter()
    rows = Tender.objects.open_at(at).values_list("item__service_class", "division_id").order_by()
    for service_class, division, count in rows.annotate(Count("pk")):
        by_class[service_class] += count
        by_city[division[:4]] += count
    cities = Division.objects.filter(level=Division.Level.CITY)
    return (
        _by_count(Share(row, by_class[row.pk]) for row in ServiceClass.objects.all()),
        _by_count(Share(row, by_city[row.prefix]) for row in cities),
    )


def _by_count(shares: Iterator[Share]) -> list[Share]:
    return sorted(shares, key=lambda share: -share.count)


# --- selections and awards ------------------------------------------------------------------------


def latest_draw() -> Selection | Seal | None:
    """Return the latest selection, which anyone can repeat; before the first, the latest seal."""
    selections = Selection.objects.filter(tender__seal__isnull=False)
    selection = selections.select_related("tender__seal").order_by("-pk").first()
    if selection is not None:
        return selection
    seals = Seal.objects.filter(tender__published_at__isnull=False)
    return seals.select_related("tender").order_by("-pk").first()


def just_awarded() -> list[Award]:
    """Return the latest awards whose result publicity is over, with how many signed up."""
    signed_up = Bid.objects.filter(tender=OuterRef("tender")).exclude(status=Bid.Status.WITHDRAWN)
    counted = signed_up.order_by().values("tender").annotate(count=Count("pk")).values("count")
    awards = (
        Award.objects.won()
        .select_related("tender", "bid__agency")
        .prefetch_related("deadlines")
        .annotate(bid_count=Subquery(counted))
        .order_by("-pk")[:AWARDED_COUNT]
    )
    return sorted(awards, key=lambda award: award.publicity_ends_at, reverse=True)


# --- figures --------------------------------------------------------------------------------------


def working_days(today: date, calendar: WorkCalendar) -> list[date]:
    """Return the last `SPARK_DAYS` working days up to today, the earliest first."""
    back = (today - timedelta(days=n) for n in range(3 * SPARK_DAYS))
    worked = [day for day in back if is_working_day(day, calendar)]
    return worked[:SPARK_DAYS][::-1]


def published_stretch(at: datetime, days: Sequence[date]) -> Stretch:
    """Return how many notices were published."""
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


# --- everything -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class HomeFacts:
    """All that the home page tells."""

    today: date
    open_count: int
    closing_today_count: int
    draw: Selection | Seal | None
    published: Stretch
    awarded: Stretch
    closing: list[Tender]
    awards: list[Award]
    classes: list[Share]
    cities: list[Share]
    restrictions: list[Restriction]
    restriction_count: int
    admission_days: dict[str, int]

    @property
    def busy_classes(self) -> list[Share]:
        """The classes with open orders, those with most first."""
        return [share for share in self.classes if share.count]

    @property
    def quiet_classes(self) -> list[Share]:
        """The classes without an open order, in the order of the catalogue."""
        return [share for share in self.classes if not share.count]


def home_facts(at: datetime) -> HomeFacts:
    """Read what the home page tells at `at`."""
    days = working_days(day_of(at), CalendarDay.objects.work_calendar())
    open_count, closing_today_count = open_counts(at)
    classes, cities = open_shares(at)
    restrictions = Restriction.objects.in_force(at).public()
    return HomeFacts(
        today=day_of(at),
        open_count=open_count,
        closing_today_count=closing_today_count,
        draw=latest_draw(),
        published=published_stretch(at, days),
        awarded=awarded_stretch(at, days),
        closing=list(closing_soon(at)),
        awards=just_awarded(),
        classes=classes,
        cities=cities,
        restrictions=list(
            restrictions.select_related("organization", "case", "service_class").order_by(
                "-effective_from", "-pk"
            )[:RESTRICTION_COUNT]
        ),
        restriction_count=restrictions.count(),
        admission_days=_admission_days(at),
    )


def _admission_days(at: datetime) -> dict[str, int]:
    """Return how many working days the steps of an admission take, by the last part of the key."""
    in_force = Parameter.objects.in_force(day_of(at)).filter(
        key__in=ADMISSION_KEYS, division__level=Division.Level.PROVINCE
    )
    return {key.rpartition(".")[2]: value for key, value in in_force.values_list("key", "value")}
