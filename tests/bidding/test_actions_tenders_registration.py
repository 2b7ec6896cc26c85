"""A third officer registers what the evidence says, and nobody anything else."""

from decimal import Decimal

import pytest
from django.urls import reverse

from bidding.actions.tenders import register_selection
from bidding.models import Award, Bid, Tender
from credit.models import StandingCheck
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import Message
from tests.bidding.openings import evidence_of, opened, told
from tests.bidding.refusals import REASONS_BY_PUBLICATION, refused
from tests.factories.bidding import (
    PUBLICITY_END,
    REGISTERED,
    BidFactory,
    TenderFactory,
    bidder,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import AuthorityFactory, MembershipFactory, UserFactory, party

pytestmark = pytest.mark.django_db
Status = Tender.Status


def test_a_name_alone_excludes_nobody_and_asks_the_officer_who_registers(client):
    tender = TenderFactory(closed=True)
    of_name = [
        BidFactory(
            tender=tender,
            amount=amount,
            agency=bidder(
                tender.item,
                legal_representative=name,
                address=f"测试路{amount}号",
                contact_phone=f"0797{amount}",
            ),
        )
        for amount, name in [(50000, "陳一"), (60000, "陈·一")]
    ]
    tender = opened(tender)
    officer = party(AuthorityFactory(), "operator").user
    client.force_login(officer)
    page = reverse("bidding:operator_tender", args=[tender.slug])

    assert {Bid.objects.get(pk=bid.pk).status for bid in of_name} == {Bid.Status.ACTIVE}
    assert "同名不等于同一人" in client.get(page).content.decode()
    refused = client.post(f"{page}register/")
    assert refused.status_code == 422
    assert "确认不是同一人，并勾选" in refused.content.decode()
    assert not Award.objects.exists()

    client.post(f"{page}register/", {"namesakes_ruled_out": "on"})

    assert Award.objects.get().bid == of_name[0]
    entry = AuditEntry.objects.get(verb="tender.namesakes_ruled_out")
    assert (entry.by, entry.data["pairs"]) == (officer, [[bid.agency.slug for bid in of_name]])


@pytest.fixture
def evaluated() -> Tender:
    tender = TenderFactory(closed=True)
    BidFactory(tender=tender, amount=90000)
    BidFactory(tender=tender, amount=85000)
    return opened(tender)


def winner_of(tender: Tender) -> Bid:
    return Bid.objects.get(tender=tender, agency__uscc=evidence_of(tender)["winner"])


def test_a_third_officer_registers_what_the_evidence_says(evaluated):
    by = UserFactory()

    award = register_selection(tender=evaluated, by=by, at=REGISTERED)

    evaluated.refresh_from_db()
    assert (evaluated.status, evaluated.completed_at, evaluated.registered_by) == (
        Status.COMPLETE,
        REGISTERED,
        by,
    )
    assert award == Award.objects.get()
    assert (award.bid, award.amount) == (winner_of(evaluated), Decimal("85000.00"))
    assert (award.status, award.published_at) == (Award.Status.PENDING, REGISTERED)
    assert award.publicity_ends_at == PUBLICITY_END
    assert not award.is_end_provisional
    verbs = AuditEntry.objects.order_by("-pk").values_list("verb", flat=True)[:2]
    assert list(verbs) == ["award.registered", "tender.registered"]


def test_winner_buyer_and_the_others_are_told(evaluated):
    winner, buyer = winner_of(evaluated).agency, evaluated.buyer
    loser = evaluated.bids.exclude(agency=winner).get().agency
    for organization in (winner, loser):
        party(organization, "agency_manager")
    party(buyer, "buyer_manager")

    register_selection(tender=evaluated, by=UserFactory(), at=REGISTERED)

    assert told() == [
        ("bidding/award_lost", loser.name),
        ("bidding/award_registered", buyer.name),
        ("bidding/award_won", winner.name),
    ]
    won = Message.objects.get(kind="bidding/award_won")
    assert won.body == (
        f"贵单位以 ¥85,000.00 在“{evaluated.title}”拟中选。"
        "结果公示到 2026年12月2日 24:00，期满发出中选通知书。"
    )


@pytest.mark.parametrize("step", ["reviewed_by", "published_by"])
def test_who_reviewed_or_published_does_not_register(evaluated, step):
    with refused("officer_did_neither"):
        register_selection(tender=evaluated, by=getattr(evaluated, step), at=REGISTERED)


def test_who_works_for_a_bidder_or_the_buyer_does_not_register(evaluated):
    of_bidder = MembershipFactory(organization=evaluated.bids.first().agency).user
    of_buyer = MembershipFactory(organization=evaluated.buyer).user

    with refused("officer_is_not_of_a_bidder"):
        register_selection(tender=evaluated, by=of_bidder, at=REGISTERED)
    with refused("officer_is_not_of_the_buyer"):
        register_selection(tender=evaluated, by=of_buyer, at=REGISTERED)


@pytest.mark.parametrize("state", ["active", "closed", "complete", "unsuccessful"])
def test_only_an_evaluated_order_is_registered(state):
    tender, by = TenderFactory(**{state: True}), UserFactory()

    with refused("tender_awaits_registration"):
        register_selection(tender=tender, by=by, at=REGISTERED)


@pytest.mark.parametrize(("is_public", "guard", "reasons"), REASONS_BY_PUBLICATION)
def test_a_winner_that_is_restricted_by_then_fails_the_order_and_the_refusal_says_so(
    evaluated, is_public, guard, reasons
):
    winner, by = winner_of(evaluated).agency, UserFactory()
    loser = evaluated.bids.exclude(agency=winner).get().agency
    party(loser, "agency_manager")
    RestrictionFactory(organization=winner, is_public=is_public)

    with pytest.raises(Refused, match=guard):
        register_selection(tender=evaluated, by=by, at=REGISTERED)

    evaluated.refresh_from_db()
    assert (evaluated.status, evaluated.ended_at) == (Status.UNSUCCESSFUL, REGISTERED)
    assert evaluated.end_reasons == reasons
    assert reasons in Message.objects.filter(organization=loser).latest("pk").body
    assert not Award.objects.exists()
    check = StandingCheck.objects.order_by("pk").last()
    assert (check.organization, check.moment, check.is_clear) == (winner, "selection", False)


def test_another_bidders_restriction_does_not_matter(evaluated):
    loser = evaluated.bids.exclude(pk=winner_of(evaluated).pk).get().agency
    RestrictionFactory(organization=loser)

    register_selection(tender=evaluated, by=UserFactory(), at=REGISTERED)

    assert Award.objects.get().bid == winner_of(evaluated)
