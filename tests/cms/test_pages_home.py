"""What the home page tells, whatever there is."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from bidding.models import Selection, Tender
from cms.pages.home import closing_soon, home_facts, just_awarded, latest_draw
from credit.models import Measure
from marketplace.kernel.known import at_version
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    AwardFactory,
    TenderFactory,
    load_reference,
)
from tests.factories.credit import RestrictionFactory

pytestmark = pytest.mark.django_db


def select(tender: Tender) -> Selection:
    return Selection.objects.create(tender=tender, evidence="{}", sha256="a" * 64, selected_at=NOON)


def test_the_next_to_close_come_first() -> None:
    later = TenderFactory(active=True, tender_period_end=DEADLINE + timedelta(days=1))
    sooner = TenderFactory(active=True)
    TenderFactory(submitted=True)

    assert list(closing_soon(NOON)) == [sooner, later]


def test_before_the_first_selection_the_latest_seal_is_shown() -> None:
    assert latest_draw() is None

    TenderFactory(active=True)
    latest = TenderFactory(active=True)

    assert latest_draw() == latest.seal


def test_the_latest_selection_is_shown() -> None:
    selection = select(TenderFactory(complete=True))
    TenderFactory(active=True)

    assert latest_draw() == selection


def test_an_award_is_shown_from_its_letter_on() -> None:
    award = AwardFactory(active=True)
    AwardFactory()
    AwardFactory(cancelled=True)

    assert just_awarded() == [award]


def test_what_was_awarded_shows_at_the_next_version_and_is_read_once_at_one() -> None:
    load_reference()
    first = AwardFactory(active=True)
    with at_version("1"):
        assert [row.title for row in home_facts(NOON).awards] == [first.tender.title]
        second = AwardFactory(active=True, tender__title="后来中选的项目")
        chosen = select(second.tender)
        assert [row.title for row in home_facts(NOON).awards] == [first.tender.title]
    with at_version("2"):
        facts = home_facts(NOON)

    assert facts.draw is not None
    assert (facts.draw.title, facts.draw.at) == (str(second.tender), chosen.selected_at)
    row = facts.awards[0]
    assert (row.code, row.title, row.agency.name, row.amount) == (
        *(second.tender.code, "后来中选的项目", second.bid.agency.name, second.amount),
    )
    RestrictionFactory(organization=second.bid.agency, kind=Measure.REMOVAL)
    with at_version("3"):
        assert home_facts(NOON).awards[0].agency.measures == ("清退",)


def test_a_minor_restriction_and_one_that_is_over_are_not_told() -> None:
    told = RestrictionFactory()
    RestrictionFactory(is_public=False)
    RestrictionFactory(effective_from=NOON - timedelta(days=9), effective_to=NOON)
    load_reference()

    facts = home_facts(NOON)

    assert (facts.restrictions, facts.restriction_count) == ([told], 1)


def test_the_length_of_an_admission_comes_from_the_rules() -> None:
    load_reference()

    assert home_facts(NOON).admission_days == {
        "formal_check": "2 个工作日",
        "publicity": "5 个工作日",
    }


def test_the_home_page_takes_the_same_queries_however_much_there_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    load_reference()
    with django_assert_num_queries(17):
        home_facts(NOON)
    for _turn in range(3):
        select(AwardFactory(active=True).tender)
        TenderFactory(active=True)
        RestrictionFactory()
    with django_assert_num_queries(20):
        home_facts(NOON)
