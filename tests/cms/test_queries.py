from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from bidding.models import Selection, Tender
from cms.queries import (
    SPARK_DAYS,
    Sums,
    awarded_stretch,
    closing_soon,
    home_facts,
    just_awarded,
    latest_draw,
    open_counts,
    open_shares,
    published_stretch,
    working_days,
)
from marketplace.kernel.calendar import CHINA, WorkCalendar
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    PUBLICITY_END,
    AwardFactory,
    BidFactory,
    TenderFactory,
    load_reference,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import ServiceClassFactory, division

pytestmark = pytest.mark.django_db

PLAIN_WEEKS = WorkCalendar(frozenset(), frozenset(), date(2026, 12, 31))
LAST_MINUTE = timedelta(minutes=1)


def select(tender: Tender) -> Selection:
    return Selection.objects.create(tender=tender, evidence="{}", sha256="a" * 64, selected_at=NOON)


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


def test_the_next_to_close_come_first() -> None:
    later = TenderFactory(active=True, tender_period_end=DEADLINE + timedelta(days=1))
    sooner = TenderFactory(active=True)
    TenderFactory(submitted=True)

    assert list(closing_soon(NOON)) == [sooner, later]


def test_open_orders_are_counted_by_class_and_by_city() -> None:
    quiet = ServiceClassFactory()
    tenders = [TenderFactory(active=True) for _turn in range(2)]
    TenderFactory(active=True, item=tenders[0].item, division=division("360102"))
    TenderFactory(closed=True, item=tenders[1].item)

    classes, cities = open_shares(NOON)

    assert [(share.row, share.count) for share in classes] == [
        (tenders[0].item.service_class, 2),
        (tenders[1].item.service_class, 1),
        (quiet, 0),
    ]
    assert [(share.row.name, share.count) for share in cities] == [("赣州市", 2), ("南昌市", 1)]


def test_before_the_first_selection_the_latest_seal_is_shown() -> None:
    assert latest_draw() is None

    TenderFactory(active=True)
    latest = TenderFactory(active=True)

    assert latest_draw() == latest.seal


def test_the_latest_selection_is_shown() -> None:
    selection = select(TenderFactory(complete=True))
    TenderFactory(active=True)

    assert latest_draw() == selection


def test_an_award_is_shown_from_its_letter_on_with_those_who_signed_up() -> None:
    award = AwardFactory(active=True)
    BidFactory(tender=award.tender, excluded=True)
    BidFactory(tender=award.tender, withdrawn=True)
    AwardFactory()
    AwardFactory(cancelled=True)

    assert [(row, row.bid_count) for row in just_awarded()] == [(award, 2)]


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
    assert stretch.latest.discount == 20


def test_without_a_ceiling_there_is_no_discount() -> None:
    assert Sums(1, Decimal(5), Decimal(), Decimal()).discount is None


def test_a_minor_restriction_and_one_that_is_over_are_not_told() -> None:
    told = RestrictionFactory()
    RestrictionFactory(is_public=False)
    RestrictionFactory(effective_from=NOON - timedelta(days=9), effective_to=NOON)
    load_reference()

    facts = home_facts(NOON)

    assert (facts.restrictions, facts.restriction_count) == ([told], 1)


def test_the_length_of_an_admission_comes_from_the_rules() -> None:
    load_reference()

    assert home_facts(NOON).admission_days == {"formal_check": 2, "publicity": 5}


def test_the_home_page_takes_the_same_queries_however_much_there_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    load_reference()
    with django_assert_num_queries(16):
        home_facts(NOON)
    for _turn in range(3):
        select(AwardFactory(active=True).tender)
        TenderFactory(active=True)
        RestrictionFactory()
    with django_assert_num_queries(15):
        home_facts(NOON)
