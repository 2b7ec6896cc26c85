"""Orders as the lists of their own sides and of officers show them: plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from bidding.models import Tender, TenderQuerySet
from bidding.models.deadlines import OrderDeadline as Kind
from bidding.models.dispute import stands_still
from bidding.models.stages import word_of
from marketplace.kernel.models.ends import Ends, ends_of
from marketplace.kernel.statements import statement
from marketplace.models.divisions import place_names
from marketplace.web.components import Text

COLUMNS = (
    *("pk", "slug", "code", "title", "item__name", "division", "buyer__name", "ceiling", "status"),
    *("submitted_at", "reviewed_at", "evaluated_at", "award__status", "award__contract__status"),
)


@dataclass(frozen=True)
class OrderRow:
    """An order, published or not; `award` and `contract` are the states of those of its round."""

    place: str
    ends: Ends
    pk: int
    slug: str
    code: str | None
    own_title: str
    item: str
    division: str
    buyer: str
    ceiling: Decimal | None
    status: str
    submitted_at: datetime | None
    reviewed_at: datetime | None
    evaluated_at: datetime | None
    award: str | None
    contract: str | None
    is_suspended: bool

    def __str__(self) -> str:
        return self.own_title or self.item

    @property
    def tender_period_end(self) -> datetime | None:
        return self.ends.of(Kind.SIGN_UP, self.pk)

    @property
    def is_end_provisional(self) -> bool:
        return self.ends.is_provisional(self.pk, Kind.SIGN_UP)

    @property
    def register_due_at(self) -> datetime | None:
        return self.ends.of(Kind.REGISTRATION, self.pk)

    @property
    def is_register_due_provisional(self) -> bool:
        return self.ends.is_provisional(self.pk, Kind.REGISTRATION)

    def stage_word(self, at: datetime) -> Text:
        """Return the one word for where it stands at `at`."""
        return word_of(
            self.status,
            self.award,
            self.contract,
            ends_at=self.tender_period_end,
            is_suspended=self.is_suspended,
            at=at,
        )


def order_rows(keys: Sequence[int]) -> list[OrderRow]:
    """Return the orders with these keys, as the keys stand; two statements."""
    found = {row.pk: row for row in as_rows(_of_keys(keys=keys))}
    return [found[key] for key in keys if key in found]


def as_rows(told: Sequence[Any]) -> list[OrderRow]:
    """Return what a statement of `columns` has found, with the deadlines; one statement."""
    ends, places = ends_of([row[0] for row in told]), place_names()
    return [OrderRow(places[row[5]], ends, *row) for row in told]


def columns(orders: TenderQuerySet) -> QuerySet[Tender, Any]:
    """Return what `as_rows` makes its rows of."""
    told: QuerySet[Tender, Any] = orders.values_list(*COLUMNS, stands_still())
    return told


@statement
def _of_keys(*, keys: Sequence[int]) -> QuerySet[Tender, Any]:
    return columns(Tender.objects.filter(pk__in=keys).order_by())
