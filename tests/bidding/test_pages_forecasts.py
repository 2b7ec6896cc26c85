"""A bid is warned of what ends before it is opened, in the words in which it would be refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from bidding.guards.agencies import agency_is_qualified
from bidding.models import Tender
from bidding.pages.agencies import agencies_for
from bidding.pages.forecasts import forecast
from marketplace.kernel.calendar import day_of
from marketplace.models import Agency, Membership, Organization, Qualification
from marketplace.requirements import Certificate, written
from marketplace.web.moments import cn_date
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, load_reference
from tests.factories.credit import active_agency
from tests.factories.marketplace import QualificationFactory, party

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


@pytest.fixture
def tender() -> Tender:
    load_reference()
    return TenderFactory(active=True)


@pytest.fixture
def agency(tender: Tender) -> Organization:
    agency = active_agency()
    row = Agency.objects.get(pk=agency.pk)
    assert tender.item.service_class is not None
    QualificationFactory(agency=row, service_class=tender.item.service_class, valid_until=None)
    return agency


def until(agency: Organization, days_before_the_opening: int, tender: Tender) -> None:
    assert tender.opening_at is not None
    last = day_of(tender.opening_at) - ONE_DAY * days_before_the_opening
    Qualification.objects.filter(agency=agency.pk).update(valid_until=last)


def test_what_ends_before_the_opening_is_told_with_its_day_and_the_reason(
    tender: Tender, agency: Organization
) -> None:
    assert forecast(tender, agency) == ""
    until(agency, 1, tender)

    said = forecast(tender, agency)

    last = Qualification.objects.get().valid_until
    assert (
        f"有效期至 {cn_date(last)} 的证照在开启报价（{cn_date(tender.opening_at)}）以前到期" in said
    )
    assert "机构不具备" in said
    assert "没有" in said.split("机构不具备")[1]


def test_on_the_day_of_the_opening_it_still_holds_and_the_service_is_looked_at(
    tender: Tender, agency: Organization
) -> None:
    until(agency, 0, tender)

    said = forecast(tender, agency)

    assert "在服务期限（约到" in said


def test_a_licence_ends_too_and_an_opened_order_warns_of_nothing(
    tender: Tender, agency: Organization
) -> None:
    Agency.objects.filter(pk=agency.pk).update(business_until=NOON.date())

    assert "营业期限已于" in forecast(tender, agency)
    tender.evaluated_at = NOON
    assert forecast(tender, agency) == ""


def test_the_page_of_the_bid_says_so_with_the_way_out(
    client: Client, tender: Tender, agency: Organization
) -> None:
    until(agency, 1, tender)
    client.force_login(party(agency, Membership.Role.AGENCY_MANAGER).user)

    page = client.get(f"/tenders/{tender.code}/bid/").content.decode()

    assert "以前到期" in page
    assert 'href="/admission/changes/"' in page.split("以前到期")[1][:600]


def test_a_branch_is_warned_of_what_ends_at_its_head_office_where_that_counts(
    tender: Tender, agency: Organization
) -> None:
    branch = active_agency()
    branch.head_office = agency
    branch.save()
    until(agency, 1, tender)
    assert "以前到期" not in forecast(tender, branch)

    item = tender.item
    assert item.service_class is not None
    leaf = Certificate(item.service_class.code, "《建筑法》第十三条", head_office_too=True)
    item.requirement = written(leaf)

    assert agency_is_qualified(branch, item, NOON).holds
    assert {*agencies_for(item, NOON)} == {agency, branch}
    last = cn_date(Qualification.objects.get().valid_until)
    assert f"有效期至 {last} 的证照在开启报价" in forecast(tender, branch)
    Agency.objects.filter(pk=agency.pk).update(business_until=NOON.date() - ONE_DAY)
    assert not agency_is_qualified(branch, item, NOON).holds
