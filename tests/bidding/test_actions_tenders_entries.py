"""An opening and a sanction: what they leave behind, and that neither asks once for each bid."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_fsm import ConcurrentTransition

from bidding.actions.tenders import evaluate_tender
from bidding.actions.tenders.entries import Fate, settle_fates
from bidding.models import Bid, Selection, Tender
from credit.actions import decide_case
from credit.models import Entry, Restriction, StandingCheck
from marketplace.kernel.models import AuditEntry, Effect
from marketplace.models import Agency, Message, Organization
from marketplace.ties import key_of
from tests.clock import NOON
from tests.factories.bidding import OPENING, BidFactory, TenderFactory, bidder
from tests.factories.credit import CaseFactory, RestrictionFactory
from tests.factories.marketplace import UserFactory, party
from tests.factories.parties import TieFactory

pytestmark = pytest.mark.django_db
SECRET, PUBLISHED = "JX360702-2026-D00002", "JX360702-2026-D00001"
OPENING_COSTS, MIXED_COSTS, SANCTION_COSTS = 39, 51, 40


# --- What is left behind --------------------------------------------------------------------------
def restrict(bid: Bid, number: str, **fields: Any) -> None:
    restriction = RestrictionFactory(organization=bid.agency, **fields)
    restriction.case.decision_number = number
    restriction.case.save()


def mixed_opening() -> tuple[Tender, list[Bid]]:
    """Return a closed order with a bid of each fate, each bidder with somebody to be told."""
    tender = TenderFactory(closed=True, code="JX360702-2026-00009", title="测试项目")
    party(tender.buyer, "buyer_manager")
    bids = BidFactory.create_batch(7, tender=tender)
    for bid in bids:
        party(bid.agency, "agency_manager")
    restrict(bids[0], PUBLISHED)
    restrict(bids[1], SECRET, is_public=False)
    gone = Agency.objects.filter(pk=bids[2].agency_id)
    gone.update(status=Agency.Status.WITHDRAWN, withdrawn_at=NOON)
    bids[3].agency.agency.qualifications.all().delete()
    kin = Organization.objects.filter(pk__in=[bids[4].agency_id, bids[5].agency_id])
    kin.update(legal_representative="王同名", address="测试路1号")
    return tender, bids


def test_an_opening_leaves_one_row_of_each_kind_for_each_bid_in_the_order_of_the_bids() -> None:
    tender, bids = mixed_opening()
    Effect.objects.all().delete()

    evaluate_tender(tender=tender, at=OPENING)

    assert [
        (entry.verb, entry.target_id, entry.organization, entry.after, entry.data)
        for entry in AuditEntry.objects.filter(is_sealed=True).order_by("pk")
    ] == [
        ("bid.ended", str(bids[0].pk), bids[0].agency, "ended", {"reference": PUBLISHED}),
        ("bid.ended", str(bids[1].pk), bids[1].agency, "ended", {"reference": SECRET}),
        *(
            ("bid.excluded", str(bid.pk), bid.agency, "excluded", {"exclusion": reason})
            for bid, reason in zip(
                bids[2:6],
                ["not_admitted", "not_qualified", *["shared_representative"] * 2],
                strict=True,
            )
        ),
    ]
    sealed = AuditEntry.objects.filter(is_sealed=True)
    assert {(entry.before, entry.at, entry.by) for entry in sealed} == {("active", OPENING, None)}
    assert AuditEntry.objects.latest("pk").verb == "tender.evaluated"
    assert [
        (check.organization, check.is_clear, len(check.restriction_ids))
        for check in StandingCheck.objects.order_by("pk")
    ] == [(bid.agency, place > 1, int(place < 2)) for place, bid in enumerate(bids)]


def test_an_opening_tells_everybody_once_in_the_same_words() -> None:
    tender, bids = mixed_opening()
    Effect.objects.all().delete()

    evaluate_tender(tender=tender, at=OPENING)

    messages = Message.objects.order_by("pk")
    own = f"/tenders/{tender.code}/bid/"
    left_out = "贵单位对“测试项目”的报名已经失效，不能恢复。\n原因："
    ended = left_out + "因信用限制终止 · "
    assert [(one.organization, one.url, one.body) for one in messages[:6]] == [
        (bids[0].agency, own, ended + PUBLISHED),
        (bids[1].agency, own, ended + SECRET),
        (bids[2].agency, own, left_out + "机构已不在库"),
        (bids[3].agency, own, left_out + "资质已不在有效期"),
        (bids[4].agency, own, left_out + Bid.Exclusion.SHARED_REPRESENTATIVE.label),
        (bids[5].agency, own, left_out + Bid.Exclusion.SHARED_REPRESENTATIVE.label),
    ]
    assert [(one.organization, one.kind) for one in messages[6:]] == [
        (tender.buyer, "bidding/bids_opened"),
        (bids[6].agency, "bidding/bids_opened"),
    ]
    emails = Effect.objects.filter(kind="email").order_by("pk")
    assert [effect.payload["message"] for effect in emails] == [one.pk for one in messages]
    assert [effect.key for effect in emails] == [f"email:{one.slug}" for one in messages]


def test_the_evidence_names_a_decision_only_when_everybody_may_read_it() -> None:
    tender, bids = mixed_opening()

    evaluate_tender(tender=tender, at=OPENING)

    listed = json.loads(Selection.objects.get().evidence)["entrants"]
    found = {one["agency"]: (one["status"], one["reference"]) for one in listed}
    assert [found[bid.agency.slug] for bid in bids] == [
        ("ended", PUBLISHED),
        ("excluded", "unpublished"),
        ("excluded", "not_admitted"),
        ("excluded", "not_qualified"),
        ("excluded", "shared_representative"),
        ("excluded", "shared_representative"),
        ("standing", None),
    ]


def test_a_sanction_leaves_one_row_of_each_kind_for_each_bid() -> None:
    agency, person = bidder(), UserFactory()
    party(agency, "agency_manager", user=person)
    bids = [BidFactory(tender=TenderFactory(active=True), agency=agency) for _place in range(3)]
    case = CaseFactory(stated=True, organization=agency, rulebook=bids[0].tender.rulebook)

    decide_case(case=case, reasons="事实清楚。", by=UserFactory(), at=NOON)

    restriction = Restriction.objects.get()
    number = {"reference": restriction.case.decision_number}
    trail = AuditEntry.objects.filter(is_sealed=True).order_by("pk")
    assert [(one.verb, one.target_id, one.data) for one in trail] == [
        ("bid.ended", str(bid.pk), number) for bid in bids
    ]
    told = Message.objects.filter(kind="bidding/bid_ended").order_by("pk")
    assert [(one.user, one.url) for one in told] == [
        (person, f"/tenders/{bid.tender.code}/bid/") for bid in bids
    ]
    assert restriction.ended_bid_count == 3
    assert Entry.objects.filter(organization=agency).count() == 1


def test_a_bid_that_moved_meanwhile_is_not_written_over() -> None:
    bid = BidFactory()
    Bid.objects.filter(pk=bid.pk).update(status=Bid.Status.WITHDRAWN, withdrawn_at=NOON)

    with pytest.raises(ConcurrentTransition):
        settle_fates([Fate(bid, "not_admitted")], NOON)

    bid.refresh_from_db()
    assert (bid.status, bid.exclusion) == (Bid.Status.WITHDRAWN, "")
    assert not AuditEntry.objects.exists()
    assert not Message.objects.exists()


# --- What it costs --------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def _as_many_values_as_sqlite_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django cuts rows for SQLite by a limit of 999 values, which was raised to 32,766 in 2020."""
    if connection.vendor == "sqlite":
        monkeypatch.setattr(connection.features, "max_query_params", 32_766)


def statements(act: Callable[[], object]) -> int:
    """Count what an act sends; the savepoint stands for its transaction, inside the test's."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return sum("SAVEPOINT" not in query["sql"] for query in asked)


def opening_of(count: int) -> int:
    tender = TenderFactory(closed=True)
    party(tender.buyer, "buyer_manager")
    for bid in BidFactory.create_batch(count, tender=tender):
        party(bid.agency, "agency_manager")
    return statements(lambda: evaluate_tender(tender=tender, at=OPENING))


def sanction_of(count: int) -> int:
    agency = bidder()
    party(agency, "agency_manager")
    bids = [BidFactory(tender=TenderFactory(active=True), agency=agency) for _place in range(count)]
    case = CaseFactory(stated=True, organization=agency, rulebook=bids[0].tender.rulebook)
    by = UserFactory()
    return statements(lambda: decide_case(case=case, reasons="事实清楚。", by=by, at=NOON))


def test_an_opening_asks_as_much_for_two_hundred_bids_as_for_twenty() -> None:
    opening_of(1)  # what is read once in a process is read here

    assert (opening_of(20), opening_of(200)) == (OPENING_COSTS, OPENING_COSTS)
    assert Bid.objects.count() == 221


def test_an_opening_that_leaves_everybody_out_costs_little_more() -> None:
    opening_of(1)
    tender, _bids = mixed_opening()

    assert statements(lambda: evaluate_tender(tender=tender, at=OPENING)) == MIXED_COSTS


def test_a_sanction_asks_as_much_for_fifty_bids_as_for_five() -> None:
    sanction_of(1)  # what is read once in a process is read here

    assert sanction_of(5) == sanction_of(50) <= SANCTION_COSTS
    assert Bid.objects.filter(status=Bid.Status.ENDED).count() == 56


def test_an_opening_leaves_out_whom_one_controls_and_who_belongs_to_the_owner() -> None:
    tender = TenderFactory(closed=True)
    bids = BidFactory.create_batch(6, tender=tender)
    for number, bid in enumerate(bids):
        Organization.objects.filter(pk=bid.agency_id).update(legal_representative=f"人{number}")
    for bid in bids[:2]:
        TieFactory(holder_key="person:1", held_key=key_of(bid.agency))
    TieFactory(holder_key=key_of(tender.buyer), held_key=key_of(bids[2].agency))

    evaluate_tender(tender=tender, at=OPENING)

    assert [bid.exclusion for bid in Bid.objects.order_by("pk")] == [
        *["shared_control"] * 2,
        *("not_independent", "", "", ""),
    ]
