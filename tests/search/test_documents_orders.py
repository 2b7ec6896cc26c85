"""What search says of orders, results and contracts."""

import pytest

from search.documents import find
from search.facets import AMOUNT, CLASS, DATE, FUND, METHOD, REGION, STATUS
from search.index import Document
from tests.clock import NOON
from tests.factories.bidding import ContractFactory, TenderFactory

pytestmark = pytest.mark.django_db


def found(kind: str, key: str) -> Document:
    document = find(kind, key, NOON)
    assert document is not None
    return document


def test_an_order_is_found_by_its_facets_and_codes() -> None:
    order = TenderFactory(active=True, title="雨污分流", project_code="2611-360702-04-01-1")

    document = found("tender", order.code)

    assert document.url == f"/tenders/{order.code}/"
    assert document.codes == (order.code, "2611-360702-04-01-1")
    assert document.values_of(REGION) == ("360702", "360700", "360000")
    assert document.values_of(CLASS) == (order.item.service_class.code,)
    assert document.values_of(STATUS) == ("open",)
    assert document.values_of(METHOD) == (order.method,)
    assert document.values_of(FUND) == (order.fund,)
    assert document.values_of(AMOUNT) == ("100000",)
    assert document.values_of(DATE) == ("2026", "2026-11")


def test_a_draft_is_no_document() -> None:
    draft = TenderFactory()

    assert find("tender", draft.slug, NOON) is None


def test_a_result_and_its_contract_say_who_won_and_lead_to_the_order() -> None:
    contract = ContractFactory(active=True)
    award = contract.award
    winner, code = award.bid.agency.name, award.tender.code

    result = found("award", f"{code}.1.1")
    signed = found("contract", contract.number)

    assert (result.facts[0], result.codes) == (winner, (award.letter_number,))
    assert (signed.facts[0], signed.codes) == (winner, (contract.number,))
    assert {result.url, signed.url} == {f"/tenders/{code}/"}
    assert result.values_of(AMOUNT) == signed.values_of(AMOUNT) == ("50000",)
    assert result.values_of(STATUS) == signed.values_of(STATUS) == ("in_service",)


def test_a_contract_that_is_not_signed_is_no_document() -> None:
    assert find("contract", ContractFactory().number, NOON) is None
