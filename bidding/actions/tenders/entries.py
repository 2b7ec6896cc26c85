"""
Who takes part in an opening: bids are ended, left out and listed, all of them at once.

Each question is asked once for all bidders, and what becomes of them is written once, so that the
locks of an order are held as short with two hundred bids as with two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from bidding import links
from bidding.actions.requirements import ask_requirements
from bidding.actions.standing import Moment, ask_all, decisions_behind, unpublished
from bidding.actions.telling import Notice, tell_all
from bidding.guards.agencies import is_licensed, on_register
from bidding.guards.kin import dependent_among, ties_of
from bidding.guards.lots import full_agencies
from bidding.models import Bid, Offer, Tender
from bidding.sealing.contents import PLAN, SMALL
from bidding.selection.evidence_format import EXCLUDED, STANDING, UNPUBLISHED, Entrant
from bidding.selection.kinship import related
from marketplace.kernel.audit import entry as trail_entry
from marketplace.kernel.audit import record_all
from marketplace.kernel.declarations import Rules
from marketplace.kernel.models import AuditEntry
from marketplace.models import Organization
from marketplace.ownership import SAME_HEAD, bonds_among
from marketplace.ties import Ties, keys_of, limits_of, ties_around


@dataclass(frozen=True)
class Entry:
    """A bid with the offer that counts, sealed until the order is opened."""

    bid: Bid
    offer: Offer


@dataclass(frozen=True)
class Fate:
    """What becomes of a standing bid: `reason` is the decision that ends it, or an exclusion."""

    bid: Bid
    reason: str
    is_end: bool = False

    def befall(self, at: datetime) -> AuditEntry:
        """Move the bid, which is written later, and return what the trail says of it."""
        before = self.bid.status
        if self.is_end:
            self.bid.end(at=at, reference=self.reason)
            return sealed("bid.ended", self.bid, before, at, reference=self.reason)
        self.bid.exclude(at=at, exclusion=self.reason)
        return sealed("bid.excluded", self.bid, before, at, exclusion=self.reason)

    def notice(self) -> Notice:
        """Return what its agency is told."""
        return Notice(
            organization=self.bid.agency,
            tender=self.bid.tender,
            kind="bidding/bid_ended" if self.is_end else "bidding/bid_excluded",
            url=links.to_bid(self.bid.tender),
            context={"bid": self.bid},
        )


def sealed(verb: str, bid: Bid, before: str, at: datetime, **data: Any) -> AuditEntry:
    """Return an entry by the schedule about a bid; before the opening only the bidder sees it."""
    return trail_entry(
        by=None,
        verb=verb,
        target=bid,
        at=at,
        organization=bid.agency,
        before=before,
        is_sealed=True,
        **data,
    )


def entries_of(tender: Tender) -> list[Entry]:
    """
    Lock and return all bids that were not withdrawn, each with its latest offer.

    What was offered before the promise of this round, and not again since, was for another order.
    """
    bids = Bid.objects.filter(tender=tender).handed_in().lock_all()
    offers = Prefetch("offers", Offer.objects.order_by("-version"))
    found = [
        Entry(bid, bid.offers.all()[0])
        for bid in bids.select_related("agency").prefetch_related(offers)
    ]
    for entry in found:
        entry.bid.tender = tender
        entry.offer.bid = entry.bid
    return [entry for entry in found if entry.offer.offered_at >= tender.seal.committed_at]


def standing(entries: Iterable[Entry]) -> list[Bid]:
    """Return the bids that neither ended nor were left out."""
    return [entry.bid for entry in entries if entry.bid.status == Bid.Status.ACTIVE]


# --- What becomes of them -------------------------------------------------------------------------
def leave_out(tender: Tender, entries: Sequence[Entry], at: datetime) -> None:
    """Ask again about every standing bid; end or exclude those that may not take part."""
    bids = standing(entries)
    checks = ask_all(tender, [bid.agency for bid in bids], Moment.SELECTION, at)
    decisions = decisions_behind(checks.values())
    agencies = [bid.agency_id for bid in bids]
    exclusions = _exclusions(tender, agencies, at)
    settle_fates(
        [
            Fate(bid, decisions.get(bid.agency_id) or exclusions[bid.agency_id], is_end)
            for bid in bids
            if (is_end := bid.agency_id in decisions) or bid.agency_id in exclusions
        ],
        at,
    )


def _exclusions(tender: Tender, agencies: Collection[int], at: datetime) -> Mapping[int, str]:
    """Return why agencies by themselves cannot take part, of those that cannot."""
    register = on_register(agencies)
    asked = ask_requirements(tender, agencies, Moment.SELECTION, at)
    found = {pk: Bid.Exclusion.NOT_QUALIFIED for pk, answer in asked.items() if not answer.holds}
    full = full_agencies(tender)
    if full:
        codes = Organization.objects.filter(pk__in=agencies, uscc__in=full)
        found |= dict.fromkeys(codes.values_list("pk", flat=True), Bid.Exclusion.LOTS_WON)
    over = [pk for pk, until in register.items() if not is_licensed(until, at)]
    outside = [pk for pk in agencies if pk not in register]
    found |= dict.fromkeys(over, Bid.Exclusion.LICENCE_OVER)
    return found | dict.fromkeys(outside, Bid.Exclusion.NOT_ADMITTED)


def related_among(
    tender: Tender, entries: Sequence[Entry], behind: Ties, rules: Rules
) -> dict[int, str]:
    """
    Return why a bid is not to stand whose agency belongs to another bidder, by the bid.

    The owner and the department that decides count as well: their own units do not serve them.
    """
    agencies = {entry.bid.agency_id: entry.bid.agency for entry in entries}
    limits, represented = limits_of(rules), ties_of(agencies.values(), behind)
    bonds = bonds_among(behind.edges, keys_of(agencies.values()), limits)
    heads = related(represented)
    tied = {pk for pair, bond in bonds.items() if bond.kind != SAME_HEAD for pk in pair}
    dependent = dependent_among(tender, agencies.values(), behind, limits)
    reasons = {
        **dict.fromkeys(dependent, Bid.Exclusion.NOT_INDEPENDENT),
        **dict.fromkeys(tied, Bid.Exclusion.SHARED_CONTROL),
        **dict.fromkeys(heads, Bid.Exclusion.SHARED_REPRESENTATIVE),
    }
    found = {entry.bid.pk: reasons.get(entry.bid.agency_id) for entry in entries}
    return {pk: reason.value for pk, reason in found.items() if reason is not None}


def behind_bidders(tender: Tender, entries: Sequence[Entry], rules: Rules) -> Ties:
    """Return who stands behind the bidders and the owner."""
    parties = [tender.buyer, *(entry.bid.agency for entry in entries)]
    return ties_around(keys_of(parties).values(), limits_of(rules).depth)


def exclude_related(entries: Sequence[Entry], kin: Mapping[int, str], at: datetime) -> None:
    """Leave out the standing bids whose agencies belong together."""
    settle_fates([Fate(bid, kin[bid.pk]) for bid in standing(entries) if bid.pk in kin], at)


def note_uncounted(entries: Sequence[Entry], kin: Mapping[int, str], at: datetime) -> None:
    """Keep under seal why a bid of a failed order did not count; it stays as it is."""
    record_all(
        [
            sealed("bid.uncounted", bid, bid.status, at, exclusion=kin[bid.pk])
            for bid in standing(entries)
            if bid.pk in kin
        ]
    )


def settle_fates(fates: Sequence[Fate], at: datetime) -> None:
    """Move locked bids for good, write them and the trail, and tell their agencies."""
    if not fates:
        return
    trail = [fate.befall(at) for fate in fates]
    Bid.objects.save_moved([fate.bid for fate in fates])
    record_all(trail)
    tell_all([fate.notice() for fate in fates], at)


# --- What the evidence says of them ---------------------------------------------------------------
def entrants(
    entries: Sequence[Entry],
    weights: Mapping[int, int] | None = None,
    *,
    with_sources: bool,
    with_sizes: bool = False,
) -> tuple[Entrant, ...]:
    """
    Return all opened bids as they are published; a decision that is not public is not named.

    `weights` is what the record of each agency gives it, where records count.
    `with_sources` adds what the receipts name and what each bidder put into the draw, `with_sizes`
    whether it declared to be a small enterprise.
    """
    secret = _secret_among([entry.bid for entry in entries])
    found = [_entrant(entry, secret) for entry in entries]
    if with_sizes:
        found = [
            replace(one, more={**one.more, SMALL: entry.offer.opened.more.get(SMALL, False)})
            for one, entry in zip(found, entries, strict=True)
        ]
    if weights is not None:
        weighed = zip(found, entries, strict=True)
        found = [
            replace(one, more={**one.more, "weight": weights[entry.bid.agency_id]})
            for one, entry in weighed
        ]
    return tuple(found if with_sources else [replace(one, sealed=None, part=None) for one in found])


def _secret_among(bids: Sequence[Bid]) -> Collection[str]:
    return unpublished(bid.end_reference for bid in bids if bid.status == Bid.Status.ENDED)


def left_out_of(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Return state and ground, as far as everybody may know it, of each bid that does not stand."""
    bids = [entry.bid for entry in entries]
    secret = _secret_among(bids)
    told = [_published_state(bid, secret) for bid in bids]
    return [(status, ground) for status, ground in told if ground]


def _entrant(entry: Entry, secret: Collection[str]) -> Entrant:
    agency: Organization = entry.bid.agency
    status, reference = _published_state(entry.bid, secret)
    return Entrant(
        agency=agency.slug,
        name=agency.name,
        uscc=agency.uscc or "",
        amount=entry.offer.opened.amount,
        offered_at=entry.offer.offered_at,
        status=status,
        reference=reference,
        sealed=entry.offer.sealed,
        part=entry.offer.opened.part,
        more={PLAN: plan["sha256"]} if (plan := entry.offer.opened.more.get(PLAN)) else {},
    )


def _published_state(bid: Bid, secret: Collection[str]) -> tuple[str, str | None]:
    if bid.status == Bid.Status.ACTIVE:
        return STANDING, None
    if bid.status == Bid.Status.ENDED and bid.end_reference in secret:
        return EXCLUDED, UNPUBLISHED
    return bid.status, bid.end_reference or bid.exclusion
