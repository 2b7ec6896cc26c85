"""The guards of a hall: the last allowed moment and amount, the first forbidden one."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.guards import halls
from bidding.models import Bid, Hall, Quote, Tender
from bidding.selection.auction import HallRules, opened, quoted
from tests.bidding.refusals import failing
from tests.clock import NOON

SECOND = timedelta(seconds=1)
RULES = HallRules(
    ceiling=Decimal(100),
    floor=Decimal(50),
    step=Decimal(10),
    countdown=timedelta(minutes=5),
    longest=timedelta(minutes=20),
    floor_is_open=False,
    floor_resets=False,
)
START = quoted(opened(RULES, NOON), "1", Decimal(90), NOON)
FLOOR = quoted(START, "2", Decimal(50), NOON)


@pytest.mark.parametrize(
    ("state", "bidder", "amount", "seconds", "failed"),
    [
        (START, "2", "80", 299, []),
        (START, "2", "80", 300, ["hall_takes_quotes"]),
        (START, "2", "80", -1, ["quote_follows_the_last"]),
        (START, "1", "80", 1, ["another_leads"]),
        (START, "2", "80.01", 1, ["quote_is_low_enough"]),
        (START, "2", "101", 1, ["quote_is_low_enough"]),
        (START, "2", "49", 1, ["quote_is_not_below_floor"]),
        (FLOOR, "3", "50", 1, ["floor_can_be_joined"]),
    ],
)
def test_a_quote_is_refused_for_one_reason(state, bidder, amount, seconds, failed):
    verdicts = halls.may_quote(state, bidder, Decimal(amount), NOON + seconds * SECOND)

    assert failing(*verdicts) == failed


def test_a_refusal_says_what_may_be_quoted():
    verdicts = halls.may_quote(START, "2", Decimal(85), NOON)

    assert [verdict.refusal for verdict in verdicts if not verdict.holds] == [
        "现在须报 ¥80.00 或者更低"
    ]


def test_where_rates_are_quoted_a_refusal_says_the_rate_too():
    state = replace(START, rules=replace(RULES, by_rate=True))

    verdicts = [*halls.may_quote(state, "2", Decimal(85), NOON)]
    verdicts += halls.may_quote(state, "2", Decimal("79.995"), NOON)

    assert [verdict.refusal for verdict in verdicts if not verdict.holds] == [
        "现在须报 ¥80.00（下浮 20.00%） 或者更低",
        "金额不能是负数，也不能超过 ¥999,999,999,999.99，精确到分",
        "这项竞价报下浮率，精确到 0.01%，在 0 至 99.99% 之间",
    ]


def test_a_quote_answers_the_price_that_was_seen():
    assert halls.price_seen(Decimal(90)) == "90.00"
    assert halls.price_seen(None) == ""
    assert halls.price_is_as_seen(START, "90.00").holds
    verdict = halls.price_is_as_seen(START, "")
    assert "您打开确认时最低 还没有报价，现在最低 ¥90.00" in verdict.refusal


@pytest.mark.parametrize(
    ("number", "bid", "holds"),
    [
        (1, Bid(status=Bid.Status.ACTIVE), True),
        (None, Bid(status=Bid.Status.ACTIVE), False),
        (1, Bid(status=Bid.Status.ENDED), False),
        (1, None, False),
    ],
)
def test_a_seat_is_of_a_standing_bid(number, bid, holds):
    assert halls.agency_has_a_seat(number, bid).holds is holds


def test_a_hall_is_over_from_its_end_on():
    assert halls.hall_is_there(None).holds is False
    assert halls.hall_is_there(Hall(ended_at=NOON)).holds is False
    assert halls.hall_is_there(Hall()).holds
    assert not halls.hall_is_over(Tender(), NOON).holds
    assert halls.tender_is_bidding(Tender(status=Tender.Status.BIDDING)).holds
    assert not halls.hall_has_a_time(Tender()).holds
    assert not halls.somebody_has_quoted(0).holds


def test_one_form_is_one_quote():
    assert halls.form_is_sent_once(Quote(amount=Decimal(9)), Decimal("9.00")).holds
    assert not halls.form_is_sent_once(Quote(amount=Decimal(9)), Decimal(8)).holds
