"""Who may file about what until when, at the last moment and the first after it."""

from datetime import date, datetime, timedelta

import pytest

from bidding.guards import disputes as guards
from bidding.guards.disputes import Filing
from bidding.models import DisputeKind, Matter
from bidding.rulebook import rules_for
from marketplace.kernel.calendar import CHINA
from tests.bidding.disputing import World, world
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.bidding import PUBLICITY_END, TenderFactory, bidder
from tests.factories.marketplace import AgencyFactory

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def it() -> World:
    return world()


def against(it: World, filing: Filing, at: datetime) -> list[str]:
    rules = rules_for(it.tender, at)
    kind = guards.kind_of_filing(filing.matter, rules)
    return failing(*guards.may_file(filing, kind, rules, at))


def test_a_result_until_its_publicity_ends(it: World) -> None:
    filing = it.filing()

    assert against(it, filing, PUBLICITY_END - INSTANT) == []
    assert against(it, filing, PUBLICITY_END) == ["result_is_public"]


def test_another_agency_by_a_bidder_and_of_a_bidder(it: World) -> None:
    winner, stranger = it.award.bid.agency, bidder(it.tender.item)

    assert against(it, it.filing(Matter.AGENCY, respondent=winner), NOON) == []
    assert against(it, it.filing(Matter.AGENCY, respondent=stranger), NOON) == [
        "respondent_took_part"
    ]
    assert against(it, it.filing(Matter.AGENCY, respondent=it.filer), NOON) == [
        "respondent_is_another"
    ]


def test_a_notice_by_an_admitted_agency_that_is_not_its_buyer(it: World) -> None:
    assert against(it, it.filing(Matter.NOTICE), NOON) == []
    it.filer = it.tender.buyer
    assert against(it, it.filing(Matter.NOTICE), NOON) == [
        "agency_is_admitted",
        "agency_is_not_the_buyer",
    ]
    draft = TenderFactory()
    assert not guards.order_can_be_objected_to(draft, NOON).holds


def test_an_admission_while_its_publicity_runs(it: World) -> None:
    applicant = AgencyFactory(publicity=True).organization
    filing = Filing(matter=Matter.ONBOARDING, filer=it.filer, respondent=applicant)

    assert against(it, filing, NOON) == []
    admitted = Filing(matter=Matter.ONBOARDING, filer=it.filer, respondent=it.award.bid.agency)
    assert against(it, admitted, NOON) == ["applicant_is_in_publicity"]


def test_the_service_of_an_operator_within_five_working_days(it: World) -> None:
    def of_day(day: date | None) -> Filing:
        return Filing(
            matter=Matter.OPERATOR, filer=it.filer, respondent=it.operators, occurred_on=day
        )

    # Monday; five working days later is the next Monday, to its end
    monday, last = date(2026, 11, 16), datetime(2026, 11, 24, tzinfo=CHINA)
    assert against(it, of_day(monday), last - INSTANT) == []
    assert against(it, of_day(monday), last) == ["complaint_is_in_time"]
    assert against(it, of_day(None), NOON) == ["day_is_given"]
    assert against(it, of_day(date(2026, 11, 25)), NOON) == ["day_is_given"]
    rules = rules_for(it.tender, NOON)
    assert guards.kind_of_filing(Matter.OPERATOR, rules) == DisputeKind.COMPLAINT
    assert guards.kind_of_filing(Matter.NOTICE, rules) == DisputeKind.OBJECTION
    assert not guards.suspends(Matter.OPERATOR, rules)
    assert guards.suspends(Matter.SELECTION, rules)


def test_a_matter_is_known_again_by_its_subject(it: World) -> None:
    code, winner = it.tender.code, it.award.bid.agency

    assert it.filing(Matter.NOTICE).subject == code
    assert it.filing().subject == f"{code}/1"
    assert it.filing(Matter.AGENCY, respondent=winner).subject == f"{code}/{winner.slug}"
