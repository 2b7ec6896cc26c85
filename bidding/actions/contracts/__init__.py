"""The acts on a contract, from its first text to the acceptance of its result."""

from bidding.actions.contracts.service import (
    accept_delivery,
    deliver,
    record_late,
    return_delivery,
)
from bidding.actions.contracts.signature import confirm_contract, reject_upload, upload_contract

__all__ = [
    "accept_delivery",
    "confirm_contract",
    "deliver",
    "record_late",
    "reject_upload",
    "return_delivery",
    "upload_contract",
]
