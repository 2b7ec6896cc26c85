"""The results of the public list as plain values."""

from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from bidding.pages.award_rows import AwardRow, award_rows
from bidding.pages.names import AgencyName
from tests.clock import NOON
from tests.factories.bidding import PUBLISHED, AwardFactory, ContractFactory
from tests.factories.credit import RestrictionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_results_stand_as_their_keys_do_in_two_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    contract = ContractFactory(active=True)
    keys = [AwardFactory(active=True).pk, contract.award.pk]
    award_rows(keys, NOON)  # the names of places are read once

    with django_assert_num_queries(3):
        first, second = award_rows(keys, NOON)

    assert second.code == contract.award.tender.code
    assert (first.contract_status, second.contract_status) == (None, "active")
    assert award_rows([0], NOON) == []


def test_a_result_says_whose_it_is_and_how_the_agency_stands() -> None:
    award = AwardFactory(amount=Decimal("87654.32"))
    restriction = RestrictionFactory(
        organization=award.bid.agency, effective_from=PUBLISHED, effective_to=NOON
    )
    told = {
        "place": award.tender.division.full_name,
        "code": award.tender.code,
        "title": award.tender.title,
        "buyer": award.tender.buyer.name,
        "amount": Decimal("87654.32"),
        "published_at": award.published_at,
        "order_status": award.tender.status,
        "status": award.status,
        "contract_status": None,
    }
    name = AgencyName(award.bid.agency.name, award.bid.agency.slug)

    [restricted] = award_rows([award.pk], NOON - timedelta(seconds=1))
    [free] = award_rows([award.pk], NOON)

    assert free == AwardRow(agency=name, **told)
    assert restricted.agency.measures == (restriction.measure_word,)
    assert str(free.stage_word(NOON)) == "结果公示"
