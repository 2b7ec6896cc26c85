"""The end of the sign-up, and the opening with its public evidence."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from bidding.actions.bids import submit_bid
from bidding.actions.tenders import close_tender, evaluate_tender
from bidding.guards.bids import may_evaluate_tender
from bidding.models import Bid, BidList, Seal, Selection, Tender
from bidding.pages.bids import quotes
from bidding.pages.selections import verification_of
from bidding.selection.evidence import verify
from credit.models import StandingCheck
from docs import verify_draw
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import AuditEntry
from marketplace.models import Agency, Message, Qualification
from tests.bidding.openings import evidence_of, opened, told
from tests.bidding.refusals import failing, refused
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    OPENING,
    BidFactory,
    OfferFactory,
    SealFactory,
    TenderFactory,
    bidder,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import load_rules, party

pytestmark = pytest.mark.django_db
Status = Tender.Status
MICROSECOND = timedelta(microseconds=1)


# --- close ---
def test_an_order_is_closed_as_of_its_deadline():
    tender = TenderFactory(active=True)

    close_tender(tender=tender, at=DEADLINE)

    tender.refresh_from_db()
    assert (tender.status, tender.closed_at, tender.opening_at) == (
        Status.CLOSED,
        DEADLINE,
        OPENING,
    )
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.at) == ("tender.closed", None, DEADLINE)
    assert entry.data == {"bids": BidList.objects.get(tender=tender).sha256}


def test_an_order_is_not_closed_before_its_deadline():
    tender = TenderFactory(active=True)

    with refused("sign_up_is_over"):
        close_tender(tender=tender, at=DEADLINE - MICROSECOND)


@pytest.mark.parametrize("state", ["closed", "evaluated", "complete", "cancelled"])
def test_only_an_active_order_is_closed(state):
    tender = TenderFactory(**{state: True})

    with refused("tender_is_active"):
        close_tender(tender=tender, at=DEADLINE)


# --- open ---
def test_the_cheapest_bid_wins_by_its_last_amount():
    tender = TenderFactory(closed=True)
    dear, cheap = BidFactory(tender=tender, amount=80000), BidFactory(tender=tender, amount=85000)
    OfferFactory(bid=dear, version=2, amount=Decimal(86000))

    tender = opened(tender)

    assert (tender.status, tender.evaluated_at) == (Status.EVALUATED, OPENING)
    assert tender.register_due_at == datetime(2026, 12, 1, tzinfo=CHINA)
    evidence = evidence_of(tender)
    assert (evidence["winner"], evidence["amount"]) == (cheap.agency.uscc, "85000.00")
    assert [place["amount"] for place in evidence["ranking"]] == ["85000.00", "86000.00"]


def test_k4_04_the_highest_rate_off_the_ceiling_wins_and_the_table_says_each():
    tender = TenderFactory(closed=True, fund="private", quote="rate", ceiling=Decimal(100_000))
    for amount in ("85000.00", "80000.00", "87500.00"):
        BidFactory(tender=tender, amount=Decimal(amount))

    tender = opened(tender)

    assert [(row.bid.amount, row.quoted) for row in quotes(tender, OPENING)] == [
        (Decimal("80000.00"), "下浮 20.00%"),
        (Decimal("85000.00"), "下浮 15.00%"),
        (Decimal("87500.00"), "下浮 12.50%"),
    ]
    assert evidence_of(tender)["amount"] == "80000.00"
    assert verify(evidence_of(tender)) == []


def test_the_evidence_holds_and_the_seed_is_revealed_with_it():
    tender = TenderFactory(closed=True)
    BidFactory.create_batch(3, tender=tender)

    tender = opened(tender)

    selection, seal = Selection.objects.get(), Seal.objects.get()
    evidence = evidence_of(tender)
    assert seal.revealed_at == selection.selected_at == OPENING
    assert evidence["seed"] == seal.reveal.seed
    assert selection.sha256 == evidence["digest"]
    assert (
        verify(
            evidence,
            published_digest=selection.sha256,
            published_commitment=seal.commitment,
        )
        == []
    )
    assert all(place["is_tied"] for place in evidence["ranking"])


@pytest.mark.parametrize("version", ["wszj-evidence/1", "wszj-evidence/2", "wszj-evidence/3"])
def test_the_evidence_states_the_terms_in_the_version_that_was_sealed(version):
    tender = TenderFactory(closed=True, seal=False)
    seal = SealFactory(tender=tender, terms_version=version)
    BidFactory.create_batch(2, tender=tender)

    evidence = evidence_of(opened(tender))

    assert evidence["format"] == version
    assert ("method" in evidence["terms"], "floor" in evidence["terms"]) == (
        True,
        version == "wszj-evidence/1",
    )
    assert verify(evidence, published_commitment=seal.commitment) == []


def test_a_bid_that_was_taken_back_is_in_no_list():
    tender = TenderFactory(closed=True)
    BidFactory(tender=tender, amount=50000, withdrawn=True)
    standing = BidFactory(tender=tender)

    tender = opened(tender)

    assert [one["uscc"] for one in evidence_of(tender)["entrants"]] == [standing.agency.uscc]


def test_a_bid_that_was_ended_is_listed_with_its_decision_and_does_not_win():
    tender = TenderFactory(closed=True)
    ended = BidFactory(tender=tender, amount=50000, ended=True)
    standing = BidFactory(tender=tender)

    tender = opened(tender)

    evidence = evidence_of(tender)
    entrants = {one["uscc"]: (one["status"], one["reference"]) for one in evidence["entrants"]}
    assert entrants == {
        ended.agency.uscc: ("ended", ended.end_reference),
        standing.agency.uscc: ("standing", None),
    }
    assert evidence["winner"] == standing.agency.uscc


def test_every_standing_bidder_is_asked_for_and_the_answers_are_kept():
    tender = TenderFactory(closed=True)
    first, second = BidFactory(tender=tender), BidFactory(tender=tender)
    BidFactory(tender=tender, withdrawn=True)

    opened(tender)

    checks = StandingCheck.objects.order_by("pk")
    assert [(one.organization, one.moment, one.asked_at, one.is_clear) for one in checks] == [
        (first.agency, "selection", OPENING, True),
        (second.agency, "selection", OPENING, True),
    ]


def test_a_bidder_that_is_restricted_by_the_opening_falls_out():
    tender = TenderFactory(closed=True)
    fallen, standing = BidFactory(tender=tender, amount=50000), BidFactory(tender=tender)
    restriction = RestrictionFactory(organization=fallen.agency)

    tender = opened(tender)

    fallen.refresh_from_db()
    assert (fallen.status, fallen.ended_at, fallen.end_reference) == (
        Bid.Status.ENDED,
        OPENING,
        restriction.case.decision_number,
    )
    assert evidence_of(tender)["winner"] == standing.agency.uscc


@pytest.mark.parametrize(
    ("model", "change", "exclusion"),
    [
        (Agency, {"status": "withdrawn", "withdrawn_at": NOON}, "not_admitted"),
        (Qualification, {"valid_until": NOON.date()}, "not_qualified"),
        (Agency, {"business_until": NOON.date()}, "licence_over"),
    ],
)
def test_a_bidder_that_could_not_bid_any_more_is_left_out(model, change, exclusion):
    tender = TenderFactory(closed=True)
    fallen, standing = BidFactory(tender=tender, amount=50000), BidFactory(tender=tender)
    key = "organization" if model is Agency else "agency"
    model.objects.filter(**{key: fallen.agency.pk}).update(**change)

    tender = opened(tender)

    fallen.refresh_from_db()
    assert (fallen.status, fallen.excluded_at, fallen.exclusion) == (
        Bid.Status.EXCLUDED,
        OPENING,
        exclusion,
    )
    evidence = evidence_of(tender)
    assert evidence["winner"] == standing.agency.uscc
    assert {one["reference"] for one in evidence["entrants"]} == {None, exclusion}


def test_bidders_with_one_representative_are_both_left_out_and_each_is_told():
    tender = TenderFactory(closed=True)
    twins = [
        BidFactory(tender=tender, amount=amount, agency=bidder(tender.item, **same))
        for amount, same in [
            (50000, {"legal_representative": "陈一"}),
            (60000, {"legal_representative": " 陈 一"}),
        ]
    ]
    third = BidFactory(tender=tender)
    for twin in twins:
        party(twin.agency, "agency_manager")

    tender = opened(tender)

    assert evidence_of(tender)["winner"] == third.agency.uscc
    assert [Bid.objects.get(pk=twin.pk).exclusion for twin in twins] == [
        "shared_representative",
        "shared_representative",
    ]
    assert told() == sorted(("bidding/bid_excluded", twin.agency.name) for twin in twins)
    assert Message.objects.filter(body__contains="与另一家报名机构的法定代表人相同").count() == 2
    entries = AuditEntry.objects.filter(verb="bid.excluded")
    assert {entry.is_sealed for entry in entries} == {True}


def test_people_who_act_for_both_bidders_tie_them():
    tender = TenderFactory(closed=True)
    twins = [
        BidFactory(
            tender=tender,
            agency=bidder(
                tender.item, legal_representative="陈一", address="", contact_phone=f"0797{n}"
            ),
        )
        for n in range(2)
    ]
    BidFactory(tender=tender)
    member = party(twins[0].agency, "agency_manager").user
    party(twins[1].agency, "agency_agent", user=member)

    opened(tender)

    assert {Bid.objects.get(pk=twin.pk).exclusion for twin in twins} == {"shared_representative"}


def test_in_an_order_that_fails_nobody_learns_that_it_shares_a_representative(client):
    tender = TenderFactory(closed=True, fund="fiscal")
    same = {"legal_representative": "陈一"}
    twins = [BidFactory(tender=tender, agency=bidder(tender.item, **same)) for _twin in range(2)]
    alone = BidFactory(tender=tender)
    readers = [party(bid.agency, "agency_manager") for bid in (*twins, alone)]

    tender = opened(tender)

    assert tender.end_reasons == "有效报名 1 家，少于规则要求的 3 家"
    assert set(told()) == {("bidding/tender_failed", bid.agency.name) for bid in (*twins, alone)}
    assert len(set(Message.objects.values_list("subject", "body"))) == 1
    states = Bid.objects.values_list("status", "exclusion", "excluded_at")
    assert set(states) == {("active", "", None)}
    pages = []
    for reader in readers:
        client.force_login(reader.user)
        html = client.get(f"/tenders/{tender.code}/bid/").content.decode()
        listed = client.get("/agency/bids/").content.decode()
        assert ("流标" in listed, "已失效" in listed) == (True, False)
        pages.append(html)
        assert "法定代表人" not in html
    assert all("已密封" in html for html in pages)
    kept = AuditEntry.objects.filter(verb="bid.uncounted").order_by("pk")
    assert [(entry.target_id, entry.is_sealed) for entry in kept] == [
        (str(twin.pk), True) for twin in twins
    ]


def test_an_agency_that_left_the_register_is_told_so_also_when_the_order_fails():
    tender = TenderFactory(closed=True)
    bid = BidFactory(tender=tender)
    Agency.objects.filter(organization=bid.agency).update(status=Agency.Status.DRAFT)
    party(bid.agency, "agency_manager")

    opened(tender)

    bid.refresh_from_db()
    assert bid.exclusion == "not_admitted"
    assert {kind for kind, _name in told()} == {"bidding/bid_excluded", "bidding/tender_failed"}


def test_a_twin_that_was_ended_or_took_its_bid_back():
    tender = TenderFactory(closed=True)
    same = {"legal_representative": "陈一"}
    BidFactory(tender=tender, ended=True, agency=bidder(tender.item, **same))
    left = BidFactory(tender=tender, agency=bidder(tender.item, **same))
    other = BidFactory(tender=tender, agency=bidder(tender.item, legal_representative="李二"))
    BidFactory(
        tender=tender, withdrawn=True, agency=bidder(tender.item, legal_representative="李二")
    )

    opened(tender)

    left.refresh_from_db()
    other.refresh_from_db()
    assert (left.status, other.status) == (Bid.Status.EXCLUDED, Bid.Status.ACTIVE)


def test_with_too_few_bids_the_order_fails_and_nothing_is_opened():
    tender = TenderFactory(closed=True, fund="fiscal")
    bids = BidFactory.create_batch(2, tender=tender)
    for bid in bids:
        party(bid.agency, "agency_manager")
    party(tender.buyer, "buyer_manager")

    tender = opened(tender)

    assert (tender.status, tender.ended_at, tender.evaluated_at) == (
        Status.UNSUCCESSFUL,
        OPENING,
        None,
    )
    assert tender.end_reasons == "有效报名 2 家，少于规则要求的 3 家"
    assert not Selection.objects.exists()
    assert Seal.objects.get().revealed_at is None
    names = sorted([tender.buyer.name, *(bid.agency.name for bid in bids)])
    assert told() == [("bidding/tender_failed", name) for name in names]
    assert not any("90000" in message.body for message in Message.objects.all())


def test_who_falls_out_does_not_count_towards_the_least_number():
    tender = TenderFactory(closed=True, fund="fiscal")
    BidFactory.create_batch(2, tender=tender)
    for is_public in (True, False):
        agency = BidFactory(tender=tender).agency
        RestrictionFactory(organization=agency, is_public=is_public)
    for _fallen in range(2):
        Qualification.objects.filter(agency=BidFactory(tender=tender).agency.pk).delete()

    tender = opened(tender)

    assert tender.end_reasons == (
        "有效报名 2 家，少于规则要求的 3 家；"
        "不计入的报名（家）：原因不公开 1、因信用限制终止 1、资质已不在有效期 2"
    )


def test_a_direct_order_without_an_answer_fails():
    tender = TenderFactory(closed=True, direct=bidder())

    tender = opened(tender)

    assert tender.end_reasons == "公告所列机构在期限内没有接受"


def test_buyer_and_standing_bidders_learn_of_the_opening():
    tender = TenderFactory(closed=True)
    standing, ended = BidFactory(tender=tender), BidFactory(tender=tender, ended=True)
    for agency in (standing.agency, ended.agency):
        party(agency, "agency_manager")
    party(tender.buyer, "buyer_manager")

    opened(tender)

    names = sorted([tender.buyer.name, standing.agency.name])
    assert told() == [("bidding/bids_opened", name) for name in names]


def test_bids_are_not_opened_before_the_grace_is_over():
    tender = TenderFactory(closed=True)
    BidFactory(tender=tender)

    with refused("opening_has_come"):
        evaluate_tender(tender=tender, at=OPENING - MICROSECOND)


@pytest.mark.parametrize("state", ["active", "evaluated", "complete", "unsuccessful", "cancelled"])
def test_only_a_closed_order_is_opened(state):
    tender = TenderFactory(**{state: True})

    with refused("tender_is_closed"):
        evaluate_tender(tender=tender, at=OPENING)


amounts = st.lists(st.integers(1, 10_000_000), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None)
@given(cents=amounts)
def test_nobody_cheaper_than_the_winner_is_left_out(cents):
    with transaction.atomic():
        tender = TenderFactory(closed=True)
        for amount in cents:
            BidFactory(tender=tender, amount=Decimal(amount) / 100)

        evidence = evidence_of(opened(tender))

        assert Decimal(evidence["amount"]) == Decimal(min(cents)) / 100
        assert len(evidence["ranking"]) == len(cents)
        transaction.set_rollback(True)


def test_k10_01_an_open_order_is_not_evaluated_before_its_deadline():
    tender = TenderFactory(active=True)
    BidFactory(tender=tender)

    with refused("tender_is_closed"):
        evaluate_tender(tender=tender, at=DEADLINE - MICROSECOND)

    asked = failing(*may_evaluate_tender(tender, DEADLINE - MICROSECOND))
    assert asked == ["tender_is_closed", "opening_has_come"]
    assert not Selection.objects.exists()


# --- small enterprises ---
def test_a_small_enterprise_wins_by_its_lowered_price_and_is_paid_its_quote():
    load_rules(seal__officers_from=900_000)
    tender = TenderFactory(active=True, fund="fiscal", ceiling=Decimal(600_000))
    small, other, third = (bidder(tender.item) for _one in range(3))
    amounts = {small: "550000.00", other: "500000.00", third: "560000.00"}
    for agency, amount in amounts.items():
        submit_bid(
            tender=tender,
            agency=agency,
            amount=Decimal(amount),
            by=party(agency, "agency_manager").user,
            at=NOON,
            is_small=agency is small,
        )

    close_tender(tender=tender, at=DEADLINE)
    found = evidence_of(opened(tender))

    assert found["terms"]["small_deduction"] == 10
    assert (found["winner"], found["amount"]) == (small.uscc, "550000.00")
    assert [(one["uscc"], one["ranked_at"]) for one in found["ranking"]] == [
        (small.uscc, "495000.0000"),
        (other.uscc, "500000.0000"),
        (third.uscc, "560000.0000"),
    ]
    assert verify_draw.verify(found) == []
    row = next(one for one in quotes(Tender.objects.get(), NOON) if one.bid.agency == small)
    assert row.lot == "小型、微型企业，按 ¥495,000.00 比较"
    shown = verification_of(Selection.objects.get(), found, NOON)
    assert [str(place.compared) for place in shown.places] == ["按 ¥495,000.00 比较", "", ""]
    assert [str(fact.value) for fact in shown.facts if "价格扣除" in str(fact.label)] == ["10%"]
