"""Who answers a text, who decides a result, and when late service is recorded."""

from datetime import timedelta
from typing import Any

import pytest

from bidding.guards import contracts
from bidding.models import Contract, ContractUpload, Deliverable
from marketplace.models import Document, Organization, User
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.bidding import (
    DELIVERED,
    LATE_FROM,
    ContractFactory,
    ContractUploadFactory,
    bidder,
)

MICROSECOND = timedelta(microseconds=1)
Status = Contract.Status
HANDED_IN, OTHER = User(pk=1), User(pk=2)
PAPER = Document(uploaded_by=HANDED_IN)


def contract(status: str, **values: Any) -> Contract:
    """Return a contract that is in no database."""
    made: Contract = ContractFactory.build(award=None, status=status, **values)
    return made


def test_a_text_is_answered_by_the_other_side_and_by_another_person() -> None:
    own, other = Organization(pk=1), Organization(pk=2)
    upload = ContractUpload(organization=own, document=PAPER)

    assert contracts.other_side_answers(upload, other).holds
    assert not contracts.other_side_answers(upload, own).holds
    assert contracts.another_person_confirms(upload, OTHER).holds
    assert not contracts.another_person_confirms(upload, HANDED_IN).holds
    assert not contracts.a_text_awaits_an_answer(None).holds


@pytest.mark.django_db
def test_the_open_text_is_the_one_without_an_answer() -> None:
    answered = ContractUploadFactory(rejected_at=NOON, reject_reasons="缺页。")
    made, agency = answered.contract, answered.organization
    assert contracts.open_upload(None) is None
    assert contracts.open_upload(made) is None

    upload = ContractUploadFactory(contract=made, organization=agency)

    assert contracts.open_upload(made) == upload


@pytest.mark.django_db
def test_only_the_other_party_of_an_active_award_answers_its_text() -> None:
    upload = ContractUploadFactory()
    made, agency, by = upload.contract, upload.organization, upload.document.uploaded_by
    award = made.award
    buyer = award.tender.buyer

    assert failing(*contracts.may_reject(award, made, buyer, NOON)) == []
    assert failing(*contracts.may_confirm(award, made, buyer, OTHER, NOON)) == []
    assert failing(*contracts.may_confirm(award, made, agency, by, NOON)) == [
        "other_side_answers",
        "another_person_confirms",
    ]
    assert failing(*contracts.may_reject(award, made, bidder(), NOON)) == [
        "organization_is_a_party"
    ]
    assert failing(*contracts.may_reject(award, None, buyer, NOON)) == ["a_text_awaits_an_answer"]


def test_a_result_is_handed_over_in_service_and_decided_once_it_was() -> None:
    states = {
        status: [
            failing(*contracts.may_deliver(contract(status), NOON)) == [],
            failing(*contracts.may_decide_delivery(contract(status), None, OTHER, NOON)) == [],
        ]
        for status in Status
    }

    assert states.pop(Status.ACTIVE) == [True, False]
    assert states.pop(Status.DELIVERED) == [False, True]
    assert {*map(tuple, states.values())} == {(False, False)}
    assert failing(*contracts.may_deliver(None, NOON)) == ["contract_is_in_service"]


def test_a_result_is_decided_by_another_person_and_not_before_it_arrived() -> None:
    delivered = contract(Status.DELIVERED)
    result = Deliverable(document=PAPER, delivered_at=DELIVERED)

    def asked(by: User, at: Any = DELIVERED) -> list[str]:
        return failing(*contracts.may_decide_delivery(delivered, result, by, at))

    assert asked(OTHER) == []
    assert asked(HANDED_IN) == ["another_person_decides"]
    assert asked(OTHER, DELIVERED - MICROSECOND) == ["deliverable_is_handed_over"]
    accepted = Deliverable(status=Deliverable.Status.ACCEPTED)
    assert not contracts.deliverable_is_undecided(accepted).holds


def test_late_service_is_recorded_once_from_the_end_of_the_tolerance_on() -> None:
    late = contract(Status.ACTIVE, late_from=LATE_FROM)

    assert failing(*contracts.may_record_late(late, LATE_FROM)) == []
    assert failing(*contracts.may_record_late(late, LATE_FROM - MICROSECOND)) == [
        "lateness_is_beyond_tolerance"
    ]
    late.late_recorded_at = LATE_FROM
    assert failing(*contracts.may_record_late(late, LATE_FROM)) == ["lateness_is_not_recorded"]
    assert failing(*contracts.may_record_late(contract(Status.DELIVERED), LATE_FROM)) == [
        "contract_is_in_service",
        "lateness_is_beyond_tolerance",
    ]
