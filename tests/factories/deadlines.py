"""The deadlines of rows that factories make, in the state that the row's own status implies."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from bidding.models import (
    Award,
    Contract,
    Dispute,
    Explanation,
    Inspection,
    InspectionPlan,
    PanelSeat,
    Report,
    Tender,
)
from bidding.models.deadlines import (
    DisputeDeadline,
    InspectionDeadline,
    OrderDeadline,
    PanelDeadline,
)
from credit.models import Case, Repair, ReportedFact, Restriction, Review
from credit.models.deadlines import CreditDeadline
from marketplace.kernel.models import Deadline, DeadlineSubject
from marketplace.kernel.models.deadlines import KNOWN
from marketplace.models import Agency, ChangeProposal, PractitionerMove
from marketplace.models.deadlines import AdmissionDeadline, ChangeDeadline, MoveDeadline
from tests.factories.rows import RowFactory

GRACE = timedelta(seconds=60)
NO_GRACE = timedelta(0)
RUNS, RESTS, WAITS, STOPPED = "runs", "rests", "waits", "stopped"
P, Y = ChangeProposal.Status, Dispute.Status
A, T, W, C, S = Agency.Status, Tender.Status, Award.Status, Contract.Status, Case.Status

# For each attribute: the kind, what it counts from, the grace before the act, and how it stands in
# each state; in any other it is stopped.
ENDS: dict[type, dict[str, tuple[str, str, timedelta | None, dict[str, str]]]] = {
    Agency: {
        "check_due_at": (AdmissionDeadline.CHECK, "submitted_at", None, {A.SUBMITTED: RUNS}),
        "publicity_ends_at": (
            AdmissionDeadline.PUBLICITY,
            "checked_at",
            NO_GRACE,
            {A.PUBLICITY: RUNS},
        ),
    },
    ChangeProposal: {
        "check_due_at": (ChangeDeadline.CHECK, "submitted_at", None, {P.SUBMITTED: RUNS})
    },
    PractitionerMove: {
        "release_due_at": (
            MoveDeadline.RELEASE,
            "requested_at",
            None,
            {PractitionerMove.Status.REQUESTED: RUNS},
        ),
    },
    Case: {
        "check_due_at": (CreditDeadline.CHECK, "found_at", None, {S.FOUND: RUNS}),
        "appeal_due_at": (CreditDeadline.APPEAL, "decided_at", None, {S.DECIDED: RUNS}),
        "statement_due_at": (CreditDeadline.STATEMENT, "notified_at", GRACE, {S.NOTIFIED: RUNS}),
        "hearing_due_at": (CreditDeadline.HEARING, "notified_at", None, {S.HEARING: RUNS}),
        "decision_due_at": (CreditDeadline.DECISION, "stated_at", None, {S.STATED: RUNS}),
    },
    Tender: {
        "tender_period_end": (OrderDeadline.SIGN_UP, "published_at", GRACE, {T.ACTIVE: RUNS}),
        "opening_at": (
            OrderDeadline.OPENING,
            "published_at",
            NO_GRACE,
            {T.ACTIVE: RUNS, T.CLOSED: RUNS},
        ),
        "hall_ends_at": (OrderDeadline.HALL, "closed_at", NO_GRACE, {T.BIDDING: RUNS}),
        "choice_due_at": (OrderDeadline.CHOICE, "evaluated_at", GRACE, {T.EVALUATED: RUNS}),
        "register_due_at": (
            OrderDeadline.REGISTRATION,
            "evaluated_at",
            GRACE,
            {T.EVALUATED: RUNS},
        ),
    },
    Award: {
        "publicity_ends_at": (OrderDeadline.PUBLICITY, "published_at", NO_GRACE, {W.PENDING: RUNS}),
        "contract_due_at": (OrderDeadline.SIGNATURE, "awarded_at", GRACE, {W.ACTIVE: RUNS}),
    },
    Contract: {
        "service_due_at": (
            OrderDeadline.SERVICE,
            "signed_at",
            None,
            {C.ACTIVE: RUNS, C.DELIVERED: WAITS},
        ),
        "late_from": (
            OrderDeadline.TOLERANCE,
            "signed_at",
            GRACE,
            {C.ACTIVE: RUNS, C.DELIVERED: WAITS},
        ),
        "accept_due_at": (OrderDeadline.ACCEPTANCE, "delivered_at", GRACE, {C.DELIVERED: RUNS}),
        "pay_due_at": (
            OrderDeadline.PAYMENT,
            "accepted_at",
            NO_GRACE,
            dict.fromkeys((C.ACCEPTED, C.RATED, C.ARCHIVED), RUNS),
        ),
        "rating_due_at": (
            OrderDeadline.RATING,
            "accepted_at",
            GRACE,
            {C.ACCEPTED: RUNS, C.RATED: RESTS},
        ),
        "amend_until": (OrderDeadline.AMENDMENT, "rated_at", None, {C.RATED: RUNS}),
        "agency_amend_until": (
            OrderDeadline.AGENCY_AMENDMENT,
            "accepted_at",
            None,
            {C.ACCEPTED: RUNS, C.RATED: RUNS},
        ),
        "archive_at": (OrderDeadline.ARCHIVE, "rated_at", GRACE, {C.RATED: RUNS}),
    },
    PanelSeat: {
        "answer_due_at": (
            PanelDeadline.ANSWER,
            "invited_at",
            GRACE,
            {PanelSeat.Status.INVITED: RUNS},
        ),
        "sheet_due_at": (
            PanelDeadline.SHEET,
            "answered_at",
            GRACE,
            {PanelSeat.Status.ACCEPTED: RUNS},
        ),
    },
    ReportedFact: {
        "due_at": (
            CreditDeadline.JUDGMENT,
            "occurred_at",
            None,
            {ReportedFact.Status.REPORTED: RUNS},
        ),
    },
    Review: {"due_at": (CreditDeadline.REVIEW, "filed_at", None, {Review.Status.FILED: RUNS})},
    Repair: {"due_at": (CreditDeadline.REPAIR, "filed_at", None, {Repair.Status.FILED: RUNS})},
    Restriction: {},
    Dispute: {
        "check_due_at": (DisputeDeadline.CHECK, "filed_at", None, {Y.FILED: RUNS}),
        "answer_due_at": (DisputeDeadline.ANSWER, "checked_at", NO_GRACE, {Y.ANSWERING: RUNS}),
        "escalation_due_at": (
            DisputeDeadline.ESCALATION,
            "answered_at",
            NO_GRACE,
            {Y.ANSWERED: RUNS},
        ),
        "decision_due_at": (DisputeDeadline.DECISION, "answered_at", None, {Y.ANSWERED: RUNS}),
    },
    Explanation: {
        "due_at": (
            OrderDeadline.EXPLANATION,
            "asked_at",
            GRACE,
            {Explanation.Status.ASKED: RUNS},
        ),
        "judge_due_at": (
            OrderDeadline.JUDGEMENT,
            "given_at",
            GRACE,
            {Explanation.Status.GIVEN: RUNS},
        ),
    },
    InspectionPlan: {
        "draw_at": (
            InspectionDeadline.DRAW,
            "published_at",
            NO_GRACE,
            {InspectionPlan.Status.PUBLISHED: RUNS},
        ),
    },
    Inspection: {
        "due_at": (
            InspectionDeadline.RESULT,
            "created_at",
            None,
            {Inspection.Status.PLANNED: RUNS},
        ),
    },
    Report: {"due_at": (DisputeDeadline.REPORT, "filed_at", None, {Report.Status.FILED: RUNS})},
}
REMINDED = {OrderDeadline.SIGNATURE, OrderDeadline.SERVICE, OrderDeadline.RATING}
PROVISIONAL = {"is_end_provisional", "is_due_provisional", "is_register_due_provisional"}
PROVISIONAL |= {"is_amend_provisional"}
OTHERS = {*PROVISIONAL, "remind_at", "grace"}


class SubjectFactory(RowFactory[Any]):
    """Takes the ends of deadlines as if they were fields."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        told = _told(model_class, kwargs)
        # a commit between the two would be refused: the row's state needs its deadlines
        with transaction.atomic(savepoint=False):
            row = super()._create(model_class, *args, **kwargs)
            lay_deadlines(row, **told)
        return row

    @classmethod
    def _build(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        told = _told(model_class, kwargs)
        row = super()._build(model_class, *args, **kwargs)
        ends = [
            (ENDS[model_class][name][0], end) for name, end in told.items() if name not in OTHERS
        ]
        rows = [Deadline(kind=kind, ends_at=end) for kind, end in ends if end is not None]
        vars(row)[KNOWN] = rows
        return row


def _told(model: type, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {name: kwargs.pop(name) for name in (*ENDS[model], *OTHERS) if name in kwargs}


def lay_deadlines(row: DeadlineSubject, **told: Any) -> None:
    """Store the deadlines of a row; `told` are their ends, and what else there is to say."""
    grace = told.pop("grace", None)
    is_provisional = any(told.pop(name, False) for name in PROVISIONAL)
    remind_at = told.pop("remind_at", None)
    ends = {name: end for name, end in told.items() if end is not None}
    if isinstance(row, Contract) and row.rated_at and "archive_at" not in ends:
        ends["archive_at"] = max(
            ends[name]
            for name in ("rating_due_at", "amend_until", "agency_amend_until")
            if name in ends
        )
    for name, end in ends.items():
        kind, start, own_grace, states = ENDS[type(row)][name]
        state = states.get(row.status, STOPPED)
        if getattr(row, "overdue_recorded_at", None) or getattr(row, "late_recorded_at", None):
            state = {RUNS: RESTS}.get(state, state)
        wait = own_grace if grace is None or not own_grace else grace
        lay_deadline(
            row,
            kind,
            end,
            starts_at=min(getattr(row, start, None) or end, end),
            acts_at=end + wait if wait is not None and state in {RUNS, WAITS} else None,
            remind_at=remind_at if kind in REMINDED and state == RUNS else None,
            is_provisional=is_provisional and state != STOPPED and name != "archive_at",
            suspended_at=row.delivered_at if state == WAITS else None,
            suspended_by="check" if state == WAITS else "",
            stopped_at=end if state == STOPPED else None,
        )
    row.forget_deadlines()


def lay_deadline(row: DeadlineSubject, kind: str, end: datetime, **fields: Any) -> Deadline:
    """Store one deadline."""
    told = {"starts_at": end, **fields}
    deadline = Deadline(subject=row, kind=kind, ends_at=end, matter=_matter(row), **told)
    deadline.save()
    return deadline


def _matter(row: Any) -> str:
    match row:
        case Agency():
            return f"admission/{row.organization.slug}"
        case ChangeProposal():
            return _matter(row.agency)
        case Tender() | Case():
            return f"{row._meta.model_name}/{row.slug}"
        case Award() | Explanation() | PanelSeat():
            return _matter(row.tender)
        case Contract():
            return _matter(row.award)
    return ""


def move_deadline(row: DeadlineSubject, kind: str, **changed: Any) -> Deadline:
    """Change the stored deadline of a row, or store one."""
    found = row.deadlines.filter(kind=kind).first() or lay_deadline(row, kind, changed["ends_at"])
    for name, value in changed.items():
        setattr(found, name, value)
    found.save()
    row.forget_deadlines()
    return found
