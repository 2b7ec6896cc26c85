"""A hall as it is watched: its stream, its steps, and each bidder's own words."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.models import Tender
from bidding.pages.halls import (
    DONE,
    OPEN,
    OVER,
    WAITING,
    Offered,
    hall_page,
    look_at,
    own_in,
    phase_of,
    told_of,
    told_of_quote,
)
from marketplace.kernel.due import run_due
from tests.bidding.halls import FLOOR, announced, in_session, quotes
from tests.factories.bidding import OPENING

SECOND = timedelta(seconds=1)
AT = OPENING + 100 * SECOND
S = Tender.Status


@pytest.mark.parametrize(
    ("status", "seconds", "phase"),
    [
        (S.ACTIVE, 0, WAITING),
        (S.CLOSED, 0, WAITING),
        (S.BIDDING, 299, OPEN),
        (S.BIDDING, 300, OVER),
        (S.EVALUATED, 301, DONE),
        (S.UNSUCCESSFUL, 301, DONE),
    ],
)
def test_a_hall_is_in_one_phase(status, seconds, phase):
    assert phase_of(status, OPENING + 300 * SECOND, OPENING + seconds * SECOND) == phase


@pytest.mark.django_db
def test_the_stream_tells_what_is_new_and_no_name(django_assert_num_queries):
    tender, (one, two, _three) = in_session()
    quotes(one, 90_000, 1)
    quotes(two, 80_000, 2)

    with django_assert_num_queries(2):
        look = look_at({tender.code: 1, "X": 0}, AT)[tender.code]
    with django_assert_num_queries(1):
        assert look_at({tender.code: 2}, AT)[tender.code].quotes == ()

    assert told_of(look) == {
        "phase": OPEN,
        "ends": round((OPENING + 302 * SECOND).timestamp() * 1000),
        "count": 2,
        "price": "80000.00",
    }
    assert [told_of_quote(quote) for quote in look.quotes] == [
        {
            "number": 2,
            "seat": two.number,
            "amount": "80000.00",
            "at": round((OPENING + 2 * SECOND).timestamp() * 1000),
            "ends": round((OPENING + 302 * SECOND).timestamp() * 1000),
        }
    ]


def own(tender, seat, at=AT):
    tender = Tender.objects.get(pk=tender.pk)
    return own_in(tender, hall_page(tender, at, seat.bid.agency if seat else None))


@pytest.mark.django_db
def test_each_bidder_is_told_where_it_stands_and_what_it_may_quote():
    tender, (one, two, three) = in_session()
    assert str(own(tender, one).word) == "还没有机构报价，贵单位可以先报。"
    assert own(tender, one).offers == [
        Offered("100000.00", "¥100,000.00"),
        Offered("98800.00", "¥98,800.00"),
        Offered("97600.00", "¥97,600.00"),
    ]

    quotes(one, 90_000, 1)
    quotes(two, 61_000, 2)

    assert own(tender, one).word == "您已被超过，当前最低 ¥61,000.00。"
    assert own(tender, one).offers == [Offered("60000.00", "¥60,000.00")]
    assert own(tender, two).word == "贵单位目前最低：¥61,000.00。"
    assert own(tender, two).offers == []
    assert own(tender, three).word == "贵单位还没有报价，当前最低 ¥61,000.00。"
    assert own(tender, None) is None
    assert own(tender, one, OPENING + 302 * SECOND).offers == []

    quotes(one, FLOOR, 3)
    quotes(three, FLOOR, 4)
    assert own(tender, three).word == "贵单位已报到最低限价 ¥60,000.00，同价的结束后抽签。"


@pytest.mark.django_db
def test_where_rates_are_quoted_the_page_says_them_and_what_they_come_to():
    tender, (one, two) = in_session(2, quote="rate", floor=Decimal(72_000))
    quotes(one, 90_000, 1)

    page = hall_page(Tender.objects.get(pk=tender.pk), AT)

    assert (str(page.heading), page.quoted, page.step) == (
        "当前最高下浮率",
        "下浮 10.00%",
        "5.60 个百分点",
    )
    assert (page.most, page.floor) == ("¥84,400.00（下浮 15.60%）", "下浮 28.00%")
    assert own(tender, one).word == "贵单位目前最低：¥90,000.00（下浮 10.00%）。"
    assert own(tender, two).offers[-1] == Offered("26.80", "¥73,200.00（下浮 26.80%）")
    assert page.told["rate"] is True


@pytest.mark.django_db
def test_the_chart_goes_down_in_steps_to_the_end():
    tender, (one, two, _three) = in_session()
    assert hall_page(tender, AT).chart.path == ""
    quotes(one, 100_000, 0)
    quotes(two, 80_000, 150)

    page = hall_page(Tender.objects.get(pk=tender.pk), AT)

    assert page.chart.path == "M0.0 12.0H240.0V120.0H720"
    assert (page.chart.floor, page.chart.has_floor) == (228.0, True)
    assert [row.number for row in page.rows] == [2, 1]
    assert (page.is_open, page.is_after, page.last.name) == (True, False, None)


@pytest.mark.django_db
def test_a_hall_to_come_says_when_and_one_that_was_names_everybody():
    coming = hall_page(announced(), OPENING - SECOND)
    assert (coming.is_waiting, coming.look.opens_at, coming.most) == (
        True,
        OPENING,
        "¥100,000.00",
    )

    tender, (one, _two) = in_session(2)
    quotes(one, 90_000, 1)
    run_due(OPENING + 400 * SECOND)
    page = hall_page(Tender.objects.get(pk=tender.pk), OPENING + 400 * SECOND)

    assert page.is_done
    assert page.is_after
    assert not page.is_over
    assert page.last.name.name == one.bid.agency.name
