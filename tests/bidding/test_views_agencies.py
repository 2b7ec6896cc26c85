"""The register of agencies as everybody reads it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from bidding.pages.agencies import agencies, eligible_agencies
from credit.actions import correct_entry
from credit.measures import is_restricted
from credit.pages.cases import effects_of_signing
from tests.bidding.public_pages import page
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, TenderFactory, bidder
from tests.factories.credit import CaseFactory, EntryFactory, RestrictionFactory
from tests.factories.marketplace import (
    AgencyFactory,
    QualificationFactory,
    ServiceItemFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_an_agency_page_shows_class_standing_and_awards(client: Client) -> None:
    award = AwardFactory(active=True)
    agency = award.bid.agency

    html = page(client, "agency", agency.slug)

    assert agency.uscc in html
    assert award.tender.title in html
    assert "没有公示的限制" in html


def test_an_agency_page_marks_what_was_corrected_and_tells_nothing_of_the_unpublished(
    client: Client,
) -> None:
    entry = EntryFactory(kind="collusion", points=-40, recorded_by=UserFactory())
    agency, by = entry.organization, UserFactory()
    correct_entry(entry=entry, points=Decimal(0), note="事实有误。", by=by, at=NOON)
    hidden = EntryFactory(organization=agency, kind="bribery", points=-40, recorded_by=by)
    CaseFactory(organization=agency, severity="minor", entry=hidden, decided=True)

    text = " ".join(strip_tags(page(client, "agency", agency.slug)).split())

    assert "已更正，本条不再计分" in text
    assert text.count("串通报价") == 1
    assert "−40" not in text
    assert "+0" not in text
    assert "行贿" not in text
    assert "100 分" in text


def test_an_agency_page_shows_no_points_when_their_correction_is_not_public(
    client: Client,
) -> None:
    entry = EntryFactory(kind="collusion", points=-40, recorded_by=UserFactory())
    agency, by = entry.organization, UserFactory()
    heir = correct_entry(entry=entry, points=Decimal(-40), note="D2", by=by, at=NOON)
    CaseFactory(organization=agency, severity="general", entry=entry, revoked=True)
    CaseFactory(organization=agency, severity="minor", entry=heir, decided=True)

    text = " ".join(strip_tags(page(client, "agency", agency.slug)).split())

    assert "已更正，本条不再计分" in text
    assert text.count("串通报价") == 1
    assert "−40" not in text
    assert "100 分" in text


def test_an_agency_that_only_registered_has_no_public_page(client: Client) -> None:
    draft = bidder()
    draft.agency.delete()

    assert client.get(reverse("bidding:agency", args=[draft.slug])).status_code == 404


def test_the_publicity_list_names_who_may_be_objected_to_until_when_and_how(
    client: Client,
) -> None:
    later = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=2))
    sooner = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=1))
    known = QualificationFactory(agency=sooner)
    others = [AgencyFactory(**{state: True}) for state in ("submitted", "returned", "active")]

    html = page(client, "agency_publicity")

    assert html.index(sooner.organization.name) < html.index(later.organization.name)
    assert known.service_class.name in html
    assert "2026年11月25日" in html
    assert "怎样提出异议" in html
    assert reverse("bidding:agency", args=[sooner.organization.slug]) in html
    assert [one for one in others if one.organization.name in html] == []


def test_the_publicity_list_is_one_step_from_the_register(client: Client) -> None:
    html = page(client, "agency_list")

    head = html[html.index("<main") : html.index("</main>")]
    assert f'href="{reverse("bidding:agency_publicity")}"' in head


def test_an_empty_publicity_list_says_so(client: Client) -> None:
    assert "现在没有公示中的机构" in page(client, "agency_publicity")


def test_the_publicity_list_needs_the_same_queries_for_one_row_and_for_ten(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    QualificationFactory(agency=AgencyFactory(publicity=True))
    with CaptureQueriesContext(connection) as one:
        page(client, "agency_publicity")
    for _row in range(9):
        QualificationFactory(agency=AgencyFactory(publicity=True))

    with django_assert_num_queries(len(one)):
        page(client, "agency_publicity")


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ({}, 404),
        ({"submitted": True}, 404),
        ({"returned": True}, 404),
        ({"publicity": True}, 200),
        ({"active": True}, 200),
        ({"withdrawn": True}, 200),
        ({"status": "withdrawn", "withdrawn_at": NOON}, 404),
        ({"activated_at": NOON}, 200),
    ],
    ids=[
        *("draft", "submitted", "returned", "publicity", "active", "withdrawn"),
        *("withdrawn as a draft", "once active, applying again"),
    ],
)
def test_an_agency_has_a_public_page_from_its_publicity_on(
    client: Client, state: dict[str, object], status: int
) -> None:
    agency = AgencyFactory(**state).organization

    assert client.get(reverse("bidding:agency", args=[agency.slug])).status_code == status


def test_what_an_agency_that_left_fills_in_anew_is_not_public_before_its_check(
    client: Client,
) -> None:
    agency = AgencyFactory(complete=True, activated_at=NOON, office_address="没有审核过的地址")
    QualificationFactory(agency=agency, certificate_number="没有审核过的证书")

    html = page(client, "agency", agency.organization.slug)

    assert "没有审核过" not in html
    assert "已退出" in html
    assert "中选记录" in html


def test_a_removed_agency_stays_listed_with_its_state_and_is_eligible_again_after_the_term(
    client: Client,
) -> None:
    item = ServiceItemFactory(published=True)
    agency, other = bidder(item), bidder(item)
    tender = TenderFactory(item=item)
    removal = RestrictionFactory(
        organization=agency, kind="removal", case__restriction_kind="removal"
    )
    said = effects_of_signing(removal.case, NOON)

    assert any("标明“清退”" in sentence for sentence in said)
    for at, listed in (
        (NOON - timedelta(microseconds=1), {agency, other}),
        (NOON, {other}),
        (removal.effective_to - timedelta(microseconds=1), {other}),
        (removal.effective_to, {agency, other}),
    ):
        assert {*eligible_agencies(tender, at)} == listed
        assert is_restricted(agency, at) == (agency not in listed)
    assert {*agencies()} == {agency, other}
    html = page(client, "agency_list")
    assert agency.name in html
    assert html.count("清退") == 1
    own = page(client, "agency", agency.slug)
    assert removal.slug in own
    assert "全省有效" not in own.split("<h1>")[0]


def test_a_frozen_agency_stays_on_the_register_and_is_called_so_alone(client: Client) -> None:
    agency, partly = bidder(), bidder(item := ServiceItemFactory(published=True))
    RestrictionFactory(organization=agency)
    RestrictionFactory(organization=partly, service_class=item.service_class)

    assert agency.name in page(client, "agency_list")
    heads = [page(client, "agency", one.slug).split("<h1>")[0] for one in (agency, partly)]
    assert [("暂停报名" in head, "全省有效" in head) for head in heads] == [
        (True, False),
        (True, True),
    ]
