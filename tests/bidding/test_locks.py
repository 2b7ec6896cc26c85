"""
What locks keep whole when two act at once.

Every test has its negative control: the same race with Django's select_for_update replaced by one
that does not lock, where the second does not wait and the rule is broken. Where the state machine
stands behind the lock, the data stay whole without it; what breaks is that whoever comes second is
told why. Two bids harm each other in neither case, so they hold the order together; their test
shows that neither waits.
"""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django_fsm import ConcurrentTransition

from bidding.actions.awards import issue_award
from bidding.actions.bids import submit_bid, withdraw_bid
from bidding.actions.contracts import confirm_contract
from bidding.actions.tenders import (
    approve_tender,
    close_tender,
    evaluate_tender,
    publish_tender,
    register_selection,
)
from bidding.models import Award, Bid, Contract, Offer, Selection, Tender
from credit.actions import decide_case
from credit.models import Case
from marketplace.actions.memberships import end_membership
from marketplace.actions.registration import change_buyer
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import Membership, Organization, User
from tests.clock import NOON
from tests.connections import Race, race
from tests.factories.bidding import (
    DEADLINE,
    OPENING,
    PUBLICITY_END,
    REGISTERED,
    SIGNED,
    AwardFactory,
    BidFactory,
    ContractUploadFactory,
    TenderFactory,
    bidder,
    load_reference,
)
from tests.factories.credit import CaseFactory
from tests.factories.marketplace import PractitionerFactory, ServiceItemFactory, UserFactory, party

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
AMOUNT = Decimal("80000.00")
JUST_IN_TIME = DEADLINE - timedelta(microseconds=1)


def refusal(error: BaseException | None) -> list[str]:
    return [verdict.guard for verdict in error.verdicts] if isinstance(error, Refused) else []


# --- a bid against the end of the sign-up ---
def bid_for(tender: Tender, by: User, at=JUST_IN_TIME):
    agency = bidder(tender.item)
    return lambda: submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=at)


def open_bids(tender: Tender) -> Tender:
    """Close and open as one, so that the whole of it can be held."""
    close_tender(tender=tender, at=DEADLINE)
    return evaluate_tender(tender=tender, at=OPENING)


def unseen_bids(tender: Tender) -> int:
    """Count the standing bids of an opened or failed order that its opening has not seen."""
    selection = Selection.objects.filter(tender=tender).first()
    seen = {one["uscc"] for one in json.loads(selection.evidence)["entrants"]} if selection else {}
    standing = Bid.objects.standing().filter(tender=tender).select_related("agency")
    return sum(bid.agency.uscc not in seen for bid in standing)


def test_a_bid_under_way_is_seen_by_the_opening(is_locked):
    tender, by = TenderFactory(active=True), UserFactory()

    found = race(bid_for(tender, by), lambda: open_bids(tender))

    assert found.waited is is_locked
    assert unseen_bids(tender) == (0 if is_locked else 1)
    status = Tender.objects.get().status
    assert status == (Tender.Status.EVALUATED if is_locked else Tender.Status.UNSUCCESSFUL)


def test_a_bid_that_comes_behind_the_opening_is_refused(is_locked):
    tender, by = TenderFactory(active=True), UserFactory()
    BidFactory(tender=tender)

    found = race(lambda: open_bids(tender), bid_for(tender, by))

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["tender_takes_bids"] if is_locked else [])
    assert unseen_bids(tender) == (0 if is_locked else 1)


def test_an_agent_whose_authority_ends_while_the_bid_is_under_way_bids_nothing(is_locked):
    tender = TenderFactory(active=True)
    agency = bidder(tender.item)
    agent, manager = (party(agency, role).user for role in ("agency_agent", "agency_manager"))
    role = Membership.objects.get(user=agent)

    found = race(
        lambda: end_membership(membership=role, by=manager, at=NOON),
        lambda: submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=agent, at=JUST_IN_TIME),
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["person_still_acts_for"] if is_locked else [])
    assert Bid.objects.exists() is not is_locked


def test_a_bid_is_not_taken_back_behind_the_opening(is_locked):
    tender, by = TenderFactory(active=True), UserFactory()
    bid = BidFactory(tender=tender)

    found = race(lambda: open_bids(tender), lambda: withdraw_bid(bid=bid, by=by, at=JUST_IN_TIME))

    bid.refresh_from_db()
    assert found.waited is is_locked
    assert refusal(found.second.error) == (["tender_takes_bids"] if is_locked else [])
    assert bid.status == (Bid.Status.ACTIVE if is_locked else Bid.Status.WITHDRAWN)


def test_two_agencies_bid_at_once_and_neither_waits_for_the_other():
    tender, by = TenderFactory(active=True), UserFactory()

    found = race(bid_for(tender, by), bid_for(tender, by))

    assert found.waited_for == ""
    assert found.second.error is None
    assert Bid.objects.standing().count() == 2


def test_a_bid_is_taken_back_while_another_comes_in_and_neither_waits():
    tender, by = TenderFactory(active=True), UserFactory()
    bid = BidFactory(tender=tender)

    found = race(bid_for(tender, by), lambda: withdraw_bid(bid=bid, by=by, at=JUST_IN_TIME))

    assert found.waited_for == ""
    assert found.second.error is None
    assert Bid.objects.standing().exclude(pk=bid.pk).count() == 1
    assert Bid.objects.get(pk=bid.pk).status == Bid.Status.WITHDRAWN


def test_two_answers_of_the_named_agency_come_one_after_the_other(is_locked):
    item, by = ServiceItemFactory(published=True), UserFactory()
    agency = bidder(item)
    tender = TenderFactory(active=True, item=item, direct=agency)
    answer = {"tender": tender, "agency": agency, "amount": AMOUNT, "by": by, "at": NOON}

    found = race(lambda: submit_bid(**answer), lambda: submit_bid(**answer))

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["tender_takes_bids"] if is_locked else [])
    assert found.second.error is not None
    assert Offer.objects.count() == 1


# --- a sanction against a bid and against the opening ---
def sanction(agency, tender) -> tuple[Case, User]:
    case = CaseFactory(stated=True, organization=agency, rulebook=tender.rulebook)
    return case, UserFactory()


def decide(case: Case, officer: User):
    return lambda: decide_case(case=case, reasons="事实清楚。", by=officer, at=NOON)


def test_a_sanction_under_way_keeps_the_agency_out(is_locked):
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)
    case, officer = sanction(agency, tender)

    found = race(
        decide(case, officer),
        lambda: submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON),
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["agency_is_unrestricted"] if is_locked else [])
    assert Bid.objects.standing().count() == (0 if is_locked else 1)


def test_a_measure_on_a_person_keeps_out_the_agency_where_the_person_is_now(is_locked):
    item = ServiceItemFactory(
        requirement={"kind": "practitioners", "profession": "注册测试工程师", "count": 1}
    )
    tender, by = TenderFactory(active=True, item=item), UserFactory()
    agency = bidder(item)
    PractitionerFactory(agency=agency.agency, certificate_number="CS-1")
    person = {"person_name": "王测试", "person_number": "CS-1"}
    case = CaseFactory(stated=True, rulebook=tender.rulebook, **person)
    officer = UserFactory()

    found = race(
        decide(case, officer),
        lambda: submit_bid(
            tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON, people=["CS-1"]
        ),
    )

    assert found.waited is is_locked
    without = ["agency_is_qualified", "named_people_are_enough"]
    assert refusal(found.second.error) == (without if is_locked else [])
    assert Bid.objects.standing().count() == (0 if is_locked else 1)


def test_a_request_that_arrived_before_the_decision_is_kept_out_too(is_locked):
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)
    case, officer = sanction(agency, tender)
    earlier = NOON - timedelta(seconds=1)

    found = race(
        decide(case, officer),
        lambda: submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=earlier),
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["agency_is_unrestricted"] if is_locked else [])
    assert Bid.objects.standing().count() == (0 if is_locked else 1)


def test_a_bid_under_way_is_ended_by_the_sanction(is_locked):
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)
    case, officer = sanction(agency, tender)

    found = race(
        lambda: submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON),
        decide(case, officer),
    )

    assert found.waited is is_locked
    assert found.second.error is None
    assert Bid.objects.standing().count() == (0 if is_locked else 1)


def winner_of(tender: Tender) -> Bid:
    evidence = json.loads(Selection.objects.get(tender=tender).evidence)
    return Bid.objects.get(tender=tender, agency__uscc=evidence["winner"])


def test_the_opening_waits_for_a_sanction_and_leaves_its_agency_out(is_locked):
    tender = TenderFactory(closed=True)
    cheap, dear = BidFactory(tender=tender, amount=50000), BidFactory(tender=tender)
    case, officer = sanction(cheap.agency, tender)

    found = race(decide(case, officer), lambda: evaluate_tender(tender=tender, at=OPENING))

    assert found.waited is is_locked
    assert found.second.error is None
    assert winner_of(tender) == (dear if is_locked else cheap)
    assert (winner_of(tender).status == Bid.Status.ENDED) is not is_locked


def test_a_sanction_waits_for_the_opening_and_does_not_end_what_was_selected(is_locked):
    tender = TenderFactory(closed=True)
    bid = BidFactory(tender=tender)
    case, officer = sanction(bid.agency, tender)

    found = race(lambda: evaluate_tender(tender=tender, at=OPENING), decide(case, officer))

    bid.refresh_from_db()
    assert found.waited is is_locked
    assert found.second.error is None
    assert winner_of(tender) == bid
    assert (bid.status == Bid.Status.ENDED) is not is_locked


def test_who_is_sanctioned_behind_the_opening_is_not_registered(is_locked):
    tender, by = TenderFactory(closed=True), UserFactory()
    bid = BidFactory(tender=tender)
    evaluate_tender(tender=tender, at=OPENING)
    case, officer = sanction(bid.agency, tender)

    found = race(
        decide(case, officer),
        lambda: register_selection(tender=tender, by=by, at=REGISTERED),
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["winner_is_unrestricted"] if is_locked else [])
    status = Tender.objects.get().status
    assert status == (Tender.Status.UNSUCCESSFUL if is_locked else Tender.Status.COMPLETE)
    assert Award.objects.exists() is not is_locked


def test_who_is_sanctioned_during_the_publicity_gets_no_letter_behind_it(is_locked):
    award = AwardFactory()
    case, officer = sanction(award.bid.agency, award.tender)

    found = race(decide(case, officer), lambda: issue_award(award=award, at=PUBLICITY_END))

    award.refresh_from_db()
    assert found.waited is is_locked
    assert found.second.error is None
    assert award.status == (Award.Status.CANCELLED if is_locked else Award.Status.ACTIVE)


def test_who_is_sanctioned_before_the_signature_signs_nothing_behind_it(is_locked):
    upload, by = ContractUploadFactory(), UserFactory()
    contract, award = upload.contract, upload.contract.award
    case, officer = sanction(award.bid.agency, award.tender)
    buyer = award.tender.buyer

    found = race(
        decide(case, officer),
        lambda: confirm_contract(contract=contract, organization=buyer, by=by, at=SIGNED),
    )

    contract.refresh_from_db()
    assert found.waited is is_locked
    assert refusal(found.second.error) == (["winner_is_unrestricted"] if is_locked else [])
    assert contract.status == (Contract.Status.TERMINATED if is_locked else Contract.Status.ACTIVE)


# --- two officers ---
# Behind the lock stands the machine: it refuses a second move from a state that is gone. Without
# the lock the second officer is stopped by it at the writing, and is not told why.
def stopped_without_a_reason(found: Race) -> bool:
    return not found.waited and isinstance(found.second.error, ConcurrentTransition)


def test_of_two_officers_who_review_at_once_the_second_is_told_why_not(is_locked):
    load_reference()
    tender = TenderFactory(submitted=True)
    one, two = UserFactory(), UserFactory()

    found = race(
        lambda: approve_tender(tender=tender, by=one, at=NOON),
        lambda: approve_tender(tender=tender, by=two, at=NOON),
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["tender_awaits_review"] if is_locked else [])
    assert stopped_without_a_reason(found) is not is_locked
    tender.refresh_from_db()
    assert (tender.status, tender.reviewed_by) == (Tender.Status.REVIEWED, one)
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["tender.approved"]


def test_of_two_officers_who_publish_at_once_the_second_is_told_why_not(is_locked):
    load_reference()
    tender = TenderFactory(reviewed=True)
    one, two = UserFactory(), UserFactory()

    found = race(
        lambda: publish_tender(tender=tender, by=one, at=NOON),
        lambda: publish_tender(tender=tender, by=two, at=NOON),
    )

    assert refusal(found.second.error) == (["tender_awaits_publication"] if is_locked else [])
    assert found.waited is is_locked
    assert found.second.error is not None
    tender.refresh_from_db()
    assert (tender.published_by, tender.code) == (one, "JX360702-2026-00001")


def test_an_owner_is_not_renamed_behind_the_publication_that_names_it(is_locked):
    load_reference()
    tender = TenderFactory(reviewed=True)
    name, officer, manager = tender.buyer.name, UserFactory(), UserFactory()

    found = race(
        lambda: publish_tender(tender=tender, by=officer, at=NOON),
        lambda: change_buyer(organization=tender.buyer, by=manager, at=NOON, name="改名"),
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["owner_has_published_nothing"] if is_locked else [])
    assert (Organization.objects.get(pk=tender.buyer_id).name == name) is is_locked


def test_of_two_officers_who_register_at_once_the_second_is_told_why_not(is_locked):
    tender = TenderFactory(closed=True)
    BidFactory(tender=tender)
    evaluate_tender(tender=tender, at=OPENING)
    one, two = UserFactory(), UserFactory()

    found = race(
        lambda: register_selection(tender=tender, by=one, at=REGISTERED),
        lambda: register_selection(tender=tender, by=two, at=REGISTERED),
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["tender_awaits_registration"] if is_locked else [])
    assert stopped_without_a_reason(found) is not is_locked
    assert Tender.objects.get().registered_by == one
