"""The bids for an order in words: what has become of each, and what the draw decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.guards.people import people_of
from bidding.models import (
    Award,
    Bid,
    BidQuerySet,
    Selection,
    Tender,
)
from bidding.pages.explanations import cost_words
from bidding.pages.low_quotes import low_words
from bidding.pages.names import AgencyName, agency_names
from bidding.pages.terms import as_quoted
from bidding.sealing.contents import SMALL
from bidding.selection.methods import method_of
from marketplace.identifiers import masked
from marketplace.kernel.statements import Statement, statement
from marketplace.models import Organization
from marketplace.web.moments import cn_date

Text = str | Promise
TIE = 2
WITHDRAWN, VOID, SEALED, LAPSED = (
    one.label
    for one in (Bid.Status.WITHDRAWN, Bid.Status.ENDED, Bid.Status.ACTIVE, Bid.Status.LAPSED)
)
AT_REST: Mapping[str, Text] = {Bid.Status.WITHDRAWN: WITHDRAWN, Bid.Status.LAPSED: LAPSED}
"""The words for bids that take no part and may be sent again."""
PROPOSED, OPENED = _("拟中选，等待登记"), _("已开启")
WON, LOST = _("已中选"), _("未中选")
OF_AWARD = {
    Award.Status.PENDING.value: _("拟中选，结果公示"),
    Award.Status.CANCELLED.value: _("中选已取消"),
}
"""The word for the chosen bid while nobody has been awarded, in step with that for the order."""


def standing_bids(tender: Tender) -> list[Bid]:
    """
    Return the bids of an opened order with the amount that counted, in its method's order.

    Before the opening the answer is empty, whoever asks; so it stays for an order that failed
    without being opened. Each bid has `tender` itself for its order, with what that has read.
    """
    if tender.evaluated_at is None:
        return []
    bids = _opened_by(*method_of(tender).bid_order)(tender.pk)
    return list(_of_round(bids, {tender.pk: tender}))


@cache
def _opened_by(*order: str) -> Statement[Any, Bid]:
    """Return the statement that reads the opened bids of one order in the order of a method."""

    def opened(order_key: int) -> QuerySet[Bid]:
        bids = _opened(Bid.objects.filter(tender=order_key))
        return bids.with_decision().order_by(*order)

    return statement(opened)


def opened_bids(tenders: Sequence[Tender]) -> Mapping[int, list[Bid]]:
    """
    Return the `standing_bids` of many orders by their keys, by credit code; one query for all.

    Who offered nothing in the end has the amount None.
    """
    by_order: dict[int, list[Bid]] = {one.pk: [] for one in tenders}
    orders = {one.pk: one for one in tenders}
    rows = _opened(Bid.objects.filter(tender__in=tenders)).order_by("agency__uscc")
    for bid in _of_round(rows, orders):
        by_order[bid.tender_id].append(bid)
    for key, bids in by_order.items():
        tender = orders[key]
        evidence = tender.selection.content if tender.selection else None
        _note_amounts(bids, method_of(tender).amounts(evidence) if evidence else None)
    return by_order


def _opened(bids: BidQuerySet) -> BidQuerySet:
    """Return those that were handed in and opened, with what is shown of them."""
    return bids.opened().handed_in().with_amount().select_related("agency")


def _of_round(bids: Iterable[Any], orders: Mapping[int, Tender]) -> Iterator[Bid]:
    """Yield the bids that count in the last round of their orders, each with its order."""
    for bid in bids:
        bid.tender = orders[bid.tender_id]
        if bid.tender.selection_round == 1 or _is_of_round(bid):
            yield bid


def _is_of_round(bid: Any) -> bool:
    """Tell whether a bid was made after the last promise, for what the order says since then."""
    made: bool = bid.offered_at >= bid.tender.seal.committed_at
    return made


def own_bid(tender: Tender, agency: Organization) -> Bid | None:
    """Return the bid of `agency` for `tender`, or None."""
    return _own_bid.one(tender.pk, agency.pk)


@statement
def _own_bid(order: int, agency: int) -> QuerySet[Bid]:
    rows = Bid.objects.filter(tender=order, agency=agency)
    return rows.with_decision().select_related("agency")


def bid_word(bid: Bid) -> Text:
    """
    Return what has become of a bid; until the result is registered, nobody has lost.

    The bids of an order that failed unopened stay sealed.
    """
    if bid.status != Bid.Status.ACTIVE:
        return AT_REST.get(bid.status, VOID)
    if bid.tender.evaluated_at is None:
        return SEALED
    award = getattr(bid.tender, "award", None)
    if award is not None:
        return OF_AWARD.get(award.status, WON) if is_chosen(bid) else LOST
    return PROPOSED if is_chosen(bid) else OPENED


@dataclass(frozen=True)
class BidEnd:
    """Why a bid took no part in the selection, as everybody may read it."""

    word: Text
    reason: Text
    addition: Text = ""


def bid_end(bid: Bid) -> BidEnd | None:
    """Return why `bid`, a row of `standing_bids`, took no part; None if it did."""
    reason = bid.void_reason
    if not reason:
        return None
    if getattr(bid, "is_end_secret", False):
        return BidEnd(VOID, _("原因不公开"))
    revoked_at = getattr(bid, "end_revoked_at", None)
    if revoked_at is None:
        return BidEnd(VOID, reason)
    revoked = gettext("该决定已于 %(at)s 撤销，报价仍为终止") % {"at": cn_date(revoked_at)}
    return BidEnd(VOID, reason, revoked)


@dataclass(frozen=True)
class Quote:
    """
    A bid in the table of an opened order.

    `quoted` is what was quoted where that is no amount, `lot` what the evidence says of it beyond
    its amount: the place that the draw gave it, or that it was set aside. `low` says how far it
    lies below the others where that is abnormal.
    """

    bid: Bid
    agency: AgencyName
    quoted: str
    lot: Text
    people: Sequence[Text] = ()
    """Whom it names, the numbers of their certificates masked."""
    low: Text = ""
    cost: Text = ""
    """What has come of the question what a low one costs."""

    @property
    def has_amount(self) -> bool:
        """Tell whether it offered anything; who signs up for a hall may stay silent in it."""
        return _amount(self.bid) is not None


def quotes(tender: Tender, at: datetime) -> list[Quote]:
    """
    Return the `standing_bids` with what the evidence says of each, in the order of the method.

    Equal amounts stand as the draw ranked them. Each names its agency as it stands at `at`.
    """
    bids = standing_bids(tender)
    names = agency_names([bid.agency for bid in bids], at)
    method, evidence = method_of(tender), _evidence(tender, bids)
    _note_amounts(bids, method.amounts(evidence) if evidence else None)
    said = method.said_of(evidence) if evidence else {}
    low = _low(tender, bids, at)
    cost = cost_words(tender) if low else {}
    places = {place["uscc"]: number for number, place in enumerate(evidence.get("ranking", ()))}
    last = len(places)
    if places:
        first = [_amount(bid) for bid in bids].index if method.lists_by_amount else None
        bids.sort(
            key=lambda bid: (
                first(_amount(bid)) if first else 0,
                places.get(bid.agency.uscc, last),
            )
        )
    return [
        Quote(
            bid,
            names[bid.agency_id],
            quoted=as_quoted(tender, _amount(bid)) if _amount(bid) is not None else "",
            lot=said.get(bid.agency.uscc or "", ""),
            people=[named(one) for one in people_of(getattr(bid, "more", None))],
            low=low.get(bid.agency.uscc or "", ""),
            cost=cost.get(bid.agency.uscc or "", ""),
        )
        for bid in bids
    ]


def _low(tender: Tender, bids: Sequence[Bid], at: datetime) -> Mapping[str, Text]:
    """Return what is said of the valid bids that are abnormally low, by credit code."""
    valid = {
        bid.agency.uscc or "": _amount(bid)
        for bid in bids
        if bid.status == Bid.Status.ACTIVE and _amount(bid) is not None
    }
    return low_words(tender, valid, at)


def named(person: Mapping[str, str]) -> str:
    """Return whom a bid names, as everybody may read it."""
    said = {**person, "number": masked(person["number"])}
    return gettext("%(name)s（%(profession)s %(number)s）") % said


def _note_amounts(bids: Sequence[Any], amounts: Mapping[str, Decimal] | None) -> None:
    """Put in the place of what each signed up with what it offered in the end, None if nothing."""
    if amounts is not None:
        for bid in bids:
            bid.amount = amounts.get(bid.agency.uscc)


def _evidence(tender: Tender, bids: Sequence[Bid]) -> Mapping[str, Any]:
    """Return the evidence where it says more than the amounts do; else none."""
    if tender.selection is None:
        return {}
    taking_part = Counter(_amount(bid) for bid in bids if bid.status == Bid.Status.ACTIVE)
    is_small = any((getattr(bid, "more", None) or {}).get(SMALL) for bid in bids)
    has_tie = max(taking_part.values(), default=0) >= TIE
    if method_of(tender).lists_by_amount and not has_tie and not is_small:
        return {}
    evidence: Mapping[str, Any] = tender.selection.content
    return evidence


def _amount(bid: Any) -> Decimal:
    """Return the last amount, which `with_amount` adds."""
    amount: Decimal = bid.amount
    return amount


def is_chosen(bid: Bid) -> bool:
    """Tell whether the selection chose this bid, also while the result awaits registration."""
    tender = bid.tender
    award = tender.award
    if award is not None:
        return award.bid_id == bid.pk
    selection: Selection | None = getattr(tender, "selection", None)
    if tender.status != Tender.Status.EVALUATED or selection is None:
        return False
    choice = tender.choice if selection.is_left_open else None
    return (
        choice.bid_id == bid.pk
        if choice
        else bid.agency.uscc == selection.leader(tender.award_place)
    )
