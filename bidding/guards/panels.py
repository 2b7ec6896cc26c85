"""May an expert answer an invitation, score, or lose the seat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.guards.bids import tender_is_not_suspended
from bidding.guards.choices import nobody_is_chosen_yet, tender_awaits_a_choice
from bidding.models import PanelSeat
from bidding.models.panel import SITTING
from bidding.rules.methods import PANEL_ANSWER, PANEL_SCORE
from bidding.selection.scoring import bidders_of, template_of
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard

COMMENT_LEAST = 10
"""A comment of fewer characters says nothing of the plans."""


@guard(_("邀请已经答复或者已经失效"))
def seat_awaits_an_answer(seat: PanelSeat) -> bool:
    return seat.status == PanelSeat.Status.INVITED


@guard(_("答复期限已过，席位由下一名专家递补"), rule=PANEL_ANSWER.key)
def answer_is_in_time(seat: PanelSeat, at: datetime) -> bool:
    return seat.answer_due_at is not None and at < seat.answer_due_at


@guard(_("请先确认没有利害关系"), source=FORM)
def no_interest_is_declared(is_free: bool) -> bool:  # noqa: FBT001 - the expert's tick
    return is_free


@guard(_("这份评分已经提交，或者席位已经失效"))
def seat_is_scoring(seat: PanelSeat) -> bool:
    return seat.status == PanelSeat.Status.ACCEPTED


@guard(_("评分期限已过，席位由下一名专家递补"), rule=PANEL_SCORE.key)
def sheet_is_in_time(seat: PanelSeat, at: datetime) -> bool:
    return seat.sheet_due_at is not None and at < seat.sheet_due_at


@guard(_("还没有打分：%(missing)s"), source=FORM)
def every_score_is_given(evidence: Mapping[str, Any], points: Mapping[str, Any]) -> bool | Because:
    """Name each bidder and criterion that has no score, or one that is none."""
    names = {one["uscc"]: one["name"] for one in evidence["entrants"]}
    missing = [
        f"{names[bidder.uscc]}“{name}”"
        for bidder in bidders_of(evidence)
        for place, (name, _weight) in enumerate(template_of(evidence).criteria)
        if _point(points, bidder.uscc, place) is None
    ]
    return not missing or Because(missing="、".join(missing))


def _point(points: Mapping[str, Any], uscc: str, place: int) -> int | None:
    given = points.get(uscc, ())
    found: int | None = given[place] if place < len(given) else None
    return found


@guard(_("请写明评审意见，说明各方案得分高低的理由，不少于 %(least)s 个字"), source=FORM)
def comment_says_why(comment: str) -> bool | Because:
    return len(comment.strip()) >= COMMENT_LEAST or Because(least=COMMENT_LEAST)


@guard(_("请写明理由"), source=FORM)
def withdrawal_has_reasons(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("这个席位已经空出"))
def seat_is_taken(seat: PanelSeat) -> bool:
    return seat.status in SITTING


@guard(_("评分已经提交，不能再退出"))
def sheet_is_not_handed_in(seat: PanelSeat) -> bool:
    return seat.status != PanelSeat.Status.SCORED


def may_answer(seat: PanelSeat, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before an expert takes a seat."""
    asked = seat_awaits_an_answer(seat), tender_awaits_a_choice(seat.tender)
    if not all(verdict.holds for verdict in asked):
        return asked
    return *asked, tender_is_not_suspended(seat.tender), answer_is_in_time(seat, at)


def may_score(seat: PanelSeat, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before an expert keeps a draft, or hands the sheet in."""
    asked = seat_is_scoring(seat), tender_awaits_a_choice(seat.tender)
    if not all(verdict.holds for verdict in asked):
        return asked
    return *asked, tender_is_not_suspended(seat.tender), sheet_is_in_time(seat, at)


def may_decline(seat: PanelSeat) -> tuple[Verdict, ...]:
    """Ask what must hold before an expert gives the seat to the next."""
    return (
        seat_is_taken(seat),
        sheet_is_not_handed_in(seat),
        tender_awaits_a_choice(seat.tender),
        nobody_is_chosen_yet(seat.tender),
    )


@guard(_("席位不在待答复或者评分中"))
def seat_is_waited_for(seat: PanelSeat) -> bool:
    return seat.status in {PanelSeat.Status.INVITED, PanelSeat.Status.ACCEPTED}


def may_lapse(seat: PanelSeat) -> tuple[Verdict, ...]:
    """Ask what must hold before a seat goes on whose expert has let a deadline pass."""
    asked = seat_is_waited_for(seat), tender_awaits_a_choice(seat.tender)
    if not all(verdict.holds for verdict in asked):
        return asked
    return *asked, tender_is_not_suspended(seat.tender)


def may_bar(seat: PanelSeat) -> tuple[Verdict, ...]:
    """Ask what must hold before an officer gives a seat to the next because of an interest."""
    return (
        seat_is_taken(seat),
        tender_awaits_a_choice(seat.tender),
        nobody_is_chosen_yet(seat.tender),
    )
