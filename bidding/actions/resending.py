"""A form of a bid that is sent twice counts once: by its key and what it said."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from bidding.models import Bid, Tender
from marketplace.kernel.canonical import canonical_json, sha256_hex
from marketplace.kernel.models import AuditEntry
from marketplace.models import Organization

VERSION = "wszj-sent/1"


def fingerprint(key: UUID, amount: Decimal, people: Collection[str] = ()) -> str:
    """
    Return what the trail keeps of a form, so that the same one is known again.

    The key is chance and stored nowhere: without it nobody finds the amount by trying them all.
    """
    told = {"amount": f"{amount:f}", "key": key.hex, "people": sorted(people), "version": VERSION}
    return sha256_hex(canonical_json(told))


def stored_before(tender: Tender, agency: Organization, sent: str) -> Bid | None:
    """Return the standing bid of `agency` whose last offer came by the form `sent`, if it did."""
    bid = Bid.objects.own(tender, agency)
    if bid is None or bid.status != Bid.Status.ACTIVE or bid.last_offer is None:
        return None
    entries = AuditEntry.objects.filter(
        target_type=Bid._meta.label_lower, target_id=str(bid.pk), verb="bid.submitted"
    )
    told = entries.order_by("-pk").values_list("data", flat=True).first() or {}
    is_last = told.get("version") == bid.last_offer.version
    return bid if is_last and told.get("sent") == sent else None
