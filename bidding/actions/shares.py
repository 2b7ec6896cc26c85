"""Keep the keys that wrap the offices' shares: rotate one, and say which are missing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding.actions.sealing import rewrapped
from bidding.models import KeyShare, Tender
from bidding.sealing.keyring import keyring
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import Text

SEALED = (Tender.Status.ACTIVE, Tender.Status.CLOSED, Tender.Status.BIDDING)


def rotate_key(holder: str, at: datetime) -> int:
    """
    Give `holder` a new key, wrap its shares anew and throw the older keys away; return how many.

    Shares of orders that were opened, or never will be, are wrapped anew as well: a later round
    is opened with them. The old keys go after the commit alone.

    Raises:
        KeyMissing: a share was wrapped with a key that is not there; nothing is changed.
    """
    known = set(KeyShare.objects.filter(holder=holder).values_list("key", flat=True))
    keyring().rotate(holder)
    with transaction.atomic():
        shares = KeyShare.objects.filter(holder=holder).select_for_update()
        rows = list(shares.select_related("order_key__tender").order_by("pk"))
        for share in rows:
            rewrapped(share)
            record(
                by=None,
                verb="tender.share_rewrapped",
                target=share.order_key.tender,
                at=at,
                holder=holder,
            )
        KeyShare.objects.bulk_update(rows, ["key", "wrapped"])
    used = set(KeyShare.objects.filter(holder=holder).values_list("key", flat=True))
    keyring().forget(holder, known - used)
    return len(rows)


def missing_keys() -> list[Text]:
    """Return which holders' keys are not there, of orders that are sealed and not opened yet."""
    waiting = KeyShare.objects.filter(order_key__tender__status__in=SEALED)
    asked = waiting.order_by("holder", "key").values_list("holder", "key").distinct()
    return [f"{holder}:{key}" for holder, key in asked if not keyring().has(holder, key)]
