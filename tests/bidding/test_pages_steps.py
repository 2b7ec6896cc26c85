"""The steps of an order say which of its deadlines is provisional."""

import pytest

from bidding.pages.steps import order_steps
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
