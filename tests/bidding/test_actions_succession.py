"""Who gets an award that fell away: the next in the published ranking, where the notice said so."""

import json

import pytest

from bidding.actions.awards import abandon_award, issue_award
from bidding.actions.bids import submit_bid
from bidding.actions.tenders import register_selection
from bidding.guards.rounds import agency_did_not_give_up, may_rerun
from bidding.models import Award, Bid, Selection, Tender
from bidding.selection.evidence import verify
from credit.models import StandingCheck
from marketplace.kernel.models import AuditEntry
from tests.bidding.openings import opened, told
from tests.bidding.refusals import failing, refused
from tests.clock import NOON
from tests.factories.bidding import (
    PUBLICITY_END,
    REGISTERED,
    SIGNED,
    AwardFactory,
    BidFactory,
    TenderFactory,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import UserFactory, party

pytestmark = pytest.mark.django_db
Status = Award.Status


def registered(fund: str = "private") -> list[Bid]:
    """Return the bids of a registered order as they are ranked."""
    tender = TenderFactory(closed=True, fund=fund)
    bids = [BidFactory(tender=tender, amount=amount) for amount in (70000, 80000, 90000)]
    register_selection(tender=opened(tender), by=UserFactory(), at=REGISTERED)
    return bids


def give_up(award: Award) -> Award:
    return abandon_award(award=award, reasons="人员不足。", by=UserFactory(), at=SIGNED)


def test_k3_04_the_next_in_line_has_the_award_where_the_notice_said_so():
    """K3-04: the winner gives up, and the notice said that the next one wins."""
    first, second, _third = registered()
    party(second.agency, "agency_manager")
    party(first.tender.buyer, "buyer_manager")
    evidence = Selection.objects.get().evidence

    give_up(Award.objects.get())

    tender = Tender.objects.get()
    fallen, award = Award.objects.order_by("pk")
    assert (fallen.status, fallen.was_given_up, fallen.bid) == (Status.CANCELLED, True, first)
    assert (award.bid, award.place, award.amount, award.published_at, award.status) == (
        second,
        2,
        80000,
        SIGNED,
        Status.PENDING,
    )
    assert (tender.award, tender.award_place, tender.status) == (award, 2, Tender.Status.COMPLETE)
    assert award.publicity_ends_at > SIGNED
    assert failing(*may_rerun(tender, SIGNED)) == ["tender_has_come_to_nothing"]
    assert Selection.objects.get().evidence == evidence
    assert verify(json.loads(evidence)) == []
    assert ("bidding/award_won", second.agency.name) in told()
    assert ("bidding/award_cancelled", tender.buyer.name) in told()
    entry = AuditEntry.objects.get(verb="tender.handed_over")
    assert entry.data == {"winner": second.agency.slug, "amount": "80000.00", "place": 2}


def test_the_next_one_has_its_own_letter_at_the_end_of_its_own_publicity():
    registered()
    give_up(Award.objects.get())
    award = Award.objects.get(place=2)

    issue_award(award=award, at=award.publicity_ends_at)

    award.refresh_from_db()
    assert award.publicity_ends_at > PUBLICITY_END
    assert (award.status, award.letter_number) == (Status.ACTIVE, "JX360702-2026-L00001")


def test_who_is_restricted_by_now_is_passed_over():
    _first, second, third = registered()
    RestrictionFactory(organization=second.agency)

    give_up(Award.objects.get())

    assert Award.objects.get(place=3).bid == third
    asked = StandingCheck.objects.filter(asked_at=SIGNED).order_by("pk")
    assert [(one.organization, one.is_clear) for one in asked] == [
        (second.agency, False),
        (third.agency, True),
    ]


def test_after_the_last_in_line_nobody_follows_and_the_order_may_run_again():
    registered()
    for place in (1, 2, 3):
        give_up(Award.objects.get(place=place))

    assert Award.objects.filter(status=Status.CANCELLED).count() == 3
    assert failing(*may_rerun(Tender.objects.get(), SIGNED)) == []


def test_nobody_follows_where_the_notice_did_not_say_so():
    registered("fiscal")

    give_up(Award.objects.get())

    assert Award.objects.count() == 1
    assert failing(*may_rerun(Tender.objects.get(), SIGNED)) == []


def test_a_winner_that_loses_its_standing_does_not_hand_over():
    first, *_others = registered()
    RestrictionFactory(organization=first.agency)

    issue_award(award=Award.objects.get(), at=PUBLICITY_END)

    award = Award.objects.get()
    assert (award.status, award.was_given_up) == (Status.CANCELLED, False)


def test_who_gave_up_does_not_bid_in_the_next_round_and_is_told_why():
    award = AwardFactory(cancelled=True, was_given_up=True, tender__code="JX360702-2026-90001")
    agency, by = award.bid.agency, party(award.bid.agency, "agency_manager").user
    tender = TenderFactory(active=True, previous=award.tender, round=2, item=award.tender.item)

    with refused("agency_did_not_give_up", keeps=("StandingCheck", "RequirementCheck")):
        submit_bid(tender=tender, agency=agency, amount=tender.ceiling, by=by, at=NOON)

    verdict = agency_did_not_give_up(tender, agency)
    assert verdict.refusal == "机构在 JX360702-2026-90001 中选后放弃，不能参加重新组织的这项采购"
    assert agency_did_not_give_up(tender, tender.buyer).holds
    assert agency_did_not_give_up(award.tender, agency).holds
