"""Which agencies may work for an order: admitted, qualified, unrestricted, and not its buyer."""

from datetime import date, timedelta

import pytest

from bidding.guards import agencies
from bidding.guards import tenders as guards
from bidding.models import Tender
from credit.actions import decide_case
from credit.actions.decisions import lock_with_branches
from credit.models import Measure, StandingCheck
from marketplace.guards.admissions import practitioner_may_practise
from marketplace.kernel.models import Parameter
from marketplace.models import Agency, Organization
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.bidding import (
    TenderFactory,
    bidder,
)
from tests.factories.credit import RestrictionFactory, active_agency, notice
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    PractitionerFactory,
    QualificationFactory,
    ServiceClassFactory,
    ServiceItemFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)


@pytest.mark.parametrize("state", ["submitted", "returned", "publicity", "withdrawn"])
def test_an_agency_bids_only_while_it_is_admitted(state):
    agency = AgencyFactory(**{state: True}).organization

    assert not agencies.agency_is_admitted(agency).holds


def test_a_qualification_counts_from_its_first_to_its_last_day_in_its_class_alone():
    item, agency = ServiceItemFactory(), AgencyFactory(active=True)
    certificate = QualificationFactory(
        agency=agency,
        service_class=item.service_class,
        valid_from=date(2026, 11, 24),
        valid_until=date(2026, 11, 24),
    )
    midnight, organization = NOON.replace(hour=0), agency.organization

    for at, holds in [
        (midnight - MICROSECOND, False),
        (midnight, True),
        (midnight + timedelta(days=1) - MICROSECOND, True),
        (midnight + timedelta(days=1), False),
    ]:
        assert agencies.agency_is_qualified(organization, item, at).holds is holds
    other = ServiceItemFactory()
    verdict = agencies.agency_is_qualified(organization, other, NOON)
    lacking = f"没有在“{other.service_class}”类别登记并作出承诺"
    assert verdict.refusal == f"机构不具备“{other.name}”的承接条件：{lacking}"
    assert certificate.service_class != other.service_class


@pytest.mark.parametrize(
    ("kind", "is_of_class", "holds"),
    [
        (Measure.FREEZE, None, False),
        (Measure.FREEZE, True, False),
        (Measure.FREEZE, False, True),
        (Measure.REMOVAL, None, False),
        (Measure.NO_PREFERENCE, None, True),
        (Measure.WARNING, None, True),
    ],
)
def test_a_blocking_restriction_of_the_class_or_of_all_keeps_an_agency_out(
    kind, is_of_class, holds
):
    item = ServiceItemFactory()
    of_class = {None: None, True: item.service_class, False: ServiceClassFactory()}[is_of_class]
    agency = RestrictionFactory(kind=kind, service_class=of_class).organization

    assert agencies.agency_is_unrestricted(agency, item, NOON).holds is holds
    assert agencies.agency_is_unrestricted(agency, item, NOON - MICROSECOND).holds


def test_a_buyer_does_not_bid_for_its_own_order():
    agency = bidder()

    assert not agencies.agency_is_not_the_buyer(Tender(buyer=agency), agency).holds
    assert agencies.agency_is_not_the_buyer(Tender(buyer=agency), bidder()).holds


def test_of_a_direct_order_the_named_agency_is_meant_and_of_another_nobody():
    one, other = Organization(pk=1), Organization(pk=2)

    for tender, named in ((Tender(named_agency=one), [True, False]), (Tender(), [False, False])):
        assert [agencies.agency_is_named(tender, agency).holds for agency in (one, other)] == named


@pytest.mark.usefixtures("reference")
def test_a_buyer_that_names_an_agency_does_not_read_of_an_unpublished_restriction():
    item = ServiceItemFactory(published=True)
    agency = bidder(item)
    RestrictionFactory(organization=agency, is_public=False)
    tender = TenderFactory(item=item, direct=agency)

    [refused] = [one for one in guards.may_submit_tender(tender, NOON) if not one.holds]

    assert (refused.guard, refused.refusal) == ("agency_is_eligible", "机构经核查不符合参加条件")


def test_the_answer_that_was_stored_counts_and_credit_is_not_asked_again() -> None:
    item = ServiceItemFactory()
    restricted = RestrictionFactory().organization

    for is_clear in (True, False):
        check = StandingCheck(is_clear=is_clear)
        assert agencies.agency_is_unrestricted(restricted, item, NOON, check).holds is is_clear


def test_who_may_not_work_for_an_order_hears_of_everything_that_stands_in_the_way() -> None:
    tender = TenderFactory()
    stranger = AgencyFactory(submitted=True).organization
    check = StandingCheck(is_clear=False)
    tender.buyer = stranger

    assert failing(*agencies.may_work_for(tender, bidder(tender.item), NOON)) == []
    assert failing(*agencies.may_work_for(tender, stranger, NOON, check)) == [
        "agency_is_not_the_buyer",
        "agency_is_admitted",
        "agency_is_qualified",
        "agency_is_unrestricted",
    ]


def test_an_agency_is_named_in_the_words_that_the_buyer_may_read() -> None:
    item = ServiceItemFactory(published=True)
    free, open_, hidden = bidder(item), bidder(item), bidder(item)
    RestrictionFactory(organization=open_)
    RestrictionFactory(organization=hidden, is_public=False)

    found = [agencies.may_be_named(agency, item, NOON) for agency in (free, open_, hidden)]

    assert [(verdict.guard, verdict.holds) for verdict in found] == [
        ("agency_is_unrestricted", True),
        ("agency_is_unrestricted", False),
        ("agency_is_eligible", False),
    ]


def test_k6_06_a_branch_is_kept_out_with_its_head_office_whose_decision_is_named() -> None:
    item = ServiceItemFactory(published=True)
    head = bidder(item, name="江西丰源测绘有限公司")
    branch = bidder(item, name="江西丰源测绘有限公司岳阳分公司")
    other = bidder(item, name="江西丰源测绘有限公司岳阳事务所")
    restriction = RestrictionFactory(organization=head)

    verdict = agencies.agency_is_unrestricted(branch, item, NOON)

    assert not verdict.holds
    number = restriction.case.decision_number
    assert verdict.explained.startswith(
        f"总机构江西丰源测绘有限公司（决定书 {number}）处于信用限制期"
    )
    assert agencies.agency_is_unrestricted(other, item, NOON).holds
    restriction.is_public = False
    restriction.save()
    hidden = agencies.agency_is_unrestricted(branch, item, NOON)
    assert hidden.explained.startswith("机构处于信用限制期")


def test_k6_06_a_branch_stays_one_when_its_head_office_is_called_otherwise() -> None:
    item = ServiceItemFactory(published=True)
    head = bidder(item, name="江西丰源测绘集团有限公司")
    branch = bidder(item, name="江西丰源测绘有限公司岳阳分公司", head_office=head)
    assert agencies.agency_is_unrestricted(branch, item, NOON).holds

    RestrictionFactory(organization=head)

    verdict = agencies.agency_is_unrestricted(branch, item, NOON)
    assert verdict.refusal.startswith("总机构江西丰源测绘集团有限公司（决定书 ")
    assert lock_with_branches(head) == [head, branch]


def test_k2_04_a_licence_counts_on_its_last_day_and_not_the_day_after() -> None:
    item = ServiceItemFactory(published=True)
    agency = bidder(item)
    last_day = NOON.date()
    Agency.objects.filter(organization=agency).update(business_until=last_day)
    tender, midnight = TenderFactory(item=item), NOON.replace(hour=0) + timedelta(days=1)

    on_time = agencies.may_work_for(tender, agency, midnight - MICROSECOND)
    late = [one for one in agencies.may_work_for(tender, agency, midnight) if not one.holds]

    assert failing(*on_time) == []
    [verdict] = late
    assert verdict.guard == "agency_is_licensed"
    assert verdict.refusal == "机构的营业期限已于 2026年11月24日 届满，变更登记以前不能承接"
    Agency.objects.filter(organization=agency).update(business_until=None)
    assert agencies.agency_is_licensed(agency, midnight).holds


def test_k5_03_a_practitioner_restricted_for_five_years_is_barred_in_every_agency(
    client, reference
):
    """K5-03: a person is a subject; the agency of the case is not."""
    Parameter.objects.filter(key="sanction.months.serious").update(value=[12, 60])
    item = ServiceItemFactory(
        requirement={"kind": "practitioners", "profession": "注册测试工程师", "count": 1}
    )
    mine, other = active_agency(), active_agency()
    person = PractitionerFactory(agency=mine.agency, name="王测试", certificate_number="CS-20001")
    case = notice(
        organization=mine,
        authority=AuthorityFactory(division=mine.division),
        kind="lent_qualification",
        months=60,
        facts="出借执业印章。",
        person_name=person.name,
        person_number=person.certificate_number,
    )
    decided = NOON + timedelta(days=20)
    assert agencies.agency_is_qualified(mine, item, decided).holds
    restriction = decide_case(case=case, reasons="属实。", by=UserFactory(), at=decided)

    for_mine = agencies.agency_is_qualified(mine, item, decided)
    person.agency = other.agency
    person.save()
    end = restriction.effective_to

    assert for_mine.refusal == f"机构不具备“{item.name}”的承接条件：没有“注册测试工程师”1 人以上"
    assert agencies.agency_is_unrestricted(mine, item, decided).holds
    assert not agencies.agency_is_qualified(other, item, end - MICROSECOND).holds
    assert agencies.agency_is_qualified(other, item, end).holds
    assert (end - decided).days in range(1825, 1828)
    assert not practitioner_may_practise("CS-20001", decided).holds
    page = client.get(f"/credit/decisions/{restriction.slug}/").content.decode()
    assert "王** C*-****1" in page
    assert "王测试" not in page
    assert "CS-20001" not in page
