"""The bots of the demo quote in turn, for a while, and never for an agency of a reader."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bidding.models import Hall, Quote
from cms.demo.bots import LONGEST_WAIT, MOST_QUOTES, bots_quote
from marketplace.models import Membership
from tests.bidding.halls import in_session
from tests.factories.bidding import OPENING
from tests.factories.marketplace import UserFactory, party

pytestmark = pytest.mark.django_db
WAIT = timedelta(seconds=LONGEST_WAIT)


def with_people(bidders: int, *, listed: str = "") -> Hall:
    """Open a hall whose bidders have somebody each; the first is the login `listed`."""
    tender, seats = in_session(bidders)
    for seat in seats:
        named = {"username": listed} if listed and seat.number == 1 else {}
        party(seat.bid.agency, Membership.Role.AGENCY_MANAGER, user=UserFactory(**named))
    return tender.hall


def test_bots_go_down_in_turn_and_leave_the_hall_to_people() -> None:
    hall, at = with_people(3), OPENING
    assert bots_quote(at) == 0

    for _tick in range(MOST_QUOTES + 5):
        at += WAIT
        bots_quote(at)

    quotes = list(Quote.objects.filter(hall=hall).order_by("number"))
    assert 3 <= len(quotes) <= MOST_QUOTES
    amounts = [quote.amount for quote in quotes]
    assert amounts == sorted(amounts, reverse=True)
    assert all(one.seat_id != two.seat_id for one, two in pairwise(quotes))


def test_no_bot_quotes_for_an_agency_that_a_reader_may_act_for() -> None:
    hall, at = with_people(2, listed="zhice"), OPENING + WAIT

    assert bots_quote(at) == 1
    assert bots_quote(at + WAIT) == 0

    assert Quote.objects.get(hall=hall).seat.number == 2
