"""Whom a decision would touch: branches, what is published, and never a sealed bid."""

import pytest

from bidding.models import Contract
from credit.pages.reach import reach_of
from marketplace.models import Organization
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, BidFactory, ContractFactory, TenderFactory
from tests.factories.credit import CaseFactory, active_agency

pytestmark = pytest.mark.django_db


def won_by(agency, **state):
    tender = TenderFactory(complete=True)
    return AwardFactory(tender=tender, bid=BidFactory(tender=tender, agency=agency), **state)


def test_branches_awards_and_contracts_are_told_before_the_click_and_no_sealed_bid():
    agency = active_agency()
    branch = active_agency()
    Organization.objects.filter(pk=branch.pk).update(head_office=agency)
    pending = won_by(agency)
    served = ContractFactory(award=won_by(agency, complete=True), active=True)
    BidFactory(agency=agency, tender=TenderFactory(active=True))
    case = CaseFactory(organization=agency, restriction_kind="freeze")

    reach = reach_of(case, NOON)

    assert served.status == Contract.Status.ACTIVE
    assert [one.pk for one in reach.branches] == [branch.pk]
    assert [one.title for one in reach.stopped] == [pending.tender.title]
    assert [(one.title, one.label) for one in reach.kept] == [
        (served.award.tender.title, "合同继续履行")
    ]
    assert reach_of(CaseFactory(organization=agency, restriction_kind="warning"), NOON) is None
