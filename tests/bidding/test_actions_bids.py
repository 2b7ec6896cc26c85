"""Bids: sealed, replaced, taken back, refused; and what others learn of them before the opening."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from bidding.actions.bids import decline_order, submit_bid, withdraw_bid
from bidding.guards.versions import version_of_bid
from bidding.models import Bid, Offer, Selection, Tender
from credit.models import StandingCheck
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import Message
from tests.bidding.refusals import ASKED, refused, snapshot
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    PUBLISHED,
    BidFactory,
    TenderFactory,
    bidder,
    unsealed,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import (
    AgencyFactory,
    ServiceItemFactory,
    UserFactory,
    party,
)

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)
AMOUNT = Decimal("88000.00")


def checks() -> list[tuple[str, str, bool]]:
    rows = StandingCheck.objects.order_by("pk")
    return list(rows.values_list("moment", "reference", "is_clear"))


# --- sign-up ---
def test_a_bid_is_the_sign_up_with_its_first_offer():
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)

    bid = submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON)

    assert (bid.tender, bid.agency, bid.status) == (tender, agency, Bid.Status.ACTIVE)
    assert (bid.submitted_by, bid.submitted_at) == (by, NOON)
    offer = Offer.objects.get()
    assert (offer.bid, offer.version, unsealed(offer)) == (bid, 1, AMOUNT)
    assert (offer.offered_at, offer.offered_by) == (NOON, by)
    assert checks() == [("sign_up", tender.code, True)]


def test_a_bid_costs_the_same_whoever_else_has_bid(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)
    party(agency, "agency_manager", user=by)
    submit = partial(submit_bid, tender=tender, agency=agency, by=by, at=NOON)
    BidFactory(tender=tender)

    with django_assert_num_queries(21):
        submit(amount=AMOUNT)
    BidFactory.create_batch(3, tender=tender)
    with django_assert_num_queries(20):
        submit(amount=AMOUNT - 1)


def test_a_bid_is_acknowledged_to_the_bidder_alone_without_its_amount():
    tender = TenderFactory(active=True)
    agency, rival = bidder(tender.item), BidFactory(tender=tender).agency
    own = party(agency, "agency_manager").user
    for organization, role in [(rival, "agency_manager"), (tender.buyer, "buyer_manager")]:
        party(organization, role)

    submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=own, at=NOON)

    message = Message.objects.get()
    assert (message.user, message.kind, message.subject) == (
        own,
        "bidding/bid_sealed",
        f"对 {tender.code} 的报价已密封",
    )
    assert "88" not in message.body.replace(tender.title, "")
    assert message.url == f"/tenders/{tender.code}/bid/"


def test_what_is_recorded_of_a_bid_is_sealed_and_holds_no_amount():
    tender = TenderFactory(active=True)
    agency = bidder(tender.item)

    bid = submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=UserFactory(), at=NOON)
    submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=UserFactory(), at=NOON)
    withdraw_bid(bid=bid, by=UserFactory(), at=NOON)

    entries = AuditEntry.objects.order_by("pk")
    assert [(entry.verb, entry.is_sealed, entry.data) for entry in entries] == [
        ("bid.submitted", True, {"version": 1}),
        ("bid.submitted", True, {"version": 2}),
        ("bid.withdrawn", True, {}),
    ]
    assert {entry.target_type for entry in entries} == {"bidding.bid"}


def test_what_arrived_before_another_offer_of_the_same_bid_comes_too_late_and_changes_nothing():
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)
    bid = submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON)

    with refused("no_later_offer_has_arrived", keeps=ASKED):
        submit_bid(tender=tender, agency=agency, amount=AMOUNT - 1, by=by, at=NOON - MICROSECOND)
    with refused("no_later_offer_has_arrived"):
        withdraw_bid(bid=bid, by=by, at=NOON - MICROSECOND)

    submit_bid(tender=tender, agency=agency, amount=AMOUNT - 1, by=by, at=NOON)
    assert bid.offers.count() == 2


@pytest.mark.parametrize("change", ["replaced", "withdrawn"])
def test_a_page_opened_before_the_bid_changed_seals_nothing(change):
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)
    seal = partial(submit_bid, tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON)
    none_yet = version_of_bid(tender, None).token
    bid = seal(seen=none_yet)
    first = version_of_bid(tender, bid).token
    if change == "withdrawn":
        withdraw_bid(bid=bid, by=by, at=NOON)
    else:
        seal(seen=first)

    for stale in (none_yet, first):
        with refused("nothing_has_changed_since"):
            seal(seen=stale)
    with refused("page_says_what_was_seen"):
        seal(seen="")

    bid.refresh_from_db()
    seal(seen=version_of_bid(tender, bid).token)


def test_a_new_amount_is_a_new_version_of_the_same_bid():
    bid = BidFactory(amount="90000.00")

    again = submit_bid(
        tender=bid.tender, agency=bid.agency, amount=AMOUNT, by=UserFactory(), at=NOON
    )

    assert again == bid
    offers = Offer.objects.order_by("version")
    assert [(offer.version, unsealed(offer)) for offer in offers] == [
        (1, Decimal("90000.00")),
        (2, AMOUNT),
    ]


def test_a_bid_that_was_taken_back_can_be_made_again():
    bid, by = BidFactory(withdrawn=True), UserFactory()
    later = NOON + timedelta(hours=1)

    submit_bid(tender=bid.tender, agency=bid.agency, amount=AMOUNT, by=by, at=later)

    bid.refresh_from_db()
    assert (bid.status, bid.submitted_at, bid.withdrawn_at) == (Bid.Status.ACTIVE, later, None)
    assert Offer.objects.filter(bid=bid).count() == 2


def test_a_bid_counts_when_it_arrives_before_the_deadline():
    tender = TenderFactory(active=True)
    first, second = bidder(tender.item), bidder(tender.item)
    by = UserFactory()

    submit_bid(tender=tender, agency=first, amount=AMOUNT, by=by, at=DEADLINE - MICROSECOND)
    with refused("tender_takes_bids"):
        submit_bid(tender=tender, agency=second, amount=AMOUNT, by=by, at=DEADLINE)


def test_a_bid_that_arrived_before_the_publication_is_refused():
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)
    direct = TenderFactory(active=True, direct=agency)

    for order in (tender, direct):
        with refused("tender_takes_bids"):
            submit_bid(
                tender=order, agency=agency, amount=AMOUNT, by=by, at=PUBLISHED - MICROSECOND
            )


@pytest.mark.parametrize("state", [{}, "reviewed", "closed", "evaluated", "complete", "cancelled"])
def test_no_bid_is_taken_in_any_other_state(state):
    tender, by = TenderFactory(**({state: True} if state else {})), UserFactory()
    agency = bidder(tender.item)

    with refused("tender_takes_bids"):
        submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON)


# --- who and how much ---
def test_a_restricted_agency_is_refused_and_the_question_is_kept():
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)
    restriction = RestrictionFactory(organization=agency)

    with refused("agency_is_unrestricted", keeps=ASKED):
        submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON)

    check = StandingCheck.objects.get()
    assert (check.organization, check.moment, check.asked_at) == (agency, "sign_up", NOON)
    assert (check.is_clear, check.restriction_ids) == (False, [restriction.slug])
    assert check.rulebook_sha256 == tender.rulebook.sha256


def test_a_restriction_decided_while_the_request_waited_counts():
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)
    RestrictionFactory(organization=agency, effective_from=NOON + timedelta(seconds=2))

    with refused("agency_is_unrestricted", keeps=ASKED):
        submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON)


def test_a_refused_amount_changes_nothing_but_the_question():
    bid, by = BidFactory(), UserFactory()

    with refused("amount_is_within_ceiling", keeps=ASKED):
        submit_bid(
            tender=bid.tender, agency=bid.agency, amount=Decimal("100000.01"), by=by, at=NOON
        )
    with refused("amount_is_written_to_the_cent", keeps=ASKED):
        submit_bid(tender=bid.tender, agency=bid.agency, amount=Decimal("1.001"), by=by, at=NOON)

    assert checks() == [("sign_up", bid.tender.code, True)] * 2


def test_k4_05_an_amount_below_the_floor_is_refused_and_the_floor_itself_is_taken():
    tender = TenderFactory(active=True, ceiling=Decimal(100_000), floor=Decimal(80_000))
    agency, by = bidder(tender.item), UserFactory()

    with refused("amount_is_not_below_floor", keeps=ASKED):
        submit_bid(tender=tender, agency=agency, amount=Decimal("79999.99"), by=by, at=NOON)
    assert not Offer.objects.exists()
    submit_bid(tender=tender, agency=agency, amount=Decimal(80_000), by=by, at=NOON)

    assert unsealed(Offer.objects.get()) == Decimal(80_000)


@pytest.mark.parametrize(("paid_by", "is_taken"), [("later_winner", True), ("applicant", False)])
def test_k4_06_nothing_is_asked_for_where_the_item_says_who_pays_instead(paid_by, is_taken):
    tender = TenderFactory(active=True, item=ServiceItemFactory(published=True, paid_by=paid_by))
    agency, by = bidder(tender.item), UserFactory()
    submit = partial(submit_bid, tender=tender, agency=agency, amount=Decimal(0), by=by, at=NOON)

    if not is_taken:
        with refused("amount_suits_the_payer", keeps=ASKED):
            submit()
        assert not Offer.objects.exists()
        return
    submit()

    assert unsealed(Offer.objects.get()) == 0


def test_an_agency_without_admission_and_qualification_hears_of_both():
    tender, by = TenderFactory(active=True), UserFactory()
    agency = AgencyFactory(submitted=True).organization

    with refused("agency_is_admitted", "agency_is_qualified", keeps=ASKED):
        submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON)


def test_a_bid_that_was_ended_is_not_made_again_when_the_restriction_is_over():
    bid, by = BidFactory(ended=True), UserFactory()

    with refused("bid_was_not_ended", keeps=ASKED):
        submit_bid(tender=bid.tender, agency=bid.agency, amount=AMOUNT, by=by, at=NOON)


def test_a_shared_representative_is_no_reason_to_refuse_for_it_would_tell_of_the_other_bid():
    tender = TenderFactory(active=True)
    first = bidder(tender.item, legal_representative="陈一")
    second = bidder(tender.item, legal_representative="陈一")

    for agency in (first, second):
        submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=UserFactory(), at=NOON)

    assert Bid.objects.standing().count() == 2


def test_the_answer_to_a_bid_is_the_same_whoever_else_has_bid():
    tender, by = TenderFactory(active=True), UserFactory()
    agency = AgencyFactory(submitted=True).organization

    def answer() -> list[str]:
        with pytest.raises(Refused) as caught:
            submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON)
        return [verdict.refusal for verdict in caught.value.verdicts]

    alone = answer()
    BidFactory(tender=tender)

    assert answer() == alone


def test_the_database_takes_one_bid_per_agency_and_one_of_each_version():
    bid = BidFactory()
    offer = bid.offers.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        BidFactory(tender=bid.tender, agency=bid.agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(
            bid=bid,
            version=1,
            envelope=offer.envelope,
            sealed=offer.sealed,
            offered_at=NOON,
            offered_by=offer.offered_by,
        )


# --- taking it back ---
def test_a_bid_is_taken_back_and_its_offers_stay():
    bid = BidFactory()
    party(bid.agency, "agency_manager")

    withdraw_bid(bid=bid, by=UserFactory(), at=DEADLINE - MICROSECOND)

    bid.refresh_from_db()
    assert (bid.status, bid.withdrawn_at) == (Bid.Status.WITHDRAWN, DEADLINE - MICROSECOND)
    assert bid.offers.count() == 1
    assert Message.objects.get().kind == "bidding/bid_withdrawn"


def test_at_the_deadline_a_bid_is_not_taken_back():
    bid, by = BidFactory(), UserFactory()

    with refused("tender_takes_bids"):
        withdraw_bid(bid=bid, by=by, at=DEADLINE)


@pytest.mark.parametrize("state", ["withdrawn", "ended"])
def test_a_bid_that_does_not_stand_is_not_taken_back(state):
    bid, by = BidFactory(**{state: True}), UserFactory()

    with refused("bid_stands"):
        withdraw_bid(bid=bid, by=by, at=NOON)


# --- a direct order ---
def direct() -> Tender:
    item = ServiceItemFactory(published=True)
    return TenderFactory(active=True, item=item, direct=bidder(item))


def test_the_named_agency_accepts_with_an_amount_and_is_selected_at_once():
    tender = direct()

    bid = submit_bid(
        tender=tender, agency=tender.named_agency, amount=AMOUNT, by=UserFactory(), at=NOON
    )

    tender.refresh_from_db()
    assert (tender.status, tender.closed_at, tender.opening_at, tender.evaluated_at) == (
        Tender.Status.EVALUATED,
        NOON,
        NOON,
        NOON,
    )
    assert tender.tender_period_end == DEADLINE
    assert tender.register_due_at == datetime(2026, 11, 26, tzinfo=CHINA)
    selection = Selection.objects.get(tender=tender)
    assert selection.selected_at == NOON
    assert f'"winner":"{bid.agency.uscc}"' in selection.evidence
    assert checks() == [("sign_up", tender.code, True), ("selection", tender.code, True)]


def test_another_agency_cannot_accept():
    tender, by = direct(), UserFactory()
    other = bidder(tender.item)

    with refused("agency_is_named", keeps=ASKED):
        submit_bid(tender=tender, agency=other, amount=AMOUNT, by=by, at=NOON)


def test_the_named_agency_cannot_ask_for_more_than_the_ceiling():
    tender, by = direct(), UserFactory()

    with refused("amount_is_within_ceiling", keeps=ASKED):
        submit_bid(
            tender=tender, agency=tender.named_agency, amount=Decimal(100001), by=by, at=NOON
        )


def test_the_named_agency_declines_and_the_order_fails():
    tender = direct()
    party(tender.buyer, "buyer_manager")

    decline_order(tender=tender, agency=tender.named_agency, by=UserFactory(), at=NOON)

    tender.refresh_from_db()
    assert (tender.status, tender.closed_at, tender.ended_at) == (
        Tender.Status.UNSUCCESSFUL,
        NOON,
        NOON,
    )
    assert tender.end_reasons == "公告所列机构谢绝了直接选取"
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == [
        "tender.declined",
        "tender.closed",
        "tender.failed",
    ]
    assert Message.objects.get().kind == "bidding/tender_failed"


def test_another_agency_cannot_decline():
    tender, by = direct(), UserFactory()
    other = bidder(tender.item)

    with refused("agency_is_named"):
        decline_order(tender=tender, agency=other, by=by, at=NOON)


def test_the_question_of_a_refused_bid_survives_on_its_own():
    tender, by = TenderFactory(active=True), UserFactory()
    agency = RestrictionFactory(organization=bidder(tender.item)).organization
    before = snapshot(*ASKED)

    for _ in range(2):
        with pytest.raises(Refused, match="agency_is_unrestricted"):
            submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON)

    assert snapshot(*ASKED) == before
    assert checks() == [("sign_up", tender.code, False)] * 2


def test_who_is_registered_as_a_large_enterprise_seals_no_word_that_it_is_small():
    tender = TenderFactory(active=True)
    agency, by = bidder(tender.item), UserFactory()
    agency.size = "large"
    agency.save()

    with refused("size_is_told_alike", keeps=ASKED):
        submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON, is_small=True)

    assert not Bid.objects.exists()


def test_k10_02_nobody_withdraws_at_the_instant_of_the_deadline_and_before_it_one_may():
    bid, by = BidFactory(), UserFactory()

    with refused("tender_takes_bids"):
        withdraw_bid(bid=bid, by=by, at=DEADLINE)
    bid.refresh_from_db()
    assert bid.status == Bid.Status.ACTIVE

    assert withdraw_bid(bid=bid, by=by, at=DEADLINE - MICROSECOND).status == Bid.Status.WITHDRAWN


def test_k10_03_an_agency_that_sends_twice_has_one_bid():
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)

    sent = [
        submit_bid(tender=tender, agency=agency, amount=AMOUNT, by=by, at=NOON)
        for _time in range(2)
    ]

    assert sent[0] == sent[1] == Bid.objects.get()
    with pytest.raises(IntegrityError, match="bid"), transaction.atomic():
        Bid.objects.create(tender=tender, agency=agency, submitted_by=by, submitted_at=NOON)
