"""A live auction in its hall: with so many bidders, and quotes at the second they were made."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from bidding.actions.quotes import Attempt, place_quote
from bidding.actions.tenders import open_hall
from bidding.models import Quote, Seat, Tender
from tests.factories.bidding import OPENING, BidFactory, TenderFactory
from tests.factories.marketplace import UserFactory

CEILING, FLOOR = Decimal(100_000), Decimal(60_000)


def announced(**fields: Any) -> Tender:
    """Return a closed order whose hall is about to open: a step is 1,200 yuan."""
    limits = {"fund": "private", "ceiling": CEILING, "floor": FLOOR}
    values = {**limits, "closed": True, "selection_at": OPENING, **fields}
    tender: Tender = TenderFactory(method="auction", **values)
    return tender


def in_session(bidders: int = 3, **fields: Any) -> tuple[Tender, list[Seat]]:
    """Open the hall of an order at OPENING and return it with its seats by number."""
    tender = announced(**fields)
    for _bidder in range(bidders):
        BidFactory(tender=tender, amount=CEILING)
    open_hall(tender=tender, at=OPENING)
    tender = Tender.objects.get(pk=tender.pk)
    seats = Seat.objects.filter(hall=tender.hall).select_related("bid__agency")
    return tender, list(seats.order_by("number"))


def quotes(seat: Seat, amount: object, seconds: float, **fields: Any) -> Quote:
    """Let a seat quote so many seconds after the hall has opened."""
    values = {"key": uuid4(), "by": UserFactory(), "amount": Decimal(str(amount)), **fields}
    return place_quote(
        tender=seat.hall.tender,
        agency=seat.bid.agency,
        attempt=Attempt(**values),
        clock=lambda: OPENING + timedelta(seconds=seconds),
    )
