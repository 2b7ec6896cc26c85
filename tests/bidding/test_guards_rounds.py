"""What may be run again, and when another method may be chosen."""

import pytest

from bidding.guards import rounds as guards
from bidding.models import Tender
from tests.bidding.refusals import failing
from tests.bidding.shipped import RULES
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, TenderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
Status = Tender.Status


@pytest.mark.parametrize(
    ("later", "is_free"),
    [
        ({}, False),
        ({"submitted": True}, False),
        ({"active": True}, False),
        ({"cancelled": True}, False),
        ({"status": Status.CANCELLED, "ended_at": NOON, "end_reasons": "不再需要。"}, True),
    ],
    ids=["a draft", "submitted", "published", "cancelled after its publication", "given up"],
)
def test_a_next_round_that_was_given_up_before_its_publication_is_none(later, is_free):
    tender = TenderFactory(unsuccessful=True)
    TenderFactory(previous=tender, round=2, **later)

    assert guards.tender_is_not_run_again_yet(tender).holds is is_free


@pytest.mark.parametrize(
    ("state", "may_rerun"),
    [
        ("active", False),
        ("closed", False),
        ("evaluated", False),
        ("complete", False),
        ("unsuccessful", True),
        ("cancelled", True),
    ],
)
def test_an_order_that_came_to_nothing_may_be_run_again(state, may_rerun):
    tender = TenderFactory(**{state: True})

    assert guards.tender_has_come_to_nothing(tender).holds is may_rerun


def test_an_order_whose_award_was_cancelled_may_be_run_again_once():
    tender = AwardFactory(cancelled=True).tender
    assert failing(*guards.may_rerun(tender, NOON)) == []

    TenderFactory(previous=tender, round=2)

    assert failing(*guards.may_rerun(tender, NOON)) == ["tender_is_not_run_again_yet"]


def test_a_draft_that_was_given_up_is_not_run_again():
    tender = TenderFactory(status=Status.CANCELLED, ended_at=NOON, end_reasons="不再需要。")

    assert failing(*guards.may_rerun(tender, NOON)) == ["tender_has_come_to_nothing"]


@pytest.mark.parametrize(
    ("rounds", "holds"),
    [
        (["unsuccessful"], False),
        (["unsuccessful", "unsuccessful"], True),
        (["unsuccessful", "cancelled"], False),
        (["cancelled", "cancelled", "cancelled"], False),
        (["unsuccessful", "cancelled", "unsuccessful"], True),
    ],
)
def test_another_method_comes_after_two_failed_rounds(rounds, holds):
    earlier = None
    for number, state in enumerate(rounds, start=1):
        earlier = TenderFactory(**{state: True}, previous=earlier, round=number)
    draft = TenderFactory(previous=earlier, round=len(rounds) + 1, method="direct")

    verdict = guards.method_may_change_by_now(draft, RULES)

    assert verdict.holds is holds
    if not holds:
        assert verdict.refusal == "连续流标 2 次后才能改用其他选取方式"


def test_the_same_method_may_be_used_again_at_once():
    draft = TenderFactory(previous=TenderFactory(unsuccessful=True), round=2)

    assert guards.method_may_change_by_now(draft, RULES).holds
