"""The agencies as readers find them."""

from datetime import timedelta

import pytest
from django.test import Client

from bidding.models import Award, Evaluation
from bidding.pages.agencies import (
    agencies,
    agency_page,
    agency_rows,
    eligible_agencies,
    keys_in_order,
    publicity_rows,
)
from credit.models import Measure
from marketplace.kernel.calendar import end_of_day
from marketplace.models import Organization
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    ContractFactory,
    EvaluationFactory,
    TenderFactory,
    bidder,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import (
    AgencyFactory,
    QualificationFactory,
    ServiceClassFactory,
)
from tests.factories.parties import PerformanceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def won_by(agency: Organization, **traits: bool) -> Award:
    tender = TenderFactory(complete=True)
    traits = traits or {"active": True}
    return AwardFactory(tender=tender, bid=BidFactory(tender=tender, agency=agency), **traits)


def test_the_register_holds_who_is_admitted_also_when_removed() -> None:
    agency, removed = bidder(), bidder()
    AgencyFactory(publicity=True)
    RestrictionFactory(organization=removed, kind=Measure.REMOVAL)

    assert {*agencies()} == {agency, removed}


def test_every_award_that_was_won_counts_also_two_of_one_bid() -> None:
    first = AwardFactory(active=True)
    AwardFactory(tender=first.tender, bid=first.bid, round=2, active=True)
    AwardFactory(tender=first.tender, bid=first.bid, round=3, cancelled=True)

    [row] = agency_rows([first.bid.agency_id], NOON)

    assert (row.agency.slug, row.award_count) == (first.bid.agency.slug, 2)


def test_agencies_in_publicity_are_told_by_its_end() -> None:
    later = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=3))
    sooner = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=2))

    rows = publicity_rows([sooner.pk, later.pk, 0], NOON)

    assert [(row.agency.name, row.ends_at, row.is_provisional) for row in rows] == [
        (sooner.organization.name, NOON + timedelta(days=2), False),
        (later.organization.name, NOON + timedelta(days=3), False),
    ]
    assert {row.agency.place for row in rows} == {sooner.organization.division.full_name}


def test_only_an_agency_of_the_item_s_class_can_be_named() -> None:
    tender = TenderFactory()
    agency = bidder(tender.item)
    bidder()

    assert [*eligible_agencies(tender, NOON)] == [agency]


def test_an_agency_that_is_kept_out_is_not_offered_and_neither_is_its_branch() -> None:
    tender = TenderFactory()
    item, mine = tender.item, tender.item.service_class
    free, barred, of_class, of_another, lifted = (bidder(item) for _number in range(5))
    head = bidder(item, name="江西章源咨询有限公司")
    bidder(item, name="江西章源咨询有限公司南昌分公司")
    other_branch = bidder(item, name="江西信江咨询有限公司南昌分公司")
    bidder(item, name="江西信江咨询有限公司").agency.delete()
    kept_out = [(barred, None), (head, None), (of_class, mine), (of_another, ServiceClassFactory())]
    for agency, service_class in kept_out:
        RestrictionFactory(organization=agency, service_class=service_class)
    RestrictionFactory(organization=lifted, lifted_at=NOON)

    assert {*eligible_agencies(tender, NOON)} == {free, of_another, lifted, other_branch}
    assert {barred, head, of_class} <= {*eligible_agencies(tender, NOON - timedelta(days=1))}


def test_each_agency_stands_with_what_the_public_may_know() -> None:
    agency = bidder()
    told = RestrictionFactory(organization=agency)
    RestrictionFactory(organization=agency, is_public=False)

    [row] = agency_rows([agency.pk], NOON)

    assert (row.agency.name, row.agency.uscc) == (agency.name, agency.uscc)
    assert [*row.standing.restrictions] == [told]
    assert [*agency_page(agency, NOON)["restrictions"]] == [told]


def test_a_page_says_which_restriction_and_which_certificate_end_next() -> None:
    agency = bidder()
    told = RestrictionFactory(organization=agency)
    RestrictionFactory(organization=agency, is_public=False)
    for days in (-1, 0, 1):
        until = NOON.date() + timedelta(days=days)
        QualificationFactory(agency=agency.agency, valid_until=until)

    steps = agency_page(agency, NOON)["coming"]

    assert [(step.label, step.at) for step in steps] == [
        (told.get_kind_display(), told.effective_to),
        ("最早到期的资质", end_of_day(NOON.date())),
    ]


def test_agencies_are_ordered_by_awards_by_ratings_or_by_their_admission() -> None:
    none, first, second = bidder(), bidder(), bidder()
    for agency in (second, second):
        won_by(agency)
    contract = ContractFactory(rated=True, award=won_by(first, complete=True))
    EvaluationFactory(contract=contract, side=Evaluation.Side.BUYER)
    found = agencies().filter(pk__in=[none.pk, first.pk, second.pk])

    assert keys_in_order(found, "awards") == [second.pk, first.pk, none.pk]
    assert keys_in_order(found, "rating") == [first.pk, second.pk, none.pk]
    assert keys_in_order(found, "newest") == [none.pk, first.pk, second.pk]


def test_the_rows_of_a_page_stand_as_their_keys_and_say_what_each_agency_won() -> None:
    winner, other = bidder(), bidder()
    won_by(winner)

    rows = agency_rows([winner.pk, other.pk], NOON)

    assert [(row.agency.slug, row.award_count, row.mean) for row in rows] == [
        (winner.slug, 1, None),
        (other.slug, 0, None),
    ]


def test_the_page_of_an_agency_names_what_it_has_done(client: Client) -> None:
    done = PerformanceFactory(title="测试水库水土保持方案编制")
    PerformanceFactory(agency=done.agency, status="entered", title="没有核验的项目")

    html = client.get(f"/agencies/{done.agency.organization.slug}/").content.decode()

    assert "测试水库水土保持方案编制" in html
    assert "没有核验的项目" not in html
