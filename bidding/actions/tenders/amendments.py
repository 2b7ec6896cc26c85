"""The buyer changes an order that takes bids, for all to read; what matters begins it anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from bidding import links
from bidding.actions.deadlines import OPENING, SIGN_UP
from bidding.actions.telling import Notice, tell, tell_all, tell_operators
from bidding.actions.tenders.drafts import UnknownField
from bidding.actions.tenders.entries import sealed
from bidding.actions.tenders.publication import lock_with_parties, promise_seed, told_of
from bidding.guards.amendments import (
    AMENDABLE,
    Amended,
    amendment_verdicts,
    as_amended,
    may_amend,
)
from bidding.guards.versions import order_as_seen
from bidding.models import Amendment, Bid, Tender
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record, record_all
from marketplace.kernel.verdicts import require
from marketplace.models import User


@transaction.atomic
def amend_tender(
    *,
    tender: Tender,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    demo_seed: bytes | None = None,
    **fields: Any,
) -> Amendment:
    """
    Change `fields` of an order that takes bids; old and new stay public side by side.

    A material amendment begins the selection anew: another seed is promised, the sign-up runs from
    now on, and every bid lapses, for it was made for what the order said before. Each bidder is
    told whether its bid still stands. Bids that arrive meanwhile wait for the lock, and are then of
    another version.

    Raises:
        UnknownField: a field cannot be amended.
        Refused: a guard in `may_amend` or `amendment_verdicts` does not hold.
        SeedForeseen: a seed is given where DEMO is off.
    """
    if unknown := fields.keys() - AMENDABLE:
        raise UnknownField(", ".join(sorted(unknown)))
    tender = lock_with_parties(tender)
    require(*order_as_seen(tender, seen), *may_amend(tender, at))
    amended = as_amended(tender, fields, at)
    require(*amendment_verdicts(amended, reasons, at))
    tender = amended.tender
    promise = _begin_anew(tender, at, demo_seed) if amended.is_material else {}
    tender.save()
    amendment = _keep(amended, reasons.strip(), by=by, at=at)
    if amended.is_material:
        _let_lapse(tender, at)
    record(
        by=by,
        verb="tender.amended",
        target=tender,
        at=at,
        organization=tender.buyer,
        is_material=amended.is_material,
        number=amendment.number,
        fields=[change.field for change in amended.changes],
        tender_period_end=tender.tender_period_end and tender.tender_period_end.isoformat(),
        **promise,
    )
    _tell(amendment, at)
    return amendment


def _begin_anew(tender: Tender, at: datetime, demo_seed: bytes | None) -> dict[str, Any]:
    """Begin another round of the selection, and return what the trail keeps of its promise."""
    tender.selection_round += 1
    vars(tender).pop("seal", None)  # that of the round before
    seal = promise_seed(tender, at, demo_seed)
    for kind in (SIGN_UP, OPENING):
        deadlines.start(kind, tender, at)
    return told_of(tender, seal)


def _keep(amended: Amended, reasons: str, *, by: User, at: datetime) -> Amendment:
    tender = amended.tender
    return Amendment.objects.create(
        tender=tender,
        number=Amendment.objects.of(tender).count() + 1,
        is_material=amended.is_material,
        round=tender.selection_round,
        changes=[change.as_json() for change in amended.changes],
        reasons=reasons,
        made_at=at,
        made_by=by,
    )


def _let_lapse(tender: Tender, at: datetime) -> None:
    """Let every standing bid of a locked order lapse; who bids is still nobody's business."""
    bids = list(Bid.objects.filter(tender=tender).standing().lock_all().select_related("agency"))
    trail = []
    for bid in bids:
        bid.lapse(at=at)
        trail.append(sealed("bid.lapsed", bid, Bid.Status.ACTIVE, at))
    if bids:
        Bid.objects.save_moved(bids)
        record_all(trail)


# --- Who is told ----------------------------------------------------------------------------------
def _tell(amendment: Amendment, at: datetime) -> None:
    """Tell each bidder what became of its bid; owner, officers and who is named of the order."""
    tender = amendment.tender
    waiting = Bid.objects.filter(tender=tender, status__in=[Bid.Status.ACTIVE, Bid.Status.LAPSED])
    bids = list(waiting.select_related("agency").order_by("agency"))
    tell_all([_notice(amendment, bid) for bid in bids], at)
    told: dict[str, Any] = {"kind": "bidding/tender_amended", "amendment": amendment, "at": at}
    url = links.to_tender(tender)
    tell(organization=tender.buyer, tender=tender, url=url, **told)
    named = tender.named_agency
    if named is not None and named.pk not in {bid.agency_id for bid in bids}:
        tell(organization=named, tender=tender, url=url, **told)
    tell_operators(tender, **told)


def _notice(amendment: Amendment, bid: Bid) -> Notice:
    stands = bid.status == Bid.Status.ACTIVE
    return Notice(
        organization=bid.agency,
        tender=amendment.tender,
        kind="bidding/bid_stands" if stands else "bidding/bid_lapsed",
        url=links.to_bid(amendment.tender),
        context={"amendment": amendment},
    )
