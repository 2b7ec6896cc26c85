"""What the public lists can be narrowed by, and which words find a row."""

from collections.abc import Callable

import pytest
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from bidding.forms.facets import (
    MAX_WORDS,
    agency_facets,
    agency_words,
    award_facets,
    award_words,
    tender_facets,
    tender_words,
)
from bidding.models import Award, Tender
from marketplace.models import Organization
from marketplace.web.facets import Facet, FacetedList
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, ContractFactory, TenderFactory, bidder
from tests.factories.marketplace import BuyerFactory, ServiceItemFactory, division

pytestmark = pytest.mark.django_db


def hits(rows: QuerySet[Model], words: Callable[[str], Q], *texts: str) -> list[bool]:
    """Return for each text whether the only row is found by it."""
    return [rows.filter(words(text)).distinct().count() == 1 for text in texts]


def test_an_order_is_found_by_all_words_of_its_title_code_item_or_buyer() -> None:
    tender = TenderFactory(
        active=True,
        title="沙河片区雨污分流",
        item=ServiceItemFactory(published=True, name="环评报告"),
        buyer=BuyerFactory(organization__name="古城中心").organization,
    )
    orders = Tender.objects.all()

    found = hits(orders, tender_words, "沙河", tender.code, "环评 雨污", "古城 沙河", "", " ")

    assert all(found)
    assert hits(orders, tender_words, "沙河 章江", "雨污分流工程") == [False, False]
    assert hits(orders, tender_words, f"沙河 {'x' * MAX_WORDS}", f"沙河{' ' * MAX_WORDS}x") == [
        False,
        True,
    ]


def test_an_award_is_found_by_its_order_its_sides_and_the_number_of_its_contract() -> None:
    contract = ContractFactory(award__tender__title="沙河片区")
    award = contract.award
    texts = (award.tender.code, award.tender.buyer.name, award.bid.agency.name, contract.number)

    assert all(hits(Award.objects.all(), award_words, "沙河", *texts))
    assert hits(Award.objects.all(), award_words, "章江") == [False]


def test_an_agency_is_found_by_its_name_and_its_credit_code() -> None:
    agency = bidder(name="江西智策")
    agencies = Organization.objects.filter(pk=agency.pk)

    assert all(hits(agencies, agency_words, "智策", f"江西 {agency.uscc[:8].lower()}"))
    assert hits(agencies, agency_words, "智策 广东") == [False]


def counted(facets: list[Facet], rows: QuerySet[Model]) -> dict[str, dict[str, int]]:
    """Return how many rows each option with rows keeps, by facet."""
    shown = FacetedList(rows, facets, QueryDict()).shown()
    return {
        facet.name: {option.value: option.count for option in facet.options if option.count}
        for facet in shown
        if facet.options
    }


def test_each_order_counts_once_in_each_facet() -> None:
    item = ServiceItemFactory(published=True)
    TenderFactory(active=True, item=item, division=division("360702"), fund="fiscal")
    TenderFactory(cancelled=True, item=item, division=division("360000"), direct=bidder(item))

    assert counted(tender_facets(NOON), Tender.objects.all()) == {
        "phase": {"open": 1, "cancelled": 1},
        "city": {"360700": 1},
        "class": {item.service_class.code: 2},
        "method": {"lowest": 1, "direct": 1},
        "fund": {"fiscal": 1, "private": 1},
        "day": {"2026-11-26": 1},
    }


def test_awards_are_narrowed_by_their_result_and_by_what_their_order_was() -> None:
    award = AwardFactory(cancelled=True)
    AwardFactory(tender__item=award.tender.item, active=True)

    assert counted(award_facets(), Award.objects.all()) == {
        "state": {"won": 1, "cancelled": 1},
        "city": {"360700": 2},
        "class": {award.tender.item.service_class.code: 2},
        "method": {"lowest": 2},
        "fund": {"private": 2},
    }


def test_agencies_are_narrowed_by_class_and_by_the_city_they_are_registered_in() -> None:
    item = ServiceItemFactory()
    agency = bidder(item, division=division("360702"))
    bidder(division=division("360000"))

    found = counted(agency_facets(), Organization.objects.filter(agency__isnull=False))

    assert found == {"class": {item.service_class.code: 1}, "city": {"360700": 1}}
    of_class, _of_city = agency_facets()
    [option] = [one for one in of_class.options if one.value == item.service_class.code]
    assert [*Organization.objects.filter(option.condition)] == [agency]
