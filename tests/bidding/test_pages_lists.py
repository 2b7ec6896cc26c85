"""The strip of closing days and the table of orders."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict

from bidding.forms.facets import tender_facets
from bidding.models import Tender
from bidding.pages.lists import DayBar, day_bars, tender_table
from marketplace.kernel.calendar import end_of_day
from marketplace.web.facets import FacetedList
from marketplace.web.keys import InTurn
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, TenderFactory

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def bars(query: str = "") -> list[DayBar]:
    parameters = QueryDict(query)
    faceted = FacetedList(Tender.objects.public().for_lists(), tender_facets(NOON), parameters)
    *_others, strip = faceted.shown()
    return day_bars(strip, TODAY, parameters)


def test_a_deadline_at_midnight_belongs_to_the_day_that_it_ends() -> None:
    TenderFactory(active=True, tender_period_end=end_of_day(TODAY))
    TenderFactory(active=True, tender_period_end=end_of_day(TODAY) + timedelta(microseconds=1))
    TenderFactory(closed=True, tender_period_end=end_of_day(TODAY))
    TenderFactory(active=True, tender_period_end=NOON)

    counts = [bar.count for bar in bars()]

    assert counts == [1, 1, *[0] * 12]


def test_the_highest_bar_is_full_and_each_leads_to_its_day_alone() -> None:
    for days in (1, 1, 7):
        TenderFactory(active=True, tender_period_end=end_of_day(TODAY + timedelta(days=days)))

    first, second, *others = bars("phase=open&page=3")

    assert (first.label, first.weekday, first.height) == ("今天", "周二", 1)
    assert (second.label, second.height, second.top) == ("25日", 48, 0)
    assert second.url == "?phase=open&day=2026-11-25"
    assert (others[5].label, others[5].height) == ("12月1日", 24)
    assert others[5].day == date(2026, 12, 1)


def test_without_anything_that_closes_there_is_no_strip_unless_a_day_is_chosen() -> None:
    TenderFactory(closed=True)

    assert bars() == []
    assert len(bars("day=2026-11-24")) == 14


def test_a_chosen_day_leads_back_to_all_days() -> None:
    TenderFactory(active=True, tender_period_end=end_of_day(TODAY))

    [chosen] = [bar for bar in bars("phase=open&day=2026-11-24") if bar.is_on]

    assert (chosen.day, chosen.url) == (TODAY, "?phase=open")


def test_the_table_has_a_head_for_every_cell_and_the_winner_after_the_award() -> None:
    award = AwardFactory(active=True, amount=Decimal("81234.50"))

    heads, row = tender_table(InTurn(Tender.objects.all()), NOON)

    cells = dict(zip(map(str, heads), row, strict=True))
    assert cells["采购编号"] == award.tender.code
    assert cells["最高限价（元）"] == Decimal("100000.00")
    assert cells["报名截止（不含）"] == "2026-11-27 00:00"
    assert (cells["中选机构"], cells["中选金额（元）"]) == (
        award.bid.agency.name,
        Decimal("81234.50"),
    )


def test_an_open_order_has_no_winner_in_the_table() -> None:
    TenderFactory(active=True)

    _heads, row = tender_table(InTurn(Tender.objects.all()), NOON)

    assert [str(cell) for cell in row[-4:]] == ["报名中", "", "", ""]
