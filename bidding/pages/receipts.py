"""The receipts of an agency's own sealed bid: what came when, signed by the platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bidding.models import Bid, Offer
from bidding.sealing.keyring import platform_key
from bidding.sealing.receipts import Receipt


@dataclass(frozen=True)
class ReceiptRow:
    """A version of the bid with its receipt, signed anew each time to the same bytes."""

    version: int
    arrived_at: datetime
    content: dict[str, Any]


def receipts_of(bid: Bid) -> list[ReceiptRow]:
    """Return the receipt of each version of `bid`, the last one first."""
    return [
        ReceiptRow(offer.version, offer.offered_at, _receipt(bid, offer))
        for offer in bid.offers.all()
    ]


def _receipt(bid: Bid, offer: Offer) -> dict[str, Any]:
    return Receipt(
        tender_code=bid.tender.reference,
        agency=bid.agency.slug,
        uscc=bid.agency.uscc or "",
        version=offer.version,
        sealed=offer.sealed,
        arrived_at=offer.offered_at,
    ).signed(platform_key())


def public_key() -> str:
    """Return the key that receipts are held against, as pages and the verifier show it."""
    return platform_key().public_key().public_bytes_raw().hex()
