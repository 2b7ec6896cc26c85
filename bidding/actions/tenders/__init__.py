"""The acts on an order: draft, review, publication, opening, registration, end."""

from bidding.actions.tenders.amendments import amend_tender
from bidding.actions.tenders.drafts import (
    UnknownField,
    change_tender,
    choose_item,
    copy_tender,
    delete_tender,
    draft_tender,
    keep_typed,
    planned_tender,
    rerun_tender,
    submit_tender,
    take_back_tender,
)
from bidding.actions.tenders.endings import cancel_tender, end_unchosen
from bidding.actions.tenders.opening import close_tender, evaluate_tender, open_hall
from bidding.actions.tenders.publication import approve_tender, publish_tender, return_tender
from bidding.actions.tenders.registration import register_selection

__all__ = [
    "UnknownField",
    "amend_tender",
    "approve_tender",
    "cancel_tender",
    "change_tender",
    "choose_item",
    "close_tender",
    "copy_tender",
    "delete_tender",
    "draft_tender",
    "end_unchosen",
    "evaluate_tender",
    "keep_typed",
    "open_hall",
    "planned_tender",
    "publish_tender",
    "register_selection",
    "rerun_tender",
    "return_tender",
    "submit_tender",
    "take_back_tender",
]
