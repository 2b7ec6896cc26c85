"""One word for an order's whole life, out of its three machines. Pure."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """What the reader is told; the Chinese words stand beside the models."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    OPEN = "open"
    AWAITING_SELECTION = "awaiting_selection"
    BIDDING = "bidding"
    SELECTING = "selecting"
    RESULT_PUBLICITY = "result_publicity"
    AWARDED = "awarded"
    AWAITING_SIGNATURE = "awaiting_signature"
    IN_SERVICE = "in_service"
    DELIVERED = "delivered"
    RETURNED_FOR_CORRECTION = "returned_for_correction"
    ACCEPTED = "accepted"
    RATED = "rated"
    CLOSED = "closed"
    UNSUCCESSFUL = "unsuccessful"
    CANCELLED = "cancelled"
    RERUN = "rerun"


class UnknownStatus(LookupError):
    """A status is not one that its machine knows."""


# The machines' own words: this module knows no model. A test holds them against the members.
TENDER = {
    "draft": Stage.DRAFT,
    "submitted": Stage.SUBMITTED,
    "returned": Stage.RETURNED,
    "reviewed": Stage.REVIEWED,
    "active": Stage.AWAITING_SELECTION,
    "closed": Stage.AWAITING_SELECTION,
    "bidding": Stage.BIDDING,
    "evaluated": Stage.SELECTING,
    "complete": Stage.RESULT_PUBLICITY,
    "unsuccessful": Stage.UNSUCCESSFUL,
    "cancelled": Stage.CANCELLED,
}
AWARD = {
    "pending": Stage.RESULT_PUBLICITY,
    "active": Stage.AWARDED,
    "complete": Stage.AWAITING_SIGNATURE,
    "cancelled": Stage.CANCELLED,
}
CONTRACT = {
    "pending": Stage.AWAITING_SIGNATURE,
    "active": Stage.IN_SERVICE,
    "delivered": Stage.DELIVERED,
    "accepted": Stage.ACCEPTED,
    "rated": Stage.RATED,
    "archived": Stage.CLOSED,
    "terminated": Stage.CANCELLED,
}
OVER = {Stage.UNSUCCESSFUL, Stage.CANCELLED}


def stage_of(
    tender_status: str,
    award_status: str | None = None,
    contract_status: str | None = None,
    *,
    takes_bids: bool = False,
    is_returned_for_correction: bool = False,
    is_rerun: bool = False,
) -> Stage:
    """
    Return the stage of an order; the machine that is furthest along speaks.

    `takes_bids`: an active order is before its deadline and anyone eligible may sign up.
    `is_returned_for_correction`: the last delivery went back. `is_rerun`: another order took over
    the need of this one, which counts only once this one has come to nothing.

    Raises:
        UnknownStatus: a status is not one that its machine knows.
    """
    stage = _furthest(tender_status, award_status, contract_status)
    if stage in OVER and is_rerun:
        return Stage.RERUN
    if tender_status == "active" and takes_bids:
        return Stage.OPEN
    if stage == Stage.IN_SERVICE and is_returned_for_correction:
        return Stage.RETURNED_FOR_CORRECTION
    return stage


def _furthest(tender: str, award: str | None, contract: str | None) -> Stage:
    """A failed or cancelled order is that, whatever had been awarded; so is a cancelled award."""
    found = [
        _known(stages, status)
        for stages, status in ((TENDER, tender), (AWARD, award), (CONTRACT, contract))
        if status is not None
    ]
    over = [stage for stage in found if stage in OVER]
    return over[0] if over else found[-1]


def _known(stages: dict[str, Stage], status: str) -> Stage:
    try:
        return stages[status]
    except KeyError:
        raise UnknownStatus(status) from None
