"""For each invariant one row of the demo province that breaks it, as no act of ours would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, models
from django.db.models import F

from bidding.models import (
    Award,
    Bid,
    BidList,
    ConductFact,
    Contract,
    Hall,
    KeyShare,
    Offer,
    OpenedOffer,
    OrderKey,
    SealReveal,
    Seat,
    Selection,
    Suspension,
    Tender,
)
from bidding.selection.methods import METHODS
from credit.models import Case, CreditScheme, Entry, Finding, Restriction
from marketplace.kernel.models import AuditEntry, Deadline, Effect
from marketplace.models import Document, Message
from tests.clock import NOON

YESTERDAY = NOON - timedelta(days=1)
OTHER = "0" * 64
RECEIPTS = {method.receipt for method in METHODS.values()}
Rows = models.QuerySet[Any]


def one(rows: Rows) -> Rows:
    """Return the first of these rows, to be changed by itself; there must be one."""
    first = rows.order_by("pk").first()
    assert first is not None, rows.query
    return rows.model._base_manager.filter(pk=first.pk)


def change(rows: Rows, **values: Any) -> None:
    """Change one of these rows behind the back of its state machine."""
    assert one(rows).update(**values) == 1


def lose(rows: Rows) -> None:
    """Take one of these rows away."""
    found = one(rows)
    assert found._raw_delete(found.db) == 1


def deadline(kind: str, of: models.Model) -> Rows:
    """Return the deadline of a kind of one row."""
    return Deadline.objects.filter(kind=kind, object_id=of.pk)


def let_pass(kind: str, of: models.Model) -> None:
    """Let a deadline have run out a day ago, and nobody have looked at it since."""
    past = dict.fromkeys(("ends_at", "acts_at", "next_at"), YESTERDAY)
    runs = {"stopped_at": None, "suspended_at": None, "suspended_by": ""}
    change(deadline(kind, of), starts_at=YESTERDAY, **past, **runs)


def order(**fields: Any) -> Tender:
    """Return the first such order."""
    found: Tender = Tender.objects.filter(**fields).order_by("pk")[0]
    return found


def sealed_bid() -> Rows:
    """Return the standing bids of orders that take bids, with one offer each."""
    return Bid.objects.standing().filter(tender__status="active", offers__version=1)


def lasting() -> Rows:
    """Return the decisions that keep somebody from every class, and that nothing has ended."""
    return Restriction.objects.blocking().filter(lifted_at=None, ended_at=None)


def bind(agency: int, since: Any) -> None:
    """Let such a decision be on another agency, since another day."""
    bound = {"effective_from": since, "effective_to": NOON + timedelta(days=99)}
    change(lasting(), organization=agency, service_class=None, **bound)


def let_an_order_wait_for_its_opening() -> None:
    tender = order(status="active", ceiling__isnull=False, order_key__is_by_officers=False)
    change(Tender.objects.filter(pk=tender.pk), status="closed", closed_at=YESTERDAY)
    let_pass("tender.sign_up", tender)
    let_pass("tender.opening", tender)


def award_an_order_twice() -> None:
    award = Award.objects.exclude(status="cancelled").order_by("pk")[0]
    award.pk, award.place, award.letter_number = None, 99, "JX-99"
    award._state.adding = True
    award.save()


def seat_a_stranger() -> None:
    seat = Seat.objects.order_by("pk")[0]
    change(Seat.objects.all(), bid=Bid.objects.exclude(tender=seat.hall.tender)[0])


def decide_against_a_winner() -> None:
    award = Award.objects.order_by("pk")[0]
    bind(award.bid.agency_id, award.published_at - timedelta(days=1))


def correct_the_entry_of_another() -> None:
    entry = Entry.objects.filter(corrects=None).order_by("pk")[0]
    others = Entry.objects.exclude(organization=entry.organization).filter(corrected_by=None)
    change(Entry.objects.filter(pk=entry.pk), corrects=others[0])


def find_without_reckoning() -> None:
    entry = Entry.objects.order_by("pk")[0]
    Finding.objects.create(
        organization=entry.organization,
        entry=entry,
        scheme=CreditScheme.objects.all()[0],
        score=1,
        arithmetic={"base": "100", "score": "1", "lines": []},
        found_at=YESTERDAY,
    )


def forget_a_receipt() -> None:
    first = Message.objects.filter(kind__in=RECEIPTS).order_by("pk")[0]
    told = {"organization": first.organization, "created_at": first.created_at}
    Message.objects.filter(**told, kind=first.kind).update(kind="bidding/nothing")


def drop_a_constraint() -> None:
    with connection.cursor() as cursor:
        cursor.execute('DROP INDEX "tender_is_run_again_once"')


BREAKS: dict[str, Callable[[], object]] = {
    "row_has_the_deadlines_of_its_state": lambda: lose(
        deadline("tender.sign_up", order(status="active"))
    ),
    "deadline_is_looked_at_next_when_it_says": lambda: change(
        Deadline.objects.filter(next_at__isnull=False), next_at=None
    ),
    "effect_is_done": lambda: change(Effect.objects.filter(due_at__lt=NOON), done_at=None),
    "email_is_of_a_message": lambda: change(
        Effect.objects.filter(kind="email"), key="email:nobody"
    ),
    "trail_is_whole": lambda: change(AuditEntry.objects.all(), verb="nothing"),
    "state_is_what_the_trail_says": lambda: change(
        sealed_bid(), status="withdrawn", withdrawn_at=NOON
    ),
    "trigger_is_in_place": lambda: None,  # all are lifted
    "constraint_is_in_place": drop_a_constraint,
    "document_has_its_file": lambda: change(Document.objects.all(), file="gone"),
    "entry_has_the_points_of_its_rulebook": lambda: change(
        Entry.objects.filter(corrects=None), points=F("points") - 1
    ),
    "correction_is_of_the_same_fact": correct_the_entry_of_another,
    "finding_adds_up": find_without_reckoning,
    "decision_has_its_restriction": lambda: change(
        Restriction.objects.exclude(severity="minor"), severity="minor"
    ),
    "restriction_is_of_a_decision": lambda: change(
        Case.objects.filter(status="decided"), status="found"
    ),
    "restriction_ends_as_its_case": lambda: change(
        Restriction.objects.filter(case__status="decided"), lifted_at=NOON
    ),
    "restriction_that_is_over_is_marked": lambda: change(
        lasting(), effective_from=YESTERDAY - timedelta(days=1), effective_to=YESTERDAY
    ),
    "bid_has_an_offer": lambda: lose(Offer.objects.filter(bid__in=sealed_bid())),
    "offers_follow_each_other": lambda: change(Offer.objects.filter(version=1), version=9),
    "offer_came_in_time": lambda: change(
        Offer.objects.filter(version=1), offered_at=NOON + timedelta(days=999)
    ),
    "envelope_is_what_the_receipt_names": lambda: change(Offer.objects.all(), sealed=OTHER),
    "no_offer_is_lost": lambda: lose(Offer.objects.filter(bid__in=sealed_bid())),
    "offer_was_acknowledged": forget_a_receipt,
    "restricted_agency_has_no_standing_bid": lambda: bind(
        sealed_bid().order_by("pk")[0].agency_id, YESTERDAY
    ),
    "ended_bid_has_its_decision": lambda: change(
        Bid.objects.filter(status="ended"), end_reference="nothing"
    ),
    "decision_ended_what_it_counts": lambda: change(
        Restriction.objects.blocking(), ended_bid_count=F("ended_bid_count") + 1
    ),
    "order_key_is_vouched": lambda: change(Tender.objects.public(), sealing_key="a:b:c"),
    "promise_is_as_published": lambda: change(
        Tender.objects.filter(status="active"), commitment=OTHER
    ),
    "key_has_enough_shares": lambda: change(OrderKey.objects.all(), threshold=9),
    "share_can_be_unwrapped": lambda: change(
        KeyShare.objects.filter(order_key__tender__status="active"), key="gone"
    ),
    "shares_were_given_by_enough": lambda: change(
        OrderKey.objects.filter(tender__status="complete"), is_by_officers=True
    ),
    "nothing_is_open_before_its_opening": lambda: change(
        Tender.objects.filter(status="evaluated"), status="closed", evaluated_at=None
    ),
    "frozen_list_is_of_the_bids": lambda: change(BidList.objects.all(), sha256=OTHER),
    "sign_up_that_is_over_is_closed": lambda: let_pass("tender.sign_up", order(status="active")),
    "opening_that_waits_for_nobody_is_done": let_an_order_wait_for_its_opening,
    "opened_order_has_its_evidence": lambda: lose(SealReveal.objects.all()),
    "evidence_recomputes": lambda: change(Selection.objects.all(), sha256=OTHER),
    "evidence_lists_every_bid": lambda: change(OpenedOffer.objects.all(), amount=1),
    "hall_follows_from_its_quotes": lambda: change(
        Hall.objects.filter(quote_count__gt=0), quote_count=F("quote_count") + 1
    ),
    "seat_is_in_its_own_hall": seat_a_stranger,
    "hall_is_open_while_its_order_bids": lambda: change(
        Hall.objects.exclude(ended_at=None), ended_at=None
    ),
    "hall_ends_with_its_deadline": lambda: change(
        Deadline.objects.filter(kind="tender.hall"), ends_at=F("ends_at") + timedelta(seconds=1)
    ),
    "award_is_what_the_evidence_ranks": lambda: change(Award.objects.all(), amount=1),
    "award_is_of_a_standing_bid": lambda: change(
        Bid.objects.filter(awards__isnull=False),
        status="excluded",
        excluded_at=NOON,
        exclusion="not_admitted",
    ),
    "registered_order_has_its_award": lambda: change(
        Tender.objects.filter(status="complete"), award_place=9
    ),
    "order_has_one_award_that_stands": award_an_order_twice,
    "winner_was_unrestricted": decide_against_a_winner,
    "publicity_that_is_over_has_its_letter": lambda: let_pass(
        "award.publicity", Award.objects.filter(status="pending").order_by("pk")[0]
    ),
    "contract_is_as_awarded": lambda: change(Contract.objects.all(), amount=1),
    "fact_is_of_a_party": lambda: change(ConductFact.objects.all(), kind="nothing"),
    "suspended_order_stands_still": lambda: change(
        Suspension.objects.running(), until=F("since") + timedelta(days=99)
    ),
}
