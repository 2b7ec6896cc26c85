"""The page on which an agency bids, decided: what it has offered so far, and what it may do now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from bidding.models import Bid, Offer, Tender
from bidding.models.stages import SUSPENDED
from bidding.pages.amendments import standing_note
from bidding.pages.terms import as_quoted
from bidding.selection.methods import method_of
from marketplace.kernel.verdicts import Verdict
from marketplace.templatetags.ui_figures import money_in_full
from marketplace.web.components import Text
from marketplace.web.moments import cn_datetime


@dataclass(frozen=True)
class OfferRow:
    """One of the offers of an agency; only the last one stands, and it alone is ever opened."""

    amount: str
    title: str
    at: datetime
    stands: bool


@dataclass(frozen=True)
class OwnBid:
    """
    The agency's own bid; `ended` says why it takes no part, `revoked` that a decision fell.

    `note` says whether it stands after the order was amended.
    """

    offers: Sequence[OfferRow]
    ended: str
    note: Text
    revoked: str
    can_be_withdrawn: bool


@dataclass(frozen=True)
class BidPage:
    """What the page shows besides its form."""

    is_opened: bool
    shows_countdown: bool
    countdown_title: Text
    offer_title: Text
    is_possible: bool
    own: OwnBid | None


def bid_page(tender: Tender, bid: Bid | None, verdicts: Iterable[Verdict]) -> BidPage:
    """Return the page of `tender` for the agency whose bid, if any, is `bid`; two queries."""
    words, is_opened = method_of(tender).words, tender.is_opened
    stands = bid is not None and bid.status == Bid.Status.ACTIVE
    return BidPage(
        is_opened=is_opened,
        shows_countdown=not (is_opened or tender.is_suspended),
        countdown_title=_countdown_title(tender),
        offer_title=_("修改报价") if stands else words.offer_title,
        is_possible=all(verdict.holds for verdict in verdicts),
        own=_own(bid, stands=stands, is_opened=is_opened) if bid else None,
    )


def _countdown_title(tender: Tender) -> Text:
    if tender.is_suspended:
        return SUSPENDED
    return _("已经开启报价并选取") if tender.is_opened else method_of(tender).words.countdown


def _own(bid: Bid, *, stands: bool, is_opened: bool) -> OwnBid:
    offers = [
        _offer(bid.tender, offer, stands=stands and place == 0)
        for place, offer in enumerate(bid.offers.select_related("opened"))
    ]
    note = standing_note(bid, takes_bids=bid.tender.status == Tender.Status.ACTIVE)
    return OwnBid(offers, _ended(bid), note, _revoked(bid), stands and not is_opened)


def _offer(tender: Tender, offer: Offer, *, stands: bool) -> OfferRow:
    title = _("第 %(version)s 次报价") % {"version": offer.version}
    amount = offer.amount
    if amount is None:
        return OfferRow(_("已密封"), title, offer.offered_at, stands)
    quoted = as_quoted(tender, amount)
    if quoted and method_of(tender).published_amount(tender) is None:
        title = f"{title} · {quoted}"
    return OfferRow(money_in_full(amount), title, offer.offered_at, stands)


def _ended(bid: Bid) -> str:
    reason = bid.void_reason
    return _("这份报名已经失效，不能恢复。原因：%(reason)s") % {"reason": reason} if reason else ""


def _revoked(bid: Bid) -> str:
    """Say that the decision which ended the bid fell; `pages.bids.own_bid` adds when."""
    revoked_at = getattr(bid, "end_revoked_at", None)
    if not revoked_at or bid.status != Bid.Status.ENDED:
        return ""
    at = {"at": cn_datetime(revoked_at)}
    return _("该决定已于 %(at)s 撤销，报价仍为终止。") % at
