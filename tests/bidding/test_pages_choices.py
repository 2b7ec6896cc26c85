"""What a selection left to the owner: who may be chosen, until when, and what waits."""

import pytest

from bidding.actions.choices import choose_bid
from bidding.models import Tender
from bidding.pages.choices import (
    awaits_choice,
    candidates,
    choice_facts,
    waiting_for_choice,
)
from tests.bidding.openings import opened
from tests.factories.bidding import OPENING, REGISTER_DUE, BidFactory, TenderFactory
from tests.factories.marketplace import Role, party

pytestmark = pytest.mark.django_db


def test_an_opened_order_waits_for_its_owner_until_somebody_is_chosen():
    tender = TenderFactory(closed=True, method="shortlist")
    bids = [BidFactory(tender=tender, amount=amount) for amount in (90000, 80000)]
    assert not awaits_choice(tender)
    tender = opened(tender)
    owner = party(tender.buyer, Role.BUYER_MANAGER)
    agent = party(tender.buyer, Role.BUYER_AGENT)
    chosen = bids[0].agency

    assert awaits_choice(tender)
    assert candidates(tender)[chosen.uscc] == f"{chosen.name}，¥90,000.00"
    [waiting] = waiting_for_choice(owner)
    assert (waiting.slug, waiting.due_at) == (tender.slug, REGISTER_DUE.replace(day=3))
    assert list(waiting_for_choice(agent)) == []  # another's order
    assert choice_facts(tender) == []

    choose_bid(tender=tender, candidate=chosen.uscc, reasons="业绩好。", by=owner.user, at=OPENING)

    tender = Tender.objects.get()
    assert not awaits_choice(tender)
    assert list(waiting_for_choice(owner)) == []
    facts = {str(fact.label): str(fact.value) for fact in choice_facts(tender)}
    assert (facts["业主选定"], facts["选定理由"]) == (chosen.name, "业绩好。")


def test_a_result_that_the_rules_name_waits_for_no_owner():
    tender = TenderFactory(evaluated=True)

    assert not awaits_choice(tender)
    assert choice_facts(tender) == []
    assert tender.choice_due_at is None
