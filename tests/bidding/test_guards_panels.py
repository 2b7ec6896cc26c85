"""May an expert answer, score, decline; may an officer give the seat to the next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bidding.guards.panels import (
    comment_says_why,
    every_score_is_given,
    may_answer,
    may_bar,
    may_decline,
    may_lapse,
    may_score,
)
from bidding.models import PanelSeat, Tender
from tests.bidding.openings import evidence_of
from tests.bidding.refusals import failing
from tests.factories.experts import ACCEPTED_AT, ANSWER_DUE, SHEET_DUE, SeatFactory, seated_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
AN_HOUR = timedelta(hours=1)
TRAITS = [status for status in PanelSeat.Status.values if status != "invited"]


def in_state(status: str) -> PanelSeat:
    seat: PanelSeat = SeatFactory(**({} if status == "invited" else {status: True}))
    return seat


@pytest.mark.parametrize("status", PanelSeat.Status.values)
def test_each_act_is_possible_in_its_states_alone(status: str) -> None:
    seat = in_state(status)

    possible = {
        name
        for name, asked in {
            "answer": may_answer(seat, ACCEPTED_AT),
            "score": may_score(seat, ACCEPTED_AT),
            "decline": may_decline(seat),
            "bar": may_bar(seat),
            "lapse": may_lapse(seat),
        }.items()
        if failing(*asked) == []
    }

    assert possible == {
        "invited": {"answer", "decline", "bar", "lapse"},
        "accepted": {"score", "decline", "bar", "lapse"},
        "scored": {"bar"},
    }.get(status, set())


def test_the_end_of_a_period_is_too_late() -> None:
    seat, scoring = in_state("invited"), in_state("accepted")

    assert failing(*may_answer(seat, ANSWER_DUE)) == ["answer_is_in_time"]
    assert failing(*may_answer(seat, ANSWER_DUE - AN_HOUR)) == []
    assert failing(*may_score(scoring, SHEET_DUE)) == ["sheet_is_in_time"]


def test_nobody_acts_once_the_order_has_ended() -> None:
    seat = in_state("invited")
    Tender.objects.filter(pk=seat.tender_id).update(
        status="cancelled", ended_at=ACCEPTED_AT, end_reasons="x"
    )
    seat = PanelSeat.objects.get(pk=seat.pk)

    assert failing(*may_answer(seat, ACCEPTED_AT)) == ["tender_awaits_a_choice"]
    assert failing(*may_bar(seat)) == ["tender_awaits_a_choice"]


def test_a_missing_score_is_named_and_a_short_comment_says_nothing() -> None:
    tender = seated_order()
    evidence = evidence_of(tender)
    first, second = (place["uscc"] for place in evidence["ranking"])

    verdict = every_score_is_given(evidence, {first: [1, 2], second: [3]})

    assert not verdict.holds
    assert verdict.refusal.endswith("“人员配备”")
    assert "“技术路线”" not in verdict.refusal
    assert every_score_is_given(evidence, {first: [0, 0], second: [100, 0]}).holds
    assert not comment_says_why("很好").holds
