"""A plan goes from the bidder's form into an envelope, and from the opening to who evaluates it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bidding.forms.choices import named
from bidding.models import Bid, Choice, Offer, OpenedPlan
from bidding.selection.scoring import flaws
from docs import verify_scores
from tests.bidding.openings import evidence_of, opened
from tests.factories.bidding import NOON, WEIGHTS, BidFactory, TenderFactory, bidder
from tests.factories.marketplace import AuthorityFactory, Role, party
from tests.markup import on_one_line
from tests.senders import Sender
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
SCORED = {"method": "plan_price", "parameters": WEIGHTS}


def test_a_plan_is_sent_sealed_with_the_amount_and_not_without(time_machine) -> None:
    time_machine.move_to(NOON, tick=False)
    tender = TenderFactory(active=True, **SCORED)
    agency = bidder(tender.item)
    client = Sender()
    client.force_login(party(agency, Role.AGENCY_MANAGER).user)
    page = reverse("bidding:bid", args=[tender.code])
    assert 'name="plan"' in client.get(page).content.decode()

    without = client.post(page, {"amount": "90000"})
    sent = client.post(page, {"amount": "90000", "plan": upload()})

    assert (without.status_code, sent.status_code) == (422, 302)
    [offer] = Offer.objects.all()
    assert len(offer.envelope) > 1024 * 1024
    assert b"%PDF" not in bytes(offer.envelope)


def test_an_owner_reads_the_plans_scores_them_and_everybody_finds_the_same(client: Client) -> None:
    tender = TenderFactory(closed=True, **SCORED)
    for amount in (90000, 80000):
        BidFactory(tender=tender, amount=amount)
    tender = opened(tender)
    dear, cheap = (
        Bid.objects.get(tender=tender, offers__opened__amount=amount).agency
        for amount in (90000, 80000)
    )
    client.force_login(party(tender.buyer, Role.BUYER_MANAGER).user)
    choose = reverse("bidding:tender_choose", args=[tender.slug])
    public = reverse("bidding:tender", args=[tender.code])
    plan = reverse("bidding:opened_plan", args=[tender.slug, dear.slug])
    page = client.get(choose).content.decode()
    assert plan in page
    assert b"%PDF-1.7 plan" in b"".join(client.get(plan).streaming_content)
    points = {
        named(dear.uscc, 0): 100,
        named(dear.uscc, 1): 90,
        named(cheap.uscc, 0): 60,
        named(cheap.uscc, 1): 60,
    }

    short = client.post(choose, {**points, named(dear.uscc, 0): "", "reasons": "好。"})
    done = client.post(choose, {**points, "reasons": "路线可行。"})

    assert (short.status_code, done.status_code) == (422, 302)
    choice = Choice.objects.get()
    assert choice.bid.agency == dear
    told = on_one_line(Client().get(public).content.decode())
    assert "路线可行。" in told
    assert "94.6667" in told  # 0.3 × 88.8889 + 0.5 × 100 + 0.2 × 90
    scores = Client().get(reverse("bidding:tender_scores", args=[tender.code])).json()
    assert list(flaws(evidence_of(tender), scores)) == []
    assert list(verify_scores.scored(evidence_of(tender), scores)) == []


def test_strangers_read_no_plan_and_find_no_scores_where_there_are_none(client: Client) -> None:
    tender = TenderFactory(closed=True, **SCORED)
    bid = BidFactory(tender=tender)
    tender = opened(tender)
    plan = reverse("bidding:opened_plan", args=[tender.slug, bid.agency.slug])
    assert OpenedPlan.objects.count() == 1
    scores = client.get(reverse("bidding:tender_scores", args=[tender.code]))

    assert (client.get(plan).status_code, scores.status_code) == (404, 404)
    other = party(bidder(tender.item), Role.AGENCY_MANAGER)
    for person, status in (
        (other, 404),
        (party(bid.agency, Role.AGENCY_MANAGER), 200),
        (party(AuthorityFactory(division=tender.division), Role.OPERATOR), 200),
    ):
        client.force_login(person.user)
        assert client.get(plan).status_code == status
