"""What a decision of credit ends at once, and what it may tell of it."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.actions.tenders import close_tender, evaluate_tender
from bidding.effects import count_disclosed_ends, end_standing_bids, find_matter
from bidding.models import Bid, Selection, Tender
from credit.actions import decide_case
from credit.effects import Matter
from credit.models import Case
from marketplace.kernel.due import run_due
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message
from tests.bidding.refusals import snapshot
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    OPENING,
    AwardFactory,
    BidFactory,
    ContractFactory,
    OfferFactory,
    TenderFactory,
    bidder,
)
from tests.factories.credit import CaseFactory
from tests.factories.marketplace import AuthorityFactory, ServiceItemFactory, UserFactory, party

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)
REFERENCE = "JX360702-2026-D00001"


def end(agency, service_class=None):
    return end_standing_bids(
        organization=agency,
        branches=[],
        service_class=service_class,
        reference=REFERENCE,
        at=NOON,
    )


def test_every_standing_bid_in_an_order_that_is_not_opened_is_ended():
    agency = bidder()
    bids = {
        state: BidFactory(tender=TenderFactory(**{state: True}), agency=agency)
        for state in ("active", "closed", "evaluated", "complete", "unsuccessful", "cancelled")
    }

    assert end(agency) == 2

    ended = Bid.objects.filter(status=Bid.Status.ENDED)
    assert set(ended) == {bids["active"], bids["closed"]}
    assert set(ended.values_list("ended_at", "end_reference")) == {(NOON, REFERENCE)}


def test_others_and_bids_that_do_not_stand_are_left_alone():
    agency = bidder()
    BidFactory(agency=agency, withdrawn=True)
    BidFactory(agency=agency, ended=True)
    BidFactory()
    before = snapshot()

    assert end(agency) == 0
    assert snapshot() == before


def test_a_restriction_of_one_class_ends_bids_of_this_class():
    agency, item = bidder(), ServiceItemFactory(published=True)
    inside = BidFactory(agency=agency, tender=TenderFactory(active=True, item=item))
    BidFactory(agency=agency)

    assert end(agency, item.service_class) == 1

    assert Bid.objects.get(status=Bid.Status.ENDED) == inside


def test_the_bidder_is_told_and_the_record_is_sealed():
    bid = BidFactory()
    for organization in (bid.agency, bid.tender.buyer):
        party(organization, "agency_manager")

    end(bid.agency)

    message, entry = Message.objects.get(), AuditEntry.objects.get()
    assert (message.organization, message.kind) == (bid.agency, "bidding/bid_ended")
    assert message.body.endswith(f"原因：因信用限制终止 · {REFERENCE}")
    assert (entry.verb, entry.is_sealed, entry.data) == (
        "bid.ended",
        True,
        {"reference": REFERENCE},
    )


def test_what_is_decided_for_a_head_office_ends_the_bids_of_its_branches_at_once(
    django_assert_max_num_queries,
):
    item = ServiceItemFactory(published=True)
    head = bidder(item, name="江西丰源测绘有限公司")
    branch = bidder(item, name="江西丰源测绘有限公司岳阳分公司")
    namesake = bidder(item, name="江西丰源测绘有限公司岳阳咨询部")
    tenders = [TenderFactory(active=True, item=item) for _order in range(2)]
    own, of_branch, of_other = (
        BidFactory(tender=tender, agency=agency)
        for tender, agency in zip([*tenders, tenders[1]], [head, branch, namesake], strict=True)
    )
    party(branch, "agency_manager")
    case = CaseFactory(stated=True, organization=head, rulebook=tenders[0].rulebook)

    officer = UserFactory()
    # what a process reads once, and the first number of a year, are no part of a decision
    earlier = CaseFactory(stated=True, rulebook=tenders[0].rulebook)
    decide_case(case=earlier, reasons="事实清楚。", by=officer, at=NOON)

    with django_assert_max_num_queries(41):
        restriction = decide_case(case=case, reasons="事实清楚。", by=officer, at=NOON)

    number = Case.objects.get(organization=head).decision_number
    for bid in (own, of_branch, of_other):
        bid.refresh_from_db()
    assert [bid.end_reference for bid in (own, of_branch)] == [number, number]
    assert [bid.status for bid in (own, of_branch, of_other)] == ["ended", "ended", "active"]
    assert restriction.ended_bid_count == 1
    assert Message.objects.get(kind="bidding/bid_ended").organization == branch


def test_the_deciding_transaction_itself_ends_the_bids():
    bid = BidFactory()
    case = CaseFactory(stated=True, organization=bid.agency, rulebook=bid.tender.rulebook)

    decide_case(case=case, reasons="事实清楚。", by=UserFactory(), at=NOON)

    bid.refresh_from_db()
    number = Case.objects.get().decision_number
    assert (bid.status, bid.ended_at, bid.end_reference) == (Bid.Status.ENDED, NOON, number)


@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize(
    ("after", "expected"), [(-MICROSECOND, "other"), (timedelta(), "other"), (MICROSECOND, "mine")]
)
def test_a_late_opening_selects_whom_a_timely_one_would(after, expected, is_late):
    tender = TenderFactory(active=True)
    bids = {"mine": BidFactory(tender=tender), "other": BidFactory(tender=tender)}
    OfferFactory(bid=bids["mine"], version=2, amount=Decimal("100.00"))
    case = CaseFactory(stated=True, organization=bids["mine"].agency, rulebook=tender.rulebook)
    decided_at = OPENING + after

    if not is_late and after > timedelta():
        run_due(OPENING)
    decide_case(case=case, reasons="事实清楚。", by=UserFactory(), at=decided_at)
    run_due(decided_at + timedelta(hours=1))

    evidence = json.loads(Selection.objects.get().evidence)
    assert evidence["winner"] == bids[expected].agency.uscc
    mine = Bid.objects.get(pk=bids["mine"].pk)
    assert (mine.status == Bid.Status.ENDED) is (expected == "other")


def test_how_many_were_ended_is_told_of_opened_orders_only():
    agency, item = bidder(), ServiceItemFactory(published=True)
    tenders = [TenderFactory(active=True, item=item) for _ in range(2)]
    for tender in tenders:
        BidFactory(tender=tender, agency=agency)
        BidFactory(tender=tender)
    end(agency)
    assert count_disclosed_ends(reference=REFERENCE) == 0

    close_tender(tender=tenders[0], at=DEADLINE)
    evaluate_tender(tender=tenders[0], at=OPENING)

    assert count_disclosed_ends(reference=REFERENCE) == 1
    assert count_disclosed_ends(reference="JX360702-2026-D00002") == 0


def test_an_order_that_failed_unopened_tells_nothing():
    agency = bidder()
    tender = TenderFactory(closed=True)
    BidFactory(tender=tender, agency=agency)
    end(agency)

    evaluate_tender(tender=tender, at=OPENING)

    assert Tender.objects.get().status == Tender.Status.UNSUCCESSFUL
    assert count_disclosed_ends(reference=REFERENCE) == 0


def test_an_order_is_found_by_each_of_its_numbers_under_its_own():
    contract = ContractFactory(active=True)
    tender, agency = contract.award.tender, contract.award.bid.agency
    full_width = "".join(chr(ord(mark) + 0xFEE0) for mark in tender.code)

    for reference in (tender.code, f" {tender.code.lower()} ", full_width, contract.number):
        assert find_matter(reference=reference, organization=agency) == Matter(
            tender.code, tender.title, f"/tenders/{tender.code}/", tender.division, has_party=True
        )


def test_nothing_is_found_that_is_not_public():
    TenderFactory(reviewed=True)
    agency = bidder()

    assert find_matter(reference="JX360702-2026-99999", organization=agency) is None
    assert find_matter(reference=" ", organization=agency) is None


@pytest.mark.parametrize("state", ["active", "closed", "unsuccessful"])
def test_who_bid_for_an_order_that_was_not_opened_is_nobodys_business(state):
    bid = BidFactory(tender=TenderFactory(**{state: True}))

    for agency in (bid.agency, bidder()):
        matter = find_matter(reference=bid.tender.code, organization=agency)
        assert matter is not None
        assert not matter.has_party


@pytest.mark.parametrize(("trait", "took_part"), [({}, True), ({"withdrawn": True}, False)])
def test_who_bid_for_an_opened_order_is_a_party_of_it(trait, took_part):
    bid = BidFactory(tender=TenderFactory(evaluated=True), **trait)

    matter = find_matter(reference=bid.tender.code, organization=bid.agency)
    others = find_matter(reference=bid.tender.code, organization=bidder())

    assert matter is not None
    assert others is not None
    assert (matter.has_party, others.has_party) == (took_part, False)


def test_a_bid_stays_ended_when_the_sanction_falls():
    bid = BidFactory()
    end(bid.agency)

    evaluate_tender(
        tender=close_tender(tender=bid.tender, at=DEADLINE), at=OPENING + timedelta(days=0)
    )

    bid.refresh_from_db()
    assert (bid.status, bid.ended_at) == (Bid.Status.ENDED, NOON)


def test_owner_and_operators_are_told_of_what_is_not_signed_and_of_nothing_else():
    agency = bidder()
    awards = {}
    for trait in ("active", "complete", "cancelled"):
        bid = BidFactory(agency=agency, tender=TenderFactory(complete=True))
        awards[trait] = AwardFactory(tender=bid.tender, bid=bid, **{trait: True})
    office = AuthorityFactory(division=awards["active"].tender.division)
    people = [party(office, "operator")]
    people += [party(award.tender.buyer, "buyer_manager") for award in awards.values()]

    end(agency)

    told = Message.objects.filter(kind="bidding/winner_in_doubt")
    assert {message.user for message in told} == {people[0].user, people[1].user}
    assert all(REFERENCE not in message.subject + message.body for message in told)
