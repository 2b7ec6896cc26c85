"""When an award's letter goes out, who may sign, and whom everybody waits for."""

from datetime import timedelta
from typing import Any

import pytest

from bidding.guards import awards
from bidding.models import Award, Contract
from credit.models import StandingCheck
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.bidding import (
    PUBLICITY_END,
    SIGN_DUE,
    SIGNED,
    AwardFactory,
    ContractFactory,
    ContractUploadFactory,
    bidder,
)
from tests.factories.credit import RestrictionFactory

MICROSECOND = timedelta(microseconds=1)
Status = Award.Status


def award(status: str, **values: Any) -> Award:
    """Return an award that is in no database."""
    made: Award = AwardFactory.build(tender=None, bid=None, status=status, **values)
    return made


def test_the_letter_goes_out_from_the_end_of_the_publicity_on() -> None:
    pending = award(Status.PENDING, publicity_ends_at=PUBLICITY_END)

    assert failing(*awards.may_issue_award(pending, PUBLICITY_END)) == []
    assert failing(*awards.may_issue_award(pending, PUBLICITY_END - MICROSECOND)) == [
        "publicity_is_over"
    ]


def test_each_act_asks_for_the_states_in_which_it_is_done() -> None:
    held = {
        status: [
            awards.award_is_in_publicity(award(status)).holds,
            awards.award_is_active(award(status)).holds,
            failing(*awards.may_abandon(award(status), NOON)) == [],
        ]
        for status in Status
    }

    assert held == {
        Status.PENDING: [True, False, True],
        Status.ACTIVE: [False, True, True],
        Status.COMPLETE: [False, False, False],
        Status.CANCELLED: [False, False, False],
    }
    assert awards.award_is_active(award(Status.PENDING)).refusal == (
        "中选结果现在是“结果公示”，中选通知书发出以后、签约以前才能办理"
    )


def test_a_missing_signature_is_recorded_once_from_the_end_of_its_time_on() -> None:
    active = award(Status.ACTIVE, contract_due_at=SIGN_DUE)

    assert failing(*awards.may_record_unsigned(active, SIGN_DUE)) == []
    assert failing(*awards.may_record_unsigned(active, SIGN_DUE - MICROSECOND)) == [
        "signature_is_overdue"
    ]
    active.overdue_recorded_at = SIGN_DUE
    assert failing(*awards.may_record_unsigned(active, SIGN_DUE)) == ["overdue_is_not_recorded"]
    assert failing(*awards.may_record_unsigned(award(Status.PENDING), SIGN_DUE)) == [
        "award_is_active",
        "signature_is_overdue",
    ]


def test_only_a_contract_that_awaits_its_signature_is_unsigned() -> None:
    assert awards.contract_is_unsigned(None).holds
    assert [
        status
        for status in Contract.Status
        if awards.contract_is_unsigned(ContractFactory.build(award=None, status=status)).holds
    ] == [Contract.Status.PENDING]


@pytest.mark.django_db
def test_either_side_puts_up_a_text_and_the_next_one_after_the_answer() -> None:
    contract = ContractFactory()
    made = contract.award
    sides = (made.tender.buyer, made.bid.agency)

    for side in sides:
        assert failing(*awards.may_upload_contract(made, side, NOON)) == []
    assert failing(*awards.may_upload_contract(made, bidder(), NOON)) == ["organization_is_a_party"]
    ContractUploadFactory(contract=contract)
    for side in sides:
        assert failing(*awards.may_upload_contract(made, side, NOON)) == [
            "no_text_awaits_an_answer"
        ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "owes"),
    [
        ({}, False),
        ({"rejected_at": SIGN_DUE - MICROSECOND, "reject_reasons": "缺页。"}, True),
        ({"rejected_at": SIGN_DUE, "reject_reasons": "缺页。"}, False),
    ],
)
def test_nobody_waits_for_an_agency_whose_text_awaits_the_buyer_at_the_deadline(
    answer: dict[str, Any], owes: bool
) -> None:
    upload = ContractUploadFactory(**answer)

    assert awards.agency_owes_the_signature(upload.contract.award, SIGN_DUE) is owes


@pytest.mark.django_db
def test_an_agency_owes_the_signature_while_its_text_has_not_arrived() -> None:
    upload = ContractUploadFactory(uploaded_at=SIGNED)
    made = upload.contract.award

    assert awards.agency_owes_the_signature(made, SIGNED)
    assert not awards.agency_owes_the_signature(made, SIGNED + MICROSECOND)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_public", "guard"), [(True, "winner_is_unrestricted"), (False, "winner_is_eligible")]
)
def test_a_winner_is_refused_in_words_that_name_published_restrictions_only(
    is_public: bool, guard: str
) -> None:
    restriction = RestrictionFactory(is_public=is_public)
    check = StandingCheck(is_clear=False, restriction_ids=[restriction.slug])

    verdict = awards.may_go_on(check)

    assert (verdict.guard, verdict.holds) == (guard, False)
    assert awards.may_go_on(StandingCheck(is_clear=True)).holds
