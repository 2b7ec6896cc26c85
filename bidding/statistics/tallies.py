"""Count what is public of the business: each figure from one statement, for `actions.reckoning`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from bidding.models import Award, Bid, Contract, Tally, Tender
from bidding.models.deadlines import OrderDeadline
from bidding.models.tally import Ending, Figure
from marketplace.kernel.calendar import WorkCalendar, day_of, working_days_between
from marketplace.kernel.models import CalendarDay, end_of

CHUNK = 2_000
OF_ORDER = ("division_id", "item__service_class_id", "item__code", "method", "fund")
OF_AWARD = tuple(f"tender__{name}" for name in OF_ORDER)
OF_CONTRACT = tuple(f"award__tender__{name}" for name in OF_ORDER)
AWARD_COLUMNS = ("awarded_at", "amount", "tender__ceiling", "tender__published_at")


@dataclass(frozen=True)
class Key:
    """What tells one row of the tallies from another."""

    figure: str
    month: date
    of_order: tuple[Any, ...]
    value: Decimal | None = None
    word: str = ""


@dataclass
class Total:
    """What is added up in one row."""

    count: int = 0
    amount: Decimal = Decimal()
    compared: Decimal = Decimal()
    ceiling: Decimal = Decimal()

    def add(self, amount: Decimal = Decimal(), ceiling: Decimal | None = None) -> None:
        """Count one more; what has no ceiling is compared with none."""
        self.count += 1
        self.amount += amount
        if ceiling is not None:
            self.compared += amount
            self.ceiling += ceiling


def counted() -> list[Tally]:
    """Return all that is public of orders, awards and contracts as rows that are not stored yet."""
    totals: dict[Key, Total] = defaultdict(Total)
    _count_orders(totals)
    _count_offers(totals)
    _count_awards(totals, CalendarDay.objects.work_calendar())
    _count_deliveries(totals)
    return [_row(key, total) for key, total in totals.items()]


def month_of(moment: datetime) -> date:
    """Return the first day of the month in which `moment` lies in China."""
    return day_of(moment).replace(day=1)


def _row(key: Key, total: Total) -> Tally:
    division, service_class, item, method, fund = key.of_order
    return Tally(
        figure=key.figure,
        month=key.month,
        division_id=division,
        service_class_id=service_class,
        item=item,
        method=method,
        fund=fund,
        value=key.value,
        word=key.word,
        count=total.count,
        amount=total.amount,
        compared=total.compared,
        ceiling=total.ceiling,
    )


def _count_orders(totals: dict[Key, Total]) -> None:
    columns = (*OF_ORDER, "published_at", "status", "award__status")
    for *of_order, published_at, status, award in _read(Tender.objects.public(), columns):
        month, dims = month_of(published_at), tuple(of_order)
        totals[Key(Figure.PUBLISHED, month, dims)].add()
        if ending := ending_of(status, award):
            totals[Key(Figure.ENDED, month, dims, word=ending)].add()


def ending_of(status: str, award: str | None) -> str:
    """Return why an order in this state came to nothing; "" where it has not."""
    if status == Tender.Status.CANCELLED:
        return Ending.CANCELLED
    if award == Award.Status.CANCELLED:
        return Ending.FELL_AWAY
    return Ending.TOO_FEW if status == Tender.Status.UNSUCCESSFUL else ""


def _count_offers(totals: dict[Key, Total]) -> None:
    """Count how many took part in each opened order; before the opening nobody may know."""
    bids = Bid.objects.opened().handed_in().order_by()
    rows = bids.values_list("tender", "tender__published_at", *OF_AWARD).annotate(n=Count("pk"))
    for _order, published_at, *of_order, number in rows.iterator(CHUNK):
        key = Key(Figure.OFFERS, month_of(published_at), tuple(of_order), Decimal(number))
        totals[key].add()


def _count_awards(totals: dict[Key, Total], calendar: WorkCalendar) -> None:
    columns = (*OF_AWARD, *AWARD_COLUMNS, "contract__signed_at")
    for *of_order, awarded_at, amount, ceiling, began, signed_at in _read(
        Award.objects.won(), columns
    ):
        month, dims = month_of(awarded_at), tuple(of_order)
        totals[Key(Figure.AWARDED, month, dims, amount)].add(amount, ceiling)
        waited = days_between(began, awarded_at, calendar)
        totals[Key(Figure.TO_AWARD, month, dims, waited)].add()
        if signed_at is not None:
            waited = days_between(awarded_at, signed_at, calendar)
            totals[Key(Figure.TO_CONTRACT, month, dims, waited)].add()


def days_between(begin: datetime, end: datetime, calendar: WorkCalendar) -> Decimal:
    """Return the working days after the day of `begin` up to that of `end`."""
    return Decimal(working_days_between(day_of(begin), day_of(end), calendar))


def deliveries() -> QuerySet[Any, Any]:
    """Return what was delivered of all for which the platform knows an end: `due`."""
    due = end_of(OrderDeadline.SERVICE)
    delivered: QuerySet[Any, Any] = Contract.objects.filter(delivered_at__isnull=False)
    found: QuerySet[Any, Any] = delivered.annotate(due=due).filter(due__isnull=False)
    return found


def _count_deliveries(totals: dict[Key, Total]) -> None:
    for *of_order, delivered_at, due in _read(deliveries(), (*OF_CONTRACT, "delivered_at", "due")):
        word = Tally.IN_TIME if delivered_at < due else Tally.LATE
        key = Key(Figure.DELIVERED, month_of(delivered_at), tuple(of_order), word=word)
        totals[key].add()


def _read(rows: QuerySet[Any, Any], columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    return rows.order_by().values_list(*columns).iterator(CHUNK)
