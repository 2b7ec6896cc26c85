"""Keep the keys that wrap the offices' shares: rotate one, and say which are missing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding.actions.sealing import keep_seed, kept_seed, rewrapped
from bidding.guards.openings import SCHEDULE
from bidding.models import InspectionPlan, InspectionPlanQuerySet, KeyShare, Tender
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
    known = _keys_in_use(holder)
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
        plans = list(_kept_by(holder).select_for_update())
        for plan in plans:
            keep_seed(plan, kept_seed(plan))
        InspectionPlan.objects.bulk_update(plans, ["seed_key", "sealed_seed"])
    keyring().forget(holder, known - _keys_in_use(holder))
    return len(rows)


def _kept_by(holder: str) -> InspectionPlanQuerySet:
    """Return the plans of inspections whose seeds `holder` keeps: the schedule, until the draw."""
    plans = InspectionPlan.objects.filter(status=InspectionPlan.Status.PUBLISHED).order_by("pk")
    return plans if holder == SCHEDULE else plans.none()


def _keys_in_use(holder: str) -> set[str]:
    shares = KeyShare.objects.filter(holder=holder).values_list("key", flat=True)
    return {*shares, *_kept_by(holder).values_list("seed_key", flat=True)}


def missing_keys() -> list[Text]:
    """Return which holders' keys are not there, of orders that are sealed and not opened yet."""
    waiting = KeyShare.objects.filter(order_key__tender__status__in=SEALED)
    asked = waiting.order_by("holder", "key").values_list("holder", "key").distinct()
    seeds = _kept_by(SCHEDULE).values_list("seed_key", flat=True)
    needed = sorted({*asked, *((SCHEDULE, key) for key in seeds)})
    return [f"{holder}:{key}" for holder, key in needed if not keyring().has(holder, key)]
