from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bidding.statistics.sums import Sums
from cms.pages.figures import draw_of, examples_of, figures_of
from cms.pages.home import HomeFacts, home_facts
from cms.statistics import Stretch
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, load_reference

TODAY = NOON.date()
DAY = Sums(2, Decimal(140000), Decimal(80000), Decimal(100000))
DEAR = Sums(1, Decimal(120), Decimal(120), Decimal(100))
GREAT = Sums(900, Decimal(146000000), Decimal(146000000), Decimal(180000000))


def facts(
    published: Sequence[Any] = (0, 3),
    awarded: Sequence[Sums] = (Sums(), DAY),
    latest_on: date = TODAY,
) -> HomeFacts:
    return HomeFacts(
        today=TODAY,
        open_count=0,
        closing_today_count=0,
        draw=None,
        published=Stretch(latest_on, published[-1], published, 7, 1234, 48213),
        awarded=Stretch(latest_on, awarded[-1], awarded, DAY, GREAT, GREAT),
        closing=[],
        awards=[],
        classes=[],
        cities=[],
        restrictions=[],
        restriction_count=0,
        admission_days={},
    )


def test_figures_are_written_short_with_their_totals() -> None:
    published, awarded, amount, discount = figures_of(facts())

    assert (published.value, published.unit, published.points) == ("3", "项", (0, 3))
    assert published.totals == [("本月", "7"), ("本年", "1,234")]
    assert (awarded.value, awarded.points) == ("2", [0, 2])
    assert (amount.value, amount.unit) == ("14.00", "万元")
    assert amount.totals == [("本月", "14.00 万"), ("本年", "1.46 亿")]
    assert (discount.value, discount.unit) == ("20.0", "%")
    assert discount.totals == [("本月", "20.0%"), ("本年", "18.9%")]


def test_a_figure_says_of_which_day_it_is() -> None:
    today = [figure.label for figure in figures_of(facts())]
    before = [figure.label for figure in figures_of(facts(latest_on=TODAY - timedelta(days=4)))]

    assert today[:3] == ["今日发布采购公告", "今日中选", "今日中选金额"]
    assert before[:3] == ["11月20日发布采购公告", "11月20日中选", "11月20日中选金额"]


def test_a_day_without_awards_keeps_the_discount_of_the_day_before() -> None:
    discount = figures_of(facts(awarded=[Sums(), DAY, Sums(), DEAR]))[3]

    assert discount.points == [discount.points[0], 20, 20, -20]
    assert discount.points[0].quantize(Decimal("0.01")) == Decimal("19.96")


def test_awards_above_their_ceilings_have_a_minus_sign() -> None:
    assert figures_of(facts(awarded=[DEAR]))[3].value == "−20.0"


def test_without_awards_there_is_no_discount_and_no_line() -> None:
    amount, discount = figures_of(facts(awarded=[Sums(), Sums()]))[2:]

    assert (amount.value, amount.unit) == ("0", "元")
    assert (discount.value, discount.unit, discount.points) == ("—", "", ())


def test_without_orders_there_is_no_draw_and_no_example() -> None:
    assert draw_of(facts()) is None
    assert examples_of(facts()) == []


@pytest.mark.django_db
def test_examples_are_things_that_can_be_found() -> None:
    load_reference()
    first = TenderFactory(active=True)
    second = TenderFactory(active=True, tender_period_end=first.tender_period_end + timedelta(1))

    assert examples_of(home_facts(NOON)) == [
        f"赣州市 {first.item.service_class.name}",
        second.item.service_class.name,
        first.code,
    ]
