"""The one table of a case's states."""

from itertools import product

import pytest
from django_fsm import TransitionNotAllowed

from credit.models import Case
from marketplace.models import User
from tests.clock import NOON
from tests.factories.credit import CaseFactory

S = Case.Status
ALLOWED = {
    (S.FOUND, "notify"): S.NOTIFIED,
    (S.FOUND, "set_aside"): S.SET_ASIDE,
    (S.FOUND, "follow_list"): S.DECIDED,
    (S.NOTIFIED, "ask_hearing"): S.HEARING,
    (S.HEARING, "close_hearing"): S.STATED,
    (S.NOTIFIED, "hear"): S.STATED,
    (S.STATED, "decide"): S.DECIDED,
    (S.STATED, "dismiss"): S.DISMISSED,
    (S.DECIDED, "revoke"): S.REVOKED,
    (S.DECIDED, "end"): S.ENDED,
    (S.DECIDED, "repair"): S.REPAIRED,
    (S.REPAIRED, "revoke"): S.REVOKED,
    (S.ENDED, "revoke"): S.REVOKED,
}
BY = User(pk=7)
ARGS = {
    "notify": {"at": NOON, "by": BY},
    "set_aside": {"at": NOON, "by": BY, "reasons": "查无此事。"},
    "follow_list": {"at": NOON, "number": "D1", "reasons": "列入名单。"},
    "ask_hearing": {"statement": "没有串通，要求听证。"},
    "close_hearing": {"at": NOON},
    "repair": {"at": NOON},
    "hear": {"at": NOON, "statement": "没有串通。"},
    "decide": {"at": NOON, "by": BY, "number": "D1", "reasons": "事实清楚。"},
    "dismiss": {"at": NOON, "by": BY, "reasons": "证据不足。"},
    "revoke": {"at": NOON, "by": BY, "reasons": "事实有误。"},
    "end": {"at": NOON},
}
STAMPS = {
    "notify": {"notified_at": NOON, "opened_by": BY},
    "set_aside": {"closed_at": NOON, "handled_by": BY, "closing_reasons": "查无此事。"},
    "follow_list": {"decided_at": NOON, "decision_number": "D1", "decided_by": None},
    "ask_hearing": {"statement": "没有串通，要求听证。", "stated_at": None},
    "close_hearing": {"stated_at": NOON},
    "repair": {"closed_at": NOON},
    "hear": {"stated_at": NOON, "statement": "没有串通。"},
    "decide": {"decided_at": NOON, "decided_by": BY, "decision_number": "D1"},
    "dismiss": {"decided_at": NOON, "decided_by": BY, "closed_at": NOON},
    "revoke": {"closed_at": NOON, "revoked_by": BY, "closing_reasons": "事实有误。"},
    "end": {"closed_at": NOON},
}
VERBS = sorted(name for name, value in vars(Case).items() if hasattr(value, "_django_fsm"))


def test_every_verb_of_the_model_is_in_the_table():
    assert sorted(ARGS) == VERBS


@pytest.mark.parametrize(("status", "verb"), [*product(S, VERBS)])
def test_case_moves_only_as_the_table_says(status, verb):
    case = Case(status=status)
    move = getattr(case, verb)

    if target := ALLOWED.get((status, verb)):
        move(**ARGS[verb])
        assert case.status == target
        assert {name: getattr(case, name) for name in STAMPS[verb]} == STAMPS[verb]
    else:
        with pytest.raises(TransitionNotAllowed):
            move(**ARGS[verb])
        assert case.status == status


def test_the_status_cannot_be_set_by_hand():
    case = Case()

    with pytest.raises(AttributeError):
        case.status = S.DECIDED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "name"), [("notified", "statement_due_at"), ("stated", "decision_due_at")]
)
def test_the_deadline_that_runs_is_that_of_the_state(state, name):
    case = CaseFactory(**({} if state == "notified" else {state: True}))

    assert case.due_at == getattr(case, name) is not None
    assert case.is_open


@pytest.mark.django_db
def test_of_a_decided_case_no_deadline_runs():
    case = CaseFactory(decided=True)

    assert (case.due_at, case.is_open) == (None, False)
