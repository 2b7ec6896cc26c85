"""An open order is changed for all to read; what matters begins it anew and lets bids lapse."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bidding.actions.bids import submit_bid
from bidding.actions.deadlines import SIGN_UP
from bidding.actions.sealing import SeedForeseen
from bidding.actions.tenders import (
    UnknownField,
    amend_tender,
    close_tender,
    evaluate_tender,
    register_selection,
)
from bidding.guards.seals import seal_is_as_published
from bidding.models import Amendment, Award, Bid, Seal, Selection, Tender
from bidding.pages.bids import standing_bids
from bidding.selection.evidence import verify
from marketplace.kernel import deadlines
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import BidFactory, TenderFactory
from tests.factories.marketplace import AuthorityFactory, UserFactory, party

pytestmark = pytest.mark.django_db
WHY = "招标清单漏项。"
LATER = NOON + timedelta(hours=1)
NEW_END = datetime(2026, 11, 28, tzinfo=CHINA)


@pytest.fixture
def order() -> Tender:
    tender = TenderFactory(active=True)
    party(tender.buyer, "buyer_manager")
    return tender


def amend(tender: Tender, at: datetime = LATER, **fields: object) -> Amendment:
    return amend_tender(tender=tender, reasons=WHY, by=UserFactory(), at=at, **fields)


def told() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, name in Message.objects.order_by("pk").values_list("kind", "organization__name"):
        found.setdefault(kind, []).append(name)
    return found


def test_a_material_amendment_begins_the_order_anew_and_lets_every_bid_lapse(order):
    bid = BidFactory(tender=order)
    party(bid.agency, "agency_manager")
    officer = party(AuthorityFactory(division=order.division), "operator")
    promised, end = order.commitment, order.tender_period_end

    amendment = amend(order, ceiling=Decimal("120000.00"), scale="扩大一倍")

    order.refresh_from_db()
    bid.refresh_from_db()
    assert (order.ceiling, order.status, order.selection_round) == (120000, "active", 2)
    assert order.tender_period_end == NEW_END > end
    assert order.opening_at == NEW_END + timedelta(seconds=60)
    assert order.commitment == order.seal.commitment != promised
    assert Seal.objects.count() == 2
    assert seal_is_as_published(order).holds
    assert (bid.status, bid.lapsed_at) == (Bid.Status.LAPSED, LATER)
    assert (amendment.is_material, amendment.number, amendment.round) == (True, 1, 2)
    assert amendment.changes == [
        {"field": "scale", "old": "", "new": "扩大一倍"},
        {"field": "ceiling", "old": "¥100,000.00", "new": "¥120,000.00"},
    ]
    assert told() == {
        "bidding/bid_lapsed": [bid.agency.name],
        "bidding/tender_amended": [order.buyer.name, officer.organization.name],
    }
    lapsed = AuditEntry.objects.get(verb="bid.lapsed")
    assert (lapsed.is_sealed, lapsed.organization) == (True, bid.agency)
    public = AuditEntry.objects.get(verb="tender.amended")
    assert public.data["fields"] == ["scale", "ceiling"]
    assert public.data["commitment"] == order.commitment


def test_a_correction_leaves_clock_promise_and_bids_as_they_are(order):
    bid = BidFactory(tender=order)
    party(bid.agency, "agency_manager")
    promised, end = order.commitment, order.tender_period_end

    amendment = amend(order, contact_name="王测试")

    order.refresh_from_db()
    bid.refresh_from_db()
    assert (order.contact_name, order.selection_round) == ("王测试", 1)
    assert (order.commitment, order.tender_period_end) == (promised, end)
    assert (bid.status, amendment.is_material) == (Bid.Status.ACTIVE, False)
    assert told() == {
        "bidding/bid_stands": [bid.agency.name],
        "bidding/tender_amended": [order.buyer.name],
    }
    assert seal_is_as_published(order).holds


def test_only_who_bids_again_takes_part_and_the_evidence_of_the_new_round_verifies(order):
    again, silent = BidFactory(tender=order, amount=90000), BidFactory(tender=order, amount=10000)
    ended = BidFactory(tender=order, amount=20000, ended=True)
    amend(order, content="编制测试报告两份。")
    by = party(again.agency, "agency_manager").user
    order.refresh_from_db()

    submit_bid(
        tender=order, agency=again.agency, amount=Decimal(80000), by=by, at=LATER + LATER.resolution
    )
    order.refresh_from_db()
    close_tender(tender=order, at=order.tender_period_end)
    evaluate_tender(tender=order, at=order.opening_at)
    order.refresh_from_db()
    register_selection(tender=order, by=UserFactory(), at=NEW_END + timedelta(hours=9))

    selection = Selection.objects.get()
    assert verify(selection.content, published_commitment=order.commitment) == []
    assert [one["uscc"] for one in selection.content["entrants"]] == [again.agency.uscc]
    assert (selection.round, Award.objects.get().bid) == (2, again)
    assert standing_bids(Tender.objects.get()) == [again]
    assert {silent.pk, ended.pk}.isdisjoint(Award.objects.values_list("bid", flat=True))


def test_what_the_buyer_had_set_and_is_too_early_now_goes(order):
    until, selection = NOON + timedelta(days=2, hours=4), NOON + timedelta(days=2, hours=5)
    Tender.objects.filter(pk=order.pk).update(signup_until=until, selection_at=selection)

    amendment = amend(order, content="编制测试报告两份。")

    order.refresh_from_db()
    assert (order.signup_until, order.selection_at) == (None, None)
    assert order.tender_period_end == NEW_END
    assert [(one["field"], one["new"]) for one in amendment.changes] == [
        ("content", "编制测试报告两份。"),
        ("signup_until", "按规则计算"),
        ("selection_at", "按规则计算"),
    ]


@pytest.mark.parametrize(
    ("fields", "reasons", "guards"),
    [
        ({}, WHY, ["something_is_changed"]),
        ({"contact_name": "王测试"}, " ", ["reasons_are_given"]),
        ({"contact_name": ""}, WHY, ["order_is_complete"]),
        ({"ceiling": Decimal(0)}, WHY, ["ceiling_is_above_zero"]),
        (
            {"signup_until": NOON + timedelta(days=1)},
            WHY,
            ["sign_up_period_is_long_enough"],
        ),
    ],
    ids=["nothing", "no reason", "emptied", "no price", "too early"],
)
def test_an_amendment_is_refused_for_what_the_order_would_be(order, fields, reasons, guards):
    by = UserFactory()

    with refused(*guards):
        amend_tender(tender=order, reasons=reasons, by=by, at=LATER, **fields)


def test_an_order_is_not_amended_after_the_sign_up_nor_while_it_stands_still(order):
    by, end = UserFactory(), order.tender_period_end
    with refused("tender_takes_bids"):
        amend_tender(tender=order, reasons=WHY, by=by, at=end, title="改名")

    deadlines.suspend([SIGN_UP], order, NOON, why="matter")

    with refused("tender_is_not_suspended"):
        amend_tender(tender=order, reasons=WHY, by=by, at=LATER, title="改名")


def test_material_amendments_are_counted_and_corrections_are_not(order):
    by = UserFactory()
    for number in range(3):
        amend(order, at=LATER + timedelta(minutes=number), title=f"第 {number} 个名称")
        order.refresh_from_db()

    with refused("material_amendments_are_few"):
        amend_tender(tender=order, reasons=WHY, by=by, at=LATER + timedelta(hours=1), title="再改")

    assert amend(order, at=LATER + timedelta(hours=1), contact_name="王测试").number == 4


def test_what_makes_another_order_cannot_be_amended_nor_a_seed_foreseen(order):
    with pytest.raises(UnknownField):
        amend(order, fund="fiscal")
    with pytest.raises(SeedForeseen):
        amend(order, title="改名", demo_seed=b"x" * 32)
    order.refresh_from_db()
    assert order.fund == "private"
