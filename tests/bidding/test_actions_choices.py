"""The owner chooses one of the published list, once, and officers register nobody else."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.actions.choices import choose_bid
from bidding.actions.tenders import end_unchosen, register_selection
from bidding.models import Award, Bid, Choice, Tender
from bidding.selection.evidence import verify
from credit.actions.schemes import load_scheme
from credit.models import Measure, ReportedFact
from marketplace.kernel.models import AuditEntry
from marketplace.models import Organization
from tests.bidding.openings import evidence_of, opened, told
from tests.bidding.refusals import refused
from tests.credit.vectors import SHIPPED
from tests.factories.bidding import (
    OPENING,
    REGISTERED,
    BidFactory,
    TenderFactory,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import UserFactory, load_laws, load_rules, party

pytestmark = pytest.mark.django_db
WHY = "近三年完成过三个同类项目。"


@pytest.fixture
def listed() -> Tender:
    tender = TenderFactory(closed=True, method="shortlist")
    for amount in (90000, 85000, 80000):
        BidFactory(tender=tender, amount=amount)
    return opened(tender)


def dearest(tender: Tender) -> Organization:
    return Bid.objects.get(tender=tender, offers__opened__amount=90000).agency


def test_the_evidence_lists_them_with_their_weights_and_names_no_winner(listed):
    evidence = evidence_of(listed)

    assert verify(evidence) == []
    assert (evidence["result"], evidence["winner"], len(evidence["ranking"])) == ("listed", None, 3)
    assert {one["weight"] for one in evidence["entrants"]} == {3}
    assert listed.status == Tender.Status.EVALUATED


def test_whom_the_owner_chose_is_registered_at_its_own_price(listed):
    chosen, owner = dearest(listed), UserFactory()
    party(chosen, "agency_manager")

    choice = choose_bid(tender=listed, candidate=chosen.uscc, reasons=WHY, by=owner, at=OPENING)
    award = register_selection(tender=listed, by=UserFactory(), at=REGISTERED)

    assert (choice.bid.agency, choice.reasons, choice.chosen_by) == (chosen, WHY, owner)
    assert (award.bid, award.amount) == (choice.bid, Decimal("90000.00"))
    ranked = [one["uscc"] for one in evidence_of(listed)["ranking"]]
    assert ranked[award.place - 1] == chosen.uscc
    assert Tender.objects.get().award == award
    assert ("bidding/choice_made", chosen.name) in told()
    entry = AuditEntry.objects.get(verb="tender.chosen")
    assert (entry.by, entry.data["chosen"]) == (owner, chosen.slug)


def test_nothing_is_registered_before_the_owner_has_chosen(listed):
    by = UserFactory()

    with refused("choice_is_made"):
        register_selection(tender=listed, by=by, at=REGISTERED)
    assert not Award.objects.exists()


def test_nobody_beside_the_list_no_choice_without_reasons_and_none_twice(listed):
    chosen, by = dearest(listed).uscc, UserFactory()
    outside = BidFactory(tender=listed, excluded=True).agency.uscc

    with refused("candidate_is_listed", "choice_has_reasons"):
        choose_bid(tender=listed, candidate=outside, reasons=" ", by=by, at=OPENING)
    choose_bid(tender=listed, candidate=chosen, reasons=WHY, by=by, at=OPENING)
    with refused("nobody_is_chosen_yet"):
        choose_bid(tender=listed, candidate=chosen, reasons=WHY, by=by, at=OPENING)
    assert Choice.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "guards"),
    [
        ({"evaluated": True}, ["order_leaves_a_choice"]),
        ({"closed": True, "method": "shortlist"}, ["tender_awaits_a_choice"]),
    ],
)
def test_only_an_opened_order_that_leaves_it_open_is_chosen_of(given, guards):
    tender, by = TenderFactory(**given), UserFactory()

    with refused(*guards):
        choose_bid(tender=tender, candidate="x", reasons=WHY, by=by, at=OPENING)


def test_where_no_record_weighs_anything_the_order_fails_unopened():
    tender = TenderFactory(closed=True, method="shortlist")
    for bid in (BidFactory(tender=tender), BidFactory(tender=tender)):
        RestrictionFactory(organization=bid.agency, kind=Measure.NO_PREFERENCE)

    tender = opened(tender)

    assert tender.status == Tender.Status.UNSUCCESSFUL
    assert "没有机构入围" in tender.end_reasons


INSTANT = timedelta(microseconds=1)


def test_the_choice_has_a_deadline_and_is_refused_from_it_on(listed):
    due, chosen, by = listed.choice_due_at, dearest(listed).uscc, UserFactory()
    assert due > OPENING

    with refused("choice_is_in_time"):
        choose_bid(tender=listed, candidate=chosen, reasons=WHY, by=by, at=due)
    choose_bid(tender=listed, candidate=chosen, reasons=WHY, by=by, at=due - INSTANT)

    assert Tender.objects.get().deadline("tender.choice").stopped_at == due - INSTANT
    with refused("nobody_is_chosen_yet", "choice_is_overdue"):
        end_unchosen(tender=listed, at=due)


def test_an_order_of_which_nobody_chose_fails_and_an_officer_judges_the_owner(listed):
    load_laws()
    load_scheme(text=SHIPPED, file="scheme.json", at=OPENING)
    due = listed.choice_due_at

    with refused("choice_is_overdue"):
        end_unchosen(tender=listed, at=due - INSTANT)
    done = end_unchosen(tender=listed, at=due)

    assert (done.status, done.ended_at) == (Tender.Status.UNSUCCESSFUL, due)
    assert done.end_reasons == "项目业主没有在期限内选定或者评分"
    fact = ReportedFact.objects.get()
    assert (fact.organization, fact.kind) == (listed.buyer, "buyer_not_chosen")
    assert not Choice.objects.exists()


def test_without_a_scheme_that_knows_it_nothing_is_reported(listed):
    end_unchosen(tender=listed, at=listed.choice_due_at)

    assert not ReportedFact.objects.exists()


def test_where_the_rules_wait_the_owner_may_choose_later():
    load_rules(order__outcome__unchosen__private="wait")
    tender = TenderFactory(closed=True, method="shortlist", fund="private")
    for amount in (90000, 85000):
        BidFactory(tender=tender, amount=amount)
    tender = opened(tender)
    due, chosen = tender.choice_due_at, dearest(tender).uscc

    done = end_unchosen(tender=tender, at=due)

    assert done.status == Tender.Status.EVALUATED
    assert choose_bid(tender=done, candidate=chosen, reasons=WHY, by=UserFactory(), at=due)
    assert not ReportedFact.objects.exists()
