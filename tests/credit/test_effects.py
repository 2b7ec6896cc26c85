"""The ways up: what credit asks of the apps above."""

import pytest

from bidding.models import Bid
from credit.effects import (
    MATTER_FINDERS,
    RESTRICTION_DISCLOSURES,
    RESTRICTION_EFFECTS,
    Matter,
    count_disclosed,
    end_what_stands,
    find_matter,
)
from tests.clock import NOON
from tests.factories.bidding import BidFactory, ContractFactory, TenderFactory
from tests.factories.credit import active_agency

pytestmark = pytest.mark.django_db


def end_two(**_asked: object) -> int:
    return 2


def find_nothing(*, reference: str, organization: object) -> None:
    return None


def find_here(*, reference: str, organization: object) -> Matter:
    return Matter(reference, "这里", "/", None, has_party=True)  # type: ignore[arg-type]


def disclose_four(*, reference: str) -> int:
    return 4


def test_all_effects_are_called_and_what_they_ended_is_summed(answering):
    answering(RESTRICTION_EFFECTS.answer(end_two, end_two))

    ended = end_what_stands(
        organization=active_agency(), branches=[], service_class=None, reference="x", at=NOON
    )

    assert ended == 4


def test_all_disclosures_are_summed(answering):
    answering(RESTRICTION_DISCLOSURES.answer(disclose_four, disclose_four))

    assert count_disclosed("x") == 8


def test_the_first_finder_that_knows_a_matter_answers(answering):
    answering(MATTER_FINDERS.answer(find_nothing, find_here))

    agency = active_agency()
    assert find_matter("x", agency) == find_here(reference="x", organization=agency)
    assert find_matter("", agency) is None


def test_a_published_order_and_its_contract_are_matters_and_a_draft_is_none():
    tender, draft = TenderFactory(active=True), TenderFactory()
    contract, agency = ContractFactory(), active_agency()

    assert find_matter(tender.code, agency).division == tender.division
    assert find_matter(contract.number, agency).title == contract.award.tender.title
    assert find_matter(draft.slug, agency) is None
    assert find_matter("JX360702-2026-99999", agency) is None


def test_ended_bids_are_counted_to_the_public_only_when_their_order_was_opened():
    ended = {"status": Bid.Status.ENDED, "ended_at": NOON, "end_reference": "D1"}
    BidFactory(tender=TenderFactory(active=True), **ended)
    BidFactory(tender=TenderFactory(closed=True), **ended)
    BidFactory(tender=TenderFactory(unsuccessful=True), **ended)
    BidFactory(tender=TenderFactory(evaluated=True), **ended)
    BidFactory(tender=TenderFactory(evaluated=True), **{**ended, "end_reference": "D2"})

    assert count_disclosed("D1") == 1
