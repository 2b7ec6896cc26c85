"""The clock's entry points: what becomes due in an order's life, each as of its own deadline."""

from __future__ import annotations

from datetime import datetime

from celery import shared_task

from bidding.actions import deadlines as kinds
from bidding.actions.awards import issue_award, record_unsigned
from bidding.actions.contracts import record_late
from bidding.actions.deadlines import disputes as of_disputes
from bidding.actions.deadlines import inspections as of_inspections
from bidding.actions.disputes import go_unanswered, lapse_dispute
from bidding.actions.explanations import lapse_explanation, lapse_judgement
from bidding.actions.inspections import draw_plan
from bidding.actions.panels import lapse_seat
from bidding.actions.payments import ask_about_payment
from bidding.actions.ratings import archive_contract, close_rating
from bidding.actions.reckoning import reckon
from bidding.actions.reminders import (
    remind_of_acceptance,
    remind_of_delivery,
    remind_of_rating,
    remind_of_registration,
    remind_of_signature,
)
from bidding.actions.tenders import close_tender, end_unchosen, evaluate_tender, open_hall
from bidding.models import Tender
from bidding.sealing.keyring import KeyMissing
from bidding.selection.evidence import EvidenceDoesNotHold
from bidding.selection.methods import method_of
from marketplace.kernel import clock
from marketplace.kernel.due import DueWork


def _open_bids(tender: Tender, end: datetime, now: datetime) -> None:
    """Open the bids as of `end`, or a hall from `now` on: nobody can quote in the past."""
    if method_of(tender).is_live:
        open_hall(tender=tender, at=now)
    else:
        evaluate_tender(tender=tender, at=end)


WORKS = (
    DueWork(
        kind=kinds.SIGN_UP,
        act=lambda tender, end, _now: close_tender(tender=tender, at=end),
        is_sealed=True,
    ),
    DueWork(
        kind=kinds.OPENING,
        act=_open_bids,
        is_sealed=True,
        telling=(EvidenceDoesNotHold, KeyMissing),
    ),
    DueWork(
        kind=kinds.HALL,
        act=lambda tender, end, _now: evaluate_tender(tender=tender, at=end),
        is_sealed=True,
        telling=(EvidenceDoesNotHold, KeyMissing),
    ),
    DueWork(
        kind=kinds.CHOICE,
        act=lambda tender, end, _now: end_unchosen(tender=tender, at=end),
    ),
    DueWork(
        kind=kinds.EXPLANATION,
        act=lambda explanation, end, _now: lapse_explanation(explanation=explanation, at=end),
    ),
    DueWork(
        kind=kinds.JUDGEMENT,
        act=lambda explanation, end, _now: lapse_judgement(explanation=explanation, at=end),
    ),
    DueWork(
        kind=kinds.REGISTRATION,
        act=lambda tender, end, _now: remind_of_registration(tender=tender, at=end),
        is_reminder=True,
    ),
    DueWork(
        kind=kinds.ANSWER,
        act=lambda seat, end, _now: lapse_seat(seat=seat, at=end),
    ),
    DueWork(
        kind=kinds.SHEET,
        act=lambda seat, end, _now: lapse_seat(seat=seat, at=end),
    ),
    DueWork(
        kind=kinds.PUBLICITY,
        act=lambda award, end, _now: issue_award(award=award, at=end),
    ),
    DueWork(
        kind=kinds.SIGNATURE,
        remind=lambda award, at: remind_of_signature(award=award, at=at),
        act=lambda award, end, _now: record_unsigned(award=award, at=end),
    ),
    DueWork(
        kind=kinds.SERVICE,
        remind=lambda contract, at: remind_of_delivery(contract=contract, at=at),
    ),
    DueWork(
        kind=kinds.TOLERANCE,
        act=lambda contract, end, _now: record_late(contract=contract, at=end),
    ),
    DueWork(
        kind=kinds.ACCEPTANCE,
        act=lambda contract, end, _now: remind_of_acceptance(contract=contract, at=end),
    ),
    DueWork(
        kind=kinds.PAYMENT,
        act=lambda contract, end, _now: ask_about_payment(contract=contract, at=end),
        is_reminder=True,
    ),
    DueWork(
        kind=kinds.RATING,
        remind=lambda contract, at: remind_of_rating(contract=contract, at=at),
        act=lambda contract, end, _now: close_rating(contract=contract, at=end),
    ),
    DueWork(kind=kinds.AMENDMENT),
    DueWork(kind=kinds.AGENCY_AMENDMENT),
    DueWork(
        kind=kinds.ARCHIVE,
        act=lambda contract, end, _now: archive_contract(contract=contract, at=end),
    ),
    DueWork(kind=of_disputes.CHECK),
    DueWork(
        kind=of_disputes.ANSWER,
        act=lambda dispute, end, _now: go_unanswered(dispute=dispute, at=end),
    ),
    DueWork(
        kind=of_disputes.ESCALATION,
        act=lambda dispute, end, _now: lapse_dispute(dispute=dispute, at=end),
    ),
    DueWork(kind=of_disputes.DECISION),
    DueWork(kind=of_disputes.REPORT),
    DueWork(
        kind=of_inspections.DRAW,
        act=lambda plan, end, _now: draw_plan(plan=plan, at=end),
        telling=(KeyMissing,),
    ),
    DueWork(kind=of_inspections.RESULT),
)


def due_work() -> tuple[DueWork, ...]:
    """Return what is done about bidding's deadlines, in the order of an order's life."""
    return WORKS


@shared_task
def reckon_figures() -> None:
    """Count the figures of the public pages anew, as of now."""
    reckon(at=clock.now())
