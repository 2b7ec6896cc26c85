"""What holds of halls: what a hall's row says follows from its quotes, none of which is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bidding.models import Hall, Quote, Seat, Suspension, Tender
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.invariants import Rows, invariant
from marketplace.kernel.models.deadlines import end_of


@invariant(_("大厅的价格、次数和倒计时由报价得出，报价连续编号、都在倒计时以内"))
def hall_follows_from_its_quotes(_due: datetime) -> Iterator[Hall]:
    for hall in Hall.objects.order_by("pk").iterator():
        quotes = list(Quote.objects.filter(hall=hall).order_by("number"))
        lowest = min((quote.amount for quote in quotes), default=None)
        numbers = [quote.number for quote in quotes]
        is_told = (hall.price, hall.quote_count) == (lowest, len(quotes))
        if not is_told or numbers != list(range(1, len(quotes) + 1)) or _is_late(hall, quotes):
            yield hall


def _is_late(hall: Hall, quotes: Sequence[Quote]) -> bool:
    """Tell whether a quote came outside of its countdown; one that stood still ran on after."""
    if Suspension.objects.filter(tender=hall.tender_id, since__lt=hall.closes_at).exists():
        return any(not hall.opened_at <= one.quoted_at < hall.ends_at for one in quotes)
    if quotes and quotes[-1].ends_at != hall.ends_at:
        return True
    ends = [one.ends_at for one in quotes]
    begins = [hall.opened_at, *(one.quoted_at for one in quotes)]
    early = any(one.quoted_at < since for one, since in zip(quotes, begins, strict=False))
    return early or any(one.quoted_at >= end for one, end in zip(quotes[1:], ends, strict=False))


@invariant(_("竞价编号和报价属于同一大厅、同一采购"))
def seat_is_in_its_own_hall(_due: datetime) -> Iterator[Seat | Quote]:
    yield from Seat.objects.exclude(bid__tender=F("hall__tender")).order_by("pk")
    yield from Quote.objects.exclude(seat__hall=F("hall")).order_by("pk")


@invariant(_("正在竞价的采购有开着的大厅，其他采购没有"))
def hall_is_open_while_its_order_bids(_due: datetime) -> Iterator[Tender | Hall]:
    current = Hall.objects.filter(tender=OuterRef("pk"), round=OuterRef("selection_round"))
    is_open = Exists(current.filter(ended_at__isnull=True))
    bidding = Q(status=Tender.Status.BIDDING)
    yield from Tender.objects.alias(is_open=is_open).filter(bidding, is_open=False).order_by("pk")
    gone_on = Hall.objects.current().filter(ended_at__isnull=True)
    yield from gone_on.exclude(tender__status=Tender.Status.BIDDING).order_by("pk")


@invariant(_("大厅的倒计时就是采购的竞价期限"))
def hall_ends_with_its_deadline(_due: datetime) -> Rows:
    ends = end_of(OrderDeadline.HALL, "tender")
    still = Suspension.objects.running().filter(tender=OuterRef("tender"))
    rows = Hall.objects.current().filter(~Exists(still)).alias(ends=ends)
    return rows.exclude(ends=F("ends_at")).order_by("pk")


INVARIANTS = (
    hall_follows_from_its_quotes,
    seat_is_in_its_own_hall,
    hall_is_open_while_its_order_bids,
    hall_ends_with_its_deadline,
)
