"""The steps of an order say which deadline is provisional; its contract shows what is public."""

import pytest
from django.utils.html import strip_tags

from bidding.pages.orders import contract_facts, order_steps
from tests.factories.bidding import AwardFactory, ContractFactory, TenderFactory

pytestmark = pytest.mark.django_db


def provisional_steps(tender) -> list[str]:
    return [str(step.label) for step in order_steps(tender) if step.note == "暂定"]


def tenders(is_provisional: bool):
    """Return one order for each deadline that can be provisional, by the label of its step."""
    end, due = {"is_end_provisional": is_provisional}, {"is_due_provisional": is_provisional}
    return {
        "报名中": TenderFactory(active=True, **end),
        "结果公示": AwardFactory(**end).tender,
        "签约": AwardFactory(active=True, **end).tender,
        "服务与验收": ContractFactory(active=True, **due).award.tender,
        "评价": ContractFactory(accepted=True, **due).award.tender,
    }


def test_each_running_deadline_that_is_provisional_says_so() -> None:
    for label, tender in tenders(is_provisional=True).items():
        assert provisional_steps(tender) == [label]


def test_a_deadline_that_is_sure_says_nothing() -> None:
    for tender in tenders(is_provisional=False).values():
        assert provisional_steps(tender) == []


def test_a_deadline_that_is_over_says_nothing() -> None:
    assert provisional_steps(TenderFactory(closed=True, is_end_provisional=True)) == []
    rated = ContractFactory(rated=True, is_due_provisional=True)
    assert provisional_steps(rated.award.tender) == []


# --- the contract in public ---
def facts_of(tender) -> dict[str, str]:
    return {str(fact["label"]): strip_tags(fact["value"]) for fact in contract_facts(tender)}


def test_a_signed_contract_shows_its_terms_and_what_has_happened() -> None:
    contract = ContractFactory(accepted=True)

    assert facts_of(contract.award.tender) == {
        "合同编号": contract.number,
        "合同金额": f"¥{contract.amount:,}",
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
