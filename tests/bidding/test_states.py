"""Every machine of bidding moves only as its table says."""

from itertools import product

import pytest
from django_fsm import TransitionNotAllowed

from bidding.models import Award, Bid, Contract, Deliverable, Dispute, Explanation, Report, Tender
from marketplace.models import User
from tests.clock import NOON

T, B, A, C, D = Tender.Status, Bid.Status, Award.Status, Contract.Status, Deliverable.Status
Y, R, E = Dispute.Status, Report.Status, Explanation.Status
OFFICER = User(username="officer")

ALLOWED = {
    Tender: {
        (T.DRAFT, "submit"): T.SUBMITTED,
        (T.RETURNED, "submit"): T.SUBMITTED,
        (T.SUBMITTED, "take_back"): T.DRAFT,
        (T.SUBMITTED, "send_back"): T.RETURNED,
        (T.REVIEWED, "send_back"): T.RETURNED,
        (T.SUBMITTED, "approve"): T.REVIEWED,
        (T.REVIEWED, "publish"): T.ACTIVE,
        (T.ACTIVE, "close"): T.CLOSED,
        (T.CLOSED, "evaluate"): T.EVALUATED,
        (T.CLOSED, "open_hall"): T.BIDDING,
        (T.BIDDING, "evaluate"): T.EVALUATED,
        (T.BIDDING, "fail"): T.UNSUCCESSFUL,
        (T.EVALUATED, "register"): T.COMPLETE,
        (T.CLOSED, "fail"): T.UNSUCCESSFUL,
        (T.EVALUATED, "fail"): T.UNSUCCESSFUL,
        (T.DRAFT, "cancel"): T.CANCELLED,
        (T.SUBMITTED, "cancel"): T.CANCELLED,
        (T.RETURNED, "cancel"): T.CANCELLED,
        (T.REVIEWED, "cancel"): T.CANCELLED,
        (T.ACTIVE, "cancel"): T.CANCELLED,
        (T.EVALUATED, "cancel"): T.CANCELLED,
        (T.COMPLETE, "cancel"): T.CANCELLED,
    },
    Bid: {
        (B.ACTIVE, "withdraw"): B.WITHDRAWN,
        (B.WITHDRAWN, "resubmit"): B.ACTIVE,
        (B.ACTIVE, "lapse"): B.LAPSED,
        (B.LAPSED, "resubmit"): B.ACTIVE,
        (B.ACTIVE, "exclude"): B.EXCLUDED,
        (B.ACTIVE, "end"): B.ENDED,
    },
    Award: {
        (A.PENDING, "issue"): A.ACTIVE,
        (A.ACTIVE, "complete"): A.COMPLETE,
        (A.PENDING, "cancel"): A.CANCELLED,
        (A.ACTIVE, "cancel"): A.CANCELLED,
    },
    Contract: {
        (C.PENDING, "sign"): C.ACTIVE,
        (C.ACTIVE, "deliver"): C.DELIVERED,
        (C.DELIVERED, "send_back"): C.ACTIVE,
        (C.DELIVERED, "accept"): C.ACCEPTED,
        (C.ACCEPTED, "rate"): C.RATED,
        (C.RATED, "archive"): C.ARCHIVED,
        (C.PENDING, "terminate"): C.TERMINATED,
        (C.ACTIVE, "terminate"): C.TERMINATED,
    },
    Deliverable: {
        (D.SUBMITTED, "send_back"): D.RETURNED,
        (D.SUBMITTED, "accept"): D.ACCEPTED,
    },
    Dispute: {
        (Y.FILED, "accept"): Y.ANSWERING,
        (Y.FILED, "refuse"): Y.REFUSED,
        (Y.ANSWERING, "give_answer"): Y.ANSWERED,
        (Y.ANSWERING, "go_unanswered"): Y.ANSWERED,
        (Y.ANSWERED, "decide"): Y.DECIDED,
        (Y.ANSWERED, "close"): Y.CLOSED,
        (Y.DECIDED, "close"): Y.CLOSED,
        (Y.FILED, "withdraw"): Y.WITHDRAWN,
        (Y.ANSWERING, "withdraw"): Y.WITHDRAWN,
        (Y.ANSWERED, "withdraw"): Y.WITHDRAWN,
    },
    Explanation: {
        (E.ASKED, "give"): E.GIVEN,
        (E.ASKED, "go_silent"): E.SILENT,
        (E.ASKED, "drop"): E.DROPPED,
        (E.GIVEN, "accept"): E.ACCEPTED,
        (E.GIVEN, "refuse"): E.REFUSED,
        (E.GIVEN, "drop"): E.DROPPED,
    },
    Report: {
        (R.FILED, "give_answer"): R.ANSWERED,
        (R.FILED, "set_aside"): R.SET_ASIDE,
    },
}

AT, WHY = {"at": NOON}, {"at": NOON, "reasons": "理由"}
ARGUMENTS = {
    (Tender, "submit"): AT,
    (Tender, "take_back"): {},
    (Tender, "send_back"): {"reasons": "理由"},
    (Tender, "approve"): {"at": NOON, "by": OFFICER},
    (Tender, "publish"): {"at": NOON, "by": OFFICER},
    (Tender, "close"): AT,
    (Tender, "open_hall"): {},
    (Tender, "evaluate"): {"at": NOON},
    (Tender, "register"): {"at": NOON, "by": OFFICER},
    (Tender, "fail"): WHY,
    (Tender, "cancel"): WHY,
    (Bid, "withdraw"): AT,
    (Bid, "lapse"): AT,
    (Bid, "resubmit"): {"at": NOON, "by": OFFICER},
    (Bid, "exclude"): {"at": NOON, "exclusion": "not_admitted"},
    (Bid, "end"): {"at": NOON, "reference": "X"},
    (Award, "issue"): {"at": NOON, "letter_number": "L1"},
    (Award, "complete"): AT,
    (Award, "cancel"): WHY,
    (Contract, "sign"): {"at": NOON},
    (Contract, "deliver"): {"at": NOON},
    (Contract, "send_back"): {},
    (Contract, "accept"): {"at": NOON},
    (Contract, "rate"): {"at": NOON, "by_buyer": True},
    (Contract, "archive"): AT,
    (Contract, "terminate"): WHY,
    (Deliverable, "send_back"): {"at": NOON, "by": OFFICER, "reasons": "理由"},
    (Deliverable, "accept"): {"at": NOON, "by": OFFICER},
    (Dispute, "accept"): {"at": NOON, "by": OFFICER},
    (Dispute, "refuse"): {"at": NOON, "by": OFFICER, "reasons": "理由"},
    (Dispute, "give_answer"): {"at": NOON, "by": OFFICER, "answer": "答复"},
    (Dispute, "go_unanswered"): {},
    (Dispute, "decide"): {
        "at": NOON,
        "by": OFFICER,
        "is_upheld": True,
        "remedy": "none",
        "decision": "理由",
    },
    (Dispute, "close"): {"at": NOON, "note": "说明"},
    (Dispute, "withdraw"): AT,
    (Explanation, "give"): {"at": NOON, "by": OFFICER, "text": "说明"},
    (Explanation, "go_silent"): {"at": NOON, "is_set_aside": True},
    (Explanation, "drop"): AT,
    (Explanation, "accept"): {"at": NOON, "by": OFFICER, "reasons": "理由"},
    (Explanation, "refuse"): {"at": NOON, "by": OFFICER, "reasons": "理由"},
    (Report, "give_answer"): {"at": NOON, "by": OFFICER, "answer": "答复"},
    (Report, "set_aside"): {"at": NOON, "by": OFFICER, "answer": "理由"},
}


def verbs(model):
    return sorted({move.name for move in model().get_all_status_transitions()})


CASES = [
    (model, status, verb)
    for model in ALLOWED
    for status, verb in product(model.Status, verbs(model))
]


@pytest.mark.parametrize(("model", "status", "verb"), CASES)
def test_a_machine_moves_only_as_the_table_says(model, status, verb):
    row = model(status=status)
    move = getattr(row, verb)

    if target := ALLOWED[model].get((status, verb)):
        move(**ARGUMENTS[model, verb])
        assert row.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            move(**ARGUMENTS[model, verb])
        assert row.status == status


def test_the_tables_name_every_state_and_verb():
    assert len(CASES) == 11 * 11 + 5 * 5 + 4 * 3 + 7 * 7 + 3 * 2 + 7 * 7 + 6 * 5 + 3 * 2
    for model, table in ALLOWED.items():
        assert {verb for _status, verb in table} == set(verbs(model))


def test_nothing_leads_out_of_an_end():
    ends = {
        model: {status for status in model.Status if status not in {s for s, _verb in table}}
        for model, table in ALLOWED.items()
    }

    assert ends == {
        Tender: {T.UNSUCCESSFUL, T.CANCELLED},
        Bid: {B.ENDED, B.EXCLUDED},
        Award: {A.COMPLETE, A.CANCELLED},
        Contract: {C.ARCHIVED, C.TERMINATED},
        Deliverable: {D.RETURNED, D.ACCEPTED},
        Dispute: {Y.REFUSED, Y.CLOSED, Y.WITHDRAWN},
        Explanation: {E.ACCEPTED, E.REFUSED, E.SILENT, E.DROPPED},
        Report: {R.ANSWERED, R.SET_ASIDE},
    }
