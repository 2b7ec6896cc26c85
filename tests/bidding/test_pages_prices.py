"""What an item has cost: of all its versions, in the last year, and no quartiles of few."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.pages.prices import Spread, charts_of, spreads_of
from tests.clock import NOON
from tests.factories.bidding import AwardFactory

pytestmark = pytest.mark.django_db


def spread(*amounts, few=True):
    low, high = (None, None) if few else (Decimal(amounts[1]), Decimal(amounts[3]))
    least, middle, most = (Decimal(amounts[place]) for place in (0, 2, 4))
    return Spread("全部", len(amounts), least, low, middle, high, most)


def test_prices_are_of_what_was_won_in_the_last_year_all_and_by_fund():
    item = AwardFactory(complete=True, amount=60000, tender__fund="private").tender.item
    AwardFactory(active=True, amount=80000, tender__item=item, tender__fund="state_owned")
    AwardFactory(amount=1, tender__item=item)
    AwardFactory(active=True, amount=2)
    AwardFactory(active=True, amount=3, tender__item=item, awarded_at=NOON - timedelta(days=366))

    found = spreads_of(item.code, NOON)

    assert [(one.label, one.count, one.least, one.middle, one.most) for one in found] == [
        ("全部", 2, 60000, 70000, 80000),
        ("国有企业资金", 1, 80000, 80000, 80000),
        ("社会资金", 1, 60000, 60000, 60000),
    ]
    assert {one.low for one in found} == {None}
    assert spreads_of("X99", NOON) == ()


def test_quartiles_are_told_of_as_many_as_the_rulebook_says_and_more():
    item = AwardFactory(active=True, amount=10000, tender__fund="private").tender.item
    for number in range(2, 6):
        AwardFactory(active=True, amount=number * 10000, tender__item=item, tender__fund="private")

    (found,) = spreads_of(item.code, NOON)

    assert (found.count, found.low, found.middle, found.high) == (
        *(5, Decimal("20000.00"), Decimal("30000.00")),
        Decimal("40000.00"),
    )


def test_the_chart_has_its_axis_beyond_the_greatest_and_no_box_of_few():
    wide, narrow = charts_of([spread(48000, 96000, 148000, 212000, 398000, few=False)])
    few = charts_of([spread(48000, 96000, 148000, 212000, 398000)])[0].boxes[0]

    assert [mark.text for mark in wide.marks] == ["0", "10", "20", "30", "40"]
    (box,) = wide.boxes
    assert (box.least, box.low, box.middle, box.high, box.most) == (
        *(268.0, 340.0, 418.0),
        *(514.0, 793.0),
    )
    assert (box.width, narrow.width) == (174.0, 358)
    assert (few.low, few.high) == (None, None)
    assert charts_of([]) == []
