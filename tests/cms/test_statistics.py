"""The figures of the running business."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict

from bidding.forms.facets import tender_facets
from bidding.models import Tender
from bidding.pages.items import catalogue_items, open_tenders_of
from bidding.statistics.sums import Sums
from cms.statistics import (
    SPARK_DAYS,
    awarded_stretch,
    open_counts,
    open_shares,
    published_stretch,
    working_days,
)
from marketplace.kernel.calendar import CHINA, WorkCalendar
from marketplace.web.facets import FacetedList
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    PUBLICITY_END,
    AwardFactory,
    TenderFactory,
)
from tests.factories.marketplace import ServiceClassFactory, division

pytestmark = pytest.mark.django_db

PLAIN_WEEKS = WorkCalendar(frozenset(), frozenset(), date(2026, 12, 31))
LAST_MINUTE = timedelta(minutes=1)


def test_working_days_end_today_and_skip_weekends() -> None:
    days = working_days(date(2026, 11, 24), PLAIN_WEEKS)

    assert len(days) == SPARK_DAYS
    assert days[-3:] == [date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)]
    assert days[0] == date(2026, 10, 26)


def test_working_days_end_before_a_free_day() -> None:
    assert working_days(date(2026, 11, 22), PLAIN_WEEKS)[-1] == date(2026, 11, 20)


def test_an_order_counts_as_open_until_its_last_moment() -> None:
    TenderFactory(active=True)
    TenderFactory(closed=True)
    TenderFactory(reviewed=True)

    assert open_counts(DEADLINE - LAST_MINUTE) == (1, 1)
    assert open_counts(DEADLINE) == (0, 0)


@pytest.mark.parametrize(("at", "count"), [(DEADLINE - LAST_MINUTE, 2), (DEADLINE, 1)])
def test_home_page_list_and_catalogue_say_the_same_number_of_open_orders_by_the_clock(
    at: datetime, count: int
) -> None:
    item = TenderFactory(active=True, tender_period_end=DEADLINE + LAST_MINUTE).item
    TenderFactory(active=True, item=item)
    TenderFactory(closed=True, item=item)
    query = QueryDict("phase=open")

    faceted = FacetedList(Tender.objects.public(), tender_facets(at), query)

    phases = {option.value: option.count for option in faceted.shown()[0].options}
    listed = [*faceted.filtered()]
    counts = {open_counts(at)[0], len(listed), open_tenders_of(item, at).count()}
    assert counts | {one.open_count for one in catalogue_items(at)} == {count}
    assert (phases["open"], phases["selecting"]) == (count, 3 - count)


@pytest.mark.parametrize(
    ("ends_at", "today_count"),
    [
        (datetime(2026, 11, 24, 18, tzinfo=CHINA), 1),
        (datetime(2026, 11, 25, tzinfo=CHINA), 1),
        (datetime(2026, 11, 25, 0, 1, tzinfo=CHINA), 0),
    ],
)
def test_an_order_that_ends_at_midnight_ends_today(ends_at: datetime, today_count: int) -> None:
    TenderFactory(active=True, tender_period_end=ends_at)

    assert open_counts(NOON) == (1, today_count)


def test_open_orders_are_counted_by_class_and_by_city() -> None:
    quiet = ServiceClassFactory()
    tenders = [TenderFactory(active=True) for _turn in range(2)]
    TenderFactory(active=True, item=tenders[0].item, division=division("360102"))
    TenderFactory(closed=True, item=tenders[1].item)

    classes, cities = open_shares(NOON)

    assert [(share.row.code, share.count) for share in classes] == [
        (tenders[0].item.service_class.code, 2),
        (tenders[1].item.service_class.code, 1),
        (quiet.code, 0),
    ]
    assert [(share.row.name, share.count) for share in cities] == [("赣州市", 2), ("南昌市", 1)]


def test_notices_are_counted_by_day_month_year_and_in_all() -> None:
    days = working_days(NOON.date(), PLAIN_WEEKS)
    moments = [
        NOON,
        NOON - timedelta(days=1),
        NOON - timedelta(days=40),
        NOON - timedelta(days=400),
    ]
    for moment in moments:
        TenderFactory(active=True, published_at=moment)
    TenderFactory(reviewed=True)

    stretch = published_stretch(NOON, days)

    assert (stretch.latest, stretch.month, stretch.year, stretch.total) == (1, 2, 3, 4)
    assert stretch.latest_on == NOON.date()
    assert stretch.days == [0] * 20 + [1, 1]


def test_a_day_without_anything_yet_gives_way_to_the_last_that_had_something() -> None:
    days = working_days(NOON.date(), PLAIN_WEEKS)
    TenderFactory.create_batch(2, active=True, published_at=NOON - timedelta(days=4))
    TenderFactory(active=True, published_at=NOON - timedelta(days=6))

    published, awarded = published_stretch(NOON, days), awarded_stretch(NOON, days)

    assert (published.latest_on, published.latest) == (NOON.date() - timedelta(days=4), 2)
    assert (awarded.latest_on, awarded.latest) == (NOON.date(), Sums())


def test_awards_are_summed_with_their_ceilings() -> None:
    days = working_days(PUBLICITY_END.date(), PLAIN_WEEKS)
    AwardFactory(active=True, amount=Decimal(80000))
    AwardFactory(complete=True, amount=Decimal(60000), tender__ceiling=None)
    AwardFactory()

    stretch = awarded_stretch(PUBLICITY_END, days)

    expected = Sums(2, Decimal(140000), Decimal(80000), Decimal(100000))
    assert stretch.latest == stretch.days[-1] == stretch.month == stretch.total == expected
    assert stretch.days[:-1] == [Sums()] * (SPARK_DAYS - 1)
    assert stretch.latest.below_ceiling == 20
