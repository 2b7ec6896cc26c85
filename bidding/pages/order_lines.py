"""The rows of the lists of public orders: plain values, the same for everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bidding.models import Tender, TenderQuerySet
from bidding.models.dispute import stands_still
from bidding.models.stages import word_of
from bidding.selection.methods import METHODS
from marketplace.kernel import known
from marketplace.models import Division
from marketplace.web.components import NOW, Step, Text


@dataclass(frozen=True)
class OrderLine:
    """A published order as a list shows it."""

    code: str
    title: str
    place: str
    city_or_county: str
    city: str
    """The city that it lies in; of an order of a city's own the province, of the province's it."""
    service_class: str
    buyer: str
    method: str
    ceiling: Decimal | None
    tender_period_end: datetime | None
    is_end_provisional: bool
    status: str
    award: str | None
    contract: str | None
    is_suspended: bool

    @property
    def method_word(self) -> Text:
        """How its agency is chosen, without what stands in brackets."""
        return METHODS[self.method].words.short

    @property
    def takes_sign_ups(self) -> bool:
        """Tell whether it is in the state in which it does."""
        return self.status == Tender.Status.ACTIVE and not self.is_suspended

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


def order_lines(keys: Iterable[int]) -> list[OrderLine]:
    """Return the rows of public orders as their keys stand; one query for those not kept."""
    asked = list(keys)
    lines = known.once_each("order_line", asked, read=_read)
    return [lines[key] for key in asked if key in lines]


def first_to_close(rows: TenderQuerySet) -> list[int]:
    """Return the key of the order that closes first of open ones, if there are any."""
    return list(rows.by_closing().values_list("pk", flat=True)[:1])


def closing_steps(keys: Iterable[int]) -> list[Step]:
    """Return until when orders take sign-ups, as what comes to whom or what they are of."""
    note = _("最早截止的采购：%(title)s")
    return [
        Step(_("报名中"), NOW, line.tender_period_end, _("至"), note % {"title": line.title})
        for line in order_lines(keys)
    ]


def _read(keys: Collection[int]) -> dict[int, OrderLine]:
    rows = Tender.objects.public().filter(pk__in=keys)
    values = rows.order_by().values_list(
        *("pk", "code", "title", "division__level", "division__name", "division__parent__name"),
        *("item__service_class__name", "buyer__name", "method", "ceiling"),
        *("sign_up__ends_at", "sign_up__is_provisional", "sign_up__stopped_at"),
        *("status", "award__status", "award__contract__status"),
        stands_still(),
    )
    return {pk: _line(*told) for pk, *told in values}


def _line(*told: Any) -> OrderLine:
    code, title, level, name, parent, service_class, buyer, method, ceiling, *rest = told
    end, is_provisional, stopped_at, status, award, contract, is_held = rest
    return OrderLine(
        code=code,
        title=title,
        place=f"{parent}{name}" if parent and level == Division.Level.COUNTY else name,
        city_or_county=name,
        city=parent or name,
        service_class=service_class or "",
        buyer=buyer,
        method=method,
        ceiling=ceiling,
        tender_period_end=end,
        is_end_provisional=bool(is_provisional) and stopped_at is None,
        status=status,
        award=award,
        contract=contract,
        is_suspended=is_held,
    )
