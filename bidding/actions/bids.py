"""The agency's part: sign up with a sealed amount, replace it, take it back, decline."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from bidding import links
from bidding.actions.outcomes import settle
from bidding.actions.standing import Moment, ask
from bidding.actions.telling import tell
from bidding.actions.tenders.endings import fail_tender
from bidding.actions.tenders.opening import end_sign_up, evaluate_tender
from bidding.guards.bids import (
    may_decline_order,
    may_offer,
    may_submit_bid,
    may_withdraw_bid,
    named_agency_has_not_declined,
    tender_takes_bids,
)
from bidding.guards.versions import version_of_bid
from bidding.models import Bid, Offer, Tender
from bidding.selection.methods import method_of
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import Refused, require
from marketplace.models import Organization, User
from marketplace.web.versions import as_seen


def submit_bid(
    *,
    tender: Tender,
    agency: Organization,
    amount: Decimal,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Bid:
    """
    Seal an amount for `agency`: the sign-up, a new amount, or the acceptance of a direct order.

    `at` is the arrival of the request, `seen` the version of order and bid that the page was made
    of: from a page opened before a withdrawal nobody signs up again. What credit answered is kept
    also when the bid is refused.
    A method that takes one answer only is closed and selected at once.

    Raises:
        Refused: a guard in `may_submit_bid` or `may_offer` does not hold.
    """
    return settle(_submit(tender, agency, amount, by=by, at=at, seen=seen))


@transaction.atomic
def _submit(
    tender: Tender,
    agency: Organization,
    amount: Decimal,
    *,
    by: User,
    at: datetime,
    seen: str | None,
) -> Bid | Refused:
    agency = Organization.objects.lock(agency.pk)
    tender = Tender.objects.lock(tender.pk)
    known = Bid.objects.filter(tender=tender, agency=agency).first()
    require(tender_takes_bids(tender, at), *as_seen(version_of_bid(tender, known), seen))
    check = ask(tender, agency, Moment.SIGN_UP, at)
    asked = *may_submit_bid(tender, agency, at, check), *may_offer(tender, amount)
    if failed := [verdict for verdict in asked if not verdict.holds]:
        return Refused(*failed)
    bid = _enter(tender, agency, by=by, at=at)
    offer = _offer(bid, amount, by=by, at=at)
    record(
        by=by,
        verb="bid.submitted",
        target=bid,
        at=at,
        organization=agency,
        is_sealed=True,
        version=offer.version,
    )
    _acknowledge(bid, offer, at)
    if method_of(tender).settles_on_entry:
        end_sign_up(tender, at)
        evaluate_tender(tender=tender, at=at)
    return bid


def _enter(tender: Tender, agency: Organization, *, by: User, at: datetime) -> Bid:
    """Return the standing bid of `agency`: a new one, the one it has, or the one it took back."""
    bid = Bid.objects.filter(tender=tender, agency=agency).first()
    if bid is None:
        bid = Bid.objects.create(tender=tender, agency=agency, submitted_by=by, submitted_at=at)
    if bid.status == Bid.Status.WITHDRAWN:
        bid.resubmit(at=at, by=by)
        bid.save()
    return bid


def _offer(bid: Bid, amount: Decimal, *, by: User, at: datetime) -> Offer:
    latest = bid.offers.aggregate(version=Max("version"))["version"] or 0
    return Offer.objects.create(
        bid=bid, version=latest + 1, amount=amount, offered_at=at, offered_by=by
    )


def _acknowledge(bid: Bid, offer: Offer, at: datetime) -> None:
    """Tell the bidder, without the amount, that its bid is sealed."""
    tell(
        organization=bid.agency,
        kind="bidding/bid_sealed",
        at=at,
        url=links.to_bid(bid.tender),
        tender=bid.tender,
        version=offer.version,
    )


@transaction.atomic
def withdraw_bid(*, bid: Bid, by: User, at: datetime, seen: str | None = None) -> Bid:
    """
    Take a bid back; until the deadline it can be submitted again.

    Raises:
        Refused: a guard in `may_withdraw_bid` does not hold.
    """
    agency = Organization.objects.lock(bid.agency_id)
    tender = Tender.objects.lock(bid.tender_id)
    bid = Bid.objects.lock(bid.pk)
    require(*may_withdraw_bid(bid, at), *as_seen(version_of_bid(tender, bid), seen))
    before = bid.status
    bid.withdraw(at=at)
    bid.save()
    record(
        by=by,
        verb="bid.withdrawn",
        target=bid,
        at=at,
        organization=agency,
        before=before,
        is_sealed=True,
    )
    tell(
        organization=agency,
        kind="bidding/bid_withdrawn",
        at=at,
        url=links.to_bid(bid.tender),
        tender=bid.tender,
    )
    return bid


@transaction.atomic
def decline_order(
    *, tender: Tender, agency: Organization, by: User, at: datetime, seen: str | None = None
) -> Tender:
    """
    Say no to a direct order as the named agency; it fails at once.

    Raises:
        Refused: a guard in `may_decline_order` does not hold.
    """
    agency = Organization.objects.lock(agency.pk)
    tender = Tender.objects.lock(tender.pk)
    known = Bid.objects.filter(tender=tender, agency=agency).first()
    require(*may_decline_order(tender, agency, at), *as_seen(version_of_bid(tender, known), seen))
    record(by=by, verb="tender.declined", target=tender, at=at, organization=agency)
    end_sign_up(tender, at)
    fail_tender(tender, reasons=named_agency_has_not_declined().refusal, by=by, at=at)
    return tender
