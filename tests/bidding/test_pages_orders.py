"""What everybody may know of an order and of its contract."""

from decimal import Decimal

import pytest
from django.utils.html import strip_tags

from bidding.pages.orders import contract_facts, order_facts
from tests.factories.bidding import ContractFactory, TenderFactory

pytestmark = pytest.mark.django_db


def facts_of(tender) -> dict[str, str]:
    return {str(fact.label): strip_tags(fact.value) for fact in contract_facts(tender)}


def test_a_signed_contract_shows_its_terms_and_what_has_happened() -> None:
    contract = ContractFactory(accepted=True)

    assert facts_of(contract.award.tender) == {
        "合同编号": contract.number,
        "合同金额": "¥90,000.00（玖万元整）",
        "签订": "2026年12月8日 10:00",
        "备案": "2026年12月8日 10:00",
        "服务期限至": "2026年12月23日 24:00",
        "交付": "2026年12月15日 10:00",
        "验收": "2026年12月16日 10:00",
        "业主评价": "尚未",
    }


def test_silence_of_the_owner_is_shown_as_such() -> None:
    silent = ContractFactory(rated=True, is_rated_by_buyer=False)
    said = ContractFactory(rated=True, is_rated_by_buyer=True)

    assert facts_of(silent.award.tender)["业主评价"] == "期满未评价"
    assert facts_of(said.award.tender)["业主评价"] == "2026年12月17日 10:00"


def test_a_contract_that_is_not_signed_shows_nothing() -> None:
    assert contract_facts(ContractFactory().award.tender) == []
    assert contract_facts(TenderFactory(active=True)) == []


def test_an_order_states_a_lowest_price_and_a_rate_only_where_it_has_them() -> None:
    plain = TenderFactory(active=True)
    bounded = TenderFactory(active=True, quote="rate", floor=Decimal(80_000))

    labels = [str(fact.label) for fact in order_facts(plain)]
    assert not {"最低限价", "报价方式"} & set(labels)
    stated = {str(fact.label): strip_tags(fact.value) for fact in order_facts(bounded)}
    assert stated["最低限价"] == "¥80,000.00（捌万元整）"
    assert stated["报价方式"] == "下浮率，以最高限价为基准"
