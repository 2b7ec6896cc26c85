"""The states of reported facts and corrections."""

import pytest
from django_fsm import TransitionNotAllowed

from credit.models import Correction, Entry, ReportedFact
from marketplace.models import User
from tests.clock import NOON

BY = {"at": NOON, "by": User(pk=7)}


@pytest.mark.parametrize("status", ReportedFact.Status)
def test_a_fact_is_judged_once(status):
    verbs = {
        "confirm": {**BY, "reasons": "x", "entry": Entry(pk=3)},
        "excuse": {**BY, "reasons": "x"},
    }
    for verb, given in verbs.items():
        fact = ReportedFact(status=status)
        if status == "reported":
            getattr(fact, verb)(**given)
            assert (fact.status, fact.entry_id) == {
                "confirm": ("confirmed", 3),
                "excuse": ("excused", None),
            }[verb]
        else:
            with pytest.raises(TransitionNotAllowed):
                getattr(fact, verb)(**given)


@pytest.mark.parametrize("status", Correction.Status)
def test_a_correction_is_settled_once(status):
    for verb, target in (("confirm", "confirmed"), ("decline", "declined")):
        correction = Correction(status=status)
        if status == "proposed":
            getattr(correction, verb)(**BY)
            assert (correction.status, correction.settled_at) == (target, NOON)
        else:
            with pytest.raises(TransitionNotAllowed):
                getattr(correction, verb)(**BY)
