"""What the experts of a panel do: answer, give way, and score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from bidding.actions.deadlines import ANSWER, SHEET
from bidding.actions.deadlines.panels import lock_seat
from bidding.actions.panel_results import decide_by_sheets
from bidding.actions.seats import tell_expert, vacate_seat
from bidding.actions.tenders.panels import fill_seats
from bidding.guards.panels import (
    comment_says_why,
    every_score_is_given,
    may_answer,
    may_bar,
    may_decline,
    may_lapse,
    may_score,
    no_interest_is_declared,
    withdrawal_has_reasons,
)
from bidding.guards.versions import version_of_seat
from bidding.models import PanelSeat, Selection, Tender
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User
from marketplace.web.versions import as_seen


# --- Answers --------------------------------------------------------------------------------------
@transaction.atomic
def accept_seat(
    *, seat: PanelSeat, is_free: bool, by: User, at: datetime, seen: str | None = None
) -> PanelSeat:
    """
    Take the seat; `is_free` is the expert's word that no interest stands in the way.

    Raises:
        Refused: a guard in `may_answer` does not hold, or an interest is not ruled out.
    """
    seat = _locked(seat)
    require(*as_seen(version_of_seat(seat), seen), *may_answer(seat, at))
    require(no_interest_is_declared(is_free))
    before = seat.status
    seat.accept(at=at)
    seat.save()
    deadlines.stop(ANSWER, seat, at)
    deadlines.start(SHEET, seat, at)
    record(by=by, verb="panel.accepted", target=seat, at=at, is_sealed=True, before=before)
    return seat


@transaction.atomic
def decline_seat(
    *, seat: PanelSeat, reasons: str, by: User, at: datetime, seen: str | None = None
) -> PanelSeat:
    """
    Give the seat to the next in the draw, before the sheet is handed in.

    Raises:
        Refused: a guard in `may_decline` does not hold, or no reason is given.
    """
    seat = _locked(seat)
    require(*as_seen(version_of_seat(seat), seen), *may_decline(seat))
    require(withdrawal_has_reasons(reasons))
    vacate_seat(seat, at, "decline", by=by, reasons=reasons.strip())
    fill_seats(seat.tender, at)
    return seat


@transaction.atomic
def bar_seat(
    *, seat: PanelSeat, reasons: str, by: User, at: datetime, seen: str | None = None
) -> PanelSeat:
    """
    Give a seat to the next in the draw because its expert has an interest, as an officer found.

    A sheet that was handed in falls with it.

    Raises:
        Refused: a guard in `may_bar` does not hold, or no reason is given.
    """
    seat = _locked(seat)
    require(*as_seen(version_of_seat(seat), seen), *may_bar(seat))
    require(withdrawal_has_reasons(reasons))
    vacate_seat(seat, at, "bar", by=by, reasons=reasons.strip())
    tell_expert(seat, "bidding/panel_barred", at)
    fill_seats(seat.tender, at)
    return seat


@transaction.atomic
def lapse_seat(*, seat: PanelSeat, at: datetime) -> PanelSeat:
    """
    Give a seat to the next in the draw whose expert has not answered, or not scored; `at` is then.

    Raises:
        Refused: the expert has acted by now, or the order has ended or stands still.
    """
    seat = _locked(seat)
    require(*may_lapse(seat))
    vacate_seat(seat, at, "lapse")
    tell_expert(seat, "bidding/panel_lapsed", at)
    fill_seats(seat.tender, at)
    return seat


def _locked(seat: PanelSeat) -> PanelSeat:
    locked = lock_seat(seat)
    locked.tender = Tender.objects.get(pk=seat.tender_id)
    return locked


# --- Sheets ---------------------------------------------------------------------------------------
Draft = Mapping[str, Sequence[int | None]]


@transaction.atomic
def keep_sheet(
    *,
    seat: PanelSeat,
    points: Draft,
    comment: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> PanelSeat:
    """
    Keep what an expert has filled in so far; nobody else reads a draft.

    Raises:
        Refused: a guard in `may_score` does not hold.
    """
    seat = _locked(seat)
    require(*as_seen(version_of_seat(seat), seen), *may_score(seat, at))
    seat.points, seat.comment = _as_kept(points), comment.strip()
    seat.save()
    record(by=by, verb="panel.sheet_kept", target=seat, at=at, is_sealed=True)
    return seat


@transaction.atomic
def submit_sheet(
    *,
    seat: PanelSeat,
    points: Draft,
    comment: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> PanelSeat:
    """
    Hand a sheet in, for good; with the last one the scores are published and the order decided.

    Raises:
        Refused: a guard in `may_score` does not hold, a score is missing, or the comment says
            nothing.
    """
    seat = _locked(seat)
    require(*as_seen(version_of_seat(seat), seen), *may_score(seat, at))
    selection = Selection.objects.current().get(tender=seat.tender)
    require(every_score_is_given(selection.content, points), comment_says_why(comment))
    before = seat.status
    seat.points, seat.comment = _as_kept(points), comment.strip()
    seat.submit(at=at)
    seat.save()
    deadlines.stop(SHEET, seat, at)
    record(by=by, verb="panel.scored", target=seat, at=at, is_sealed=True, before=before)
    decide_by_sheets(seat.tender, at)
    return seat


def _as_kept(points: Draft) -> dict[str, list[int | None]]:
    return {uscc: list(given) for uscc, given in points.items()}
