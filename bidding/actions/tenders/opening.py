"""The schedule's part: end the sign-up, open the bids, rank them and publish the evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch

from bidding import links
from bidding.actions.deadlines import OPENING, REGISTRATION, SIGN_UP
from bidding.actions.standing import Moment, ask, decision_behind, is_published
from bidding.actions.telling import tell
from bidding.actions.tenders.endings import fail_tender
from bidding.guards.agencies import agency_is_admitted, agency_is_qualified
from bidding.guards.bids import (
    may_close_tender,
    may_evaluate_tender,
    tender_is_closed,
)
from bidding.guards.kin import ties_of
from bidding.models import Bid, Offer, SealReveal, Selection, Tender
from bidding.rulebook import rules_for
from bidding.selection import evidence
from bidding.selection.evidence_format import (
    EXCLUDED,
    STANDING,
    UNPUBLISHED,
    Entrant,
    Facts,
)
from bidding.selection.kinship import related as tied
from bidding.selection.methods import method_of
from bidding.selection.terms.versions import in_version
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.canonical import canonical_json
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import require
from marketplace.models import Organization


@dataclass(frozen=True)
class Entry:
    """A bid with the amount that counts."""

    bid: Bid
    offer: Offer


@transaction.atomic
def close_tender(*, tender: Tender, at: datetime) -> Tender:
    """
    End the sign-up; `at` is the deadline, however late the schedule runs.

    Raises:
        Refused: a guard in `may_close_tender` does not hold.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*may_close_tender(tender, at))
    return end_sign_up(tender, at)


def end_sign_up(tender: Tender, at: datetime) -> Tender:
    """Close a locked order."""
    before = tender.status
    tender.close(at=at)
    tender.save()
    if tender.tender_period_end is not None and at < tender.tender_period_end:
        deadlines.end_now(OPENING, tender, at)
    deadlines.stop(SIGN_UP, tender, at)
    record(by=None, verb="tender.closed", target=tender, at=at, before=before)
    return tender


@transaction.atomic
def evaluate_tender(*, tender: Tender, at: datetime) -> Tender:
    """
    Open the bids and rank them; `at` is the time of the opening, however late the schedule runs.

    Bids of agencies that may not take part are left out first, and those that share a legal
    representative, by name and by something beside it, do not count. With too few left the order
    fails and no offer is opened; then nobody learns that it shared one, for that would tell who
    else bids. Raises no doubt about who bids: a closed order takes no more of them, so all bidders
    can be locked before the order is.

    Raises:
        Refused: a guard in `may_evaluate_tender` does not hold.
    """
    require(tender_is_closed(Tender.objects.get(pk=tender.pk)))
    bidders = Bid.objects.filter(tender=tender).values("agency")
    list(Organization.objects.filter(pk__in=bidders).lock_all())
    tender = Tender.objects.lock(tender.pk)
    require(*may_evaluate_tender(tender, at))
    entries = _entries(tender)
    related = _related(entries)
    _leave_out(tender, entries, at)
    method, rules = method_of(tender), rules_for(tender, at)
    count = sum(bid.pk not in related for bid in _standing(entries))
    enough = method.enough_bids(count, method.min_signups(tender, rules))
    if enough.holds:
        _exclude_related(entries, related, at)
        _open(tender, entries, rules, at)
    else:
        _note_uncounted(entries, related, at)
        fail_tender(tender, reasons=enough.refusal, by=None, at=at)
    return tender


def _entries(tender: Tender) -> list[Entry]:
    """Return all bids that were not withdrawn, each with its latest amount."""
    bids = Bid.objects.filter(tender=tender).exclude(status=Bid.Status.WITHDRAWN).lock_all()
    offers = Prefetch("offers", Offer.objects.order_by("-version"))
    return [
        Entry(bid, bid.offers.all()[0])
        for bid in bids.select_related("agency").prefetch_related(offers)
    ]


# --- Who takes part -------------------------------------------------------------------------------
def _leave_out(tender: Tender, entries: Sequence[Entry], at: datetime) -> None:
    """Ask again about every standing bid; end or exclude those that may not take part."""
    for bid in _standing(entries):
        check = ask(tender, bid.agency, Moment.SELECTION, at)
        if not check.is_clear:
            end_bid(bid, reference=decision_behind(check), at=at)
        elif exclusion := _exclusion(tender, bid, at):
            _exclude(bid, exclusion, at)


def _related(entries: Sequence[Entry]) -> frozenset[int]:
    """Return the bids whose agency belongs together with another bidder."""
    ties = ties_of(entry.bid.agency for entry in entries)
    return tied({entry.bid.pk: ties[entry.bid.agency_id] for entry in entries})


def _exclude_related(entries: Sequence[Entry], related: Collection[int], at: datetime) -> None:
    for bid in _standing(entries):
        if bid.pk in related:
            _exclude(bid, Bid.Exclusion.SHARED_REPRESENTATIVE, at)


def _note_uncounted(entries: Sequence[Entry], related: Collection[int], at: datetime) -> None:
    """Keep under seal why a bid of a failed order did not count; it stays as it is."""
    for bid in _standing(entries):
        if bid.pk in related:
            record(
                by=None,
                verb="bid.uncounted",
                target=bid,
                at=at,
                organization=bid.agency,
                before=bid.status,
                is_sealed=True,
                exclusion=Bid.Exclusion.SHARED_REPRESENTATIVE,
            )


def _standing(entries: Iterable[Entry]) -> list[Bid]:
    return [entry.bid for entry in entries if entry.bid.status == Bid.Status.ACTIVE]


def _exclusion(tender: Tender, bid: Bid, at: datetime) -> str:
    """Return why an agency by itself cannot take part, or an empty text."""
    if not agency_is_admitted(bid.agency).holds:
        return Bid.Exclusion.NOT_ADMITTED
    if not agency_is_qualified(bid.agency, tender.item, at).holds:
        return Bid.Exclusion.NOT_QUALIFIED
    return ""


def _exclude(bid: Bid, exclusion: str, at: datetime) -> None:
    before = bid.status
    bid.exclude(at=at, exclusion=exclusion)
    bid.save()
    record(
        by=None,
        verb="bid.excluded",
        target=bid,
        at=at,
        organization=bid.agency,
        before=before,
        is_sealed=True,
        exclusion=exclusion,
    )
    tell(
        organization=bid.agency,
        kind="bidding/bid_excluded",
        at=at,
        url=links.to_bid(bid.tender),
        tender=bid.tender,
        bid=bid,
    )


def end_bid(bid: Bid, *, reference: str, at: datetime) -> None:
    """End a locked bid for the decision `reference`, for good, and tell its agency."""
    before = bid.status
    bid.end(at=at, reference=reference)
    bid.save()
    record(
        by=None,
        verb="bid.ended",
        target=bid,
        at=at,
        organization=bid.agency,
        before=before,
        is_sealed=True,
        reference=reference,
    )
    tell(
        organization=bid.agency,
        kind="bidding/bid_ended",
        at=at,
        url=links.to_bid(bid.tender),
        tender=bid.tender,
        bid=bid,
    )


# --- Ranking --------------------------------------------------------------------------------------
def _open(tender: Tender, entries: Sequence[Entry], rules: Rules, at: datetime) -> None:
    """Rank the bids that stand."""
    selection = _select(tender, entries, rules, at)
    before = tender.status
    tender.evaluate(at=at)
    tender.save()
    deadlines.stop(OPENING, tender, at)
    deadlines.start(REGISTRATION, tender, at)
    record(
        by=None,
        verb="tender.evaluated",
        target=tender,
        at=at,
        before=before,
        evidence=selection.sha256,
        bid_count=len(entries),
    )
    _tell(tender, entries, at)


def _select(tender: Tender, entries: Sequence[Entry], rules: Rules, at: datetime) -> Selection:
    """Rank, store the public evidence and reveal the seed."""
    seal = tender.seal
    assert tender.tender_period_end is not None  # noqa: S101 - a constraint: it was published
    facts = Facts(
        terms=in_version(seal.terms_version, method_of(tender).terms(tender, rules)),
        commitment=seal.commitment,
        committed_at=seal.committed_at,
        seed=bytes.fromhex(seal.seed),
        period_end=tender.tender_period_end,
        selected_at=at,
        entrants=tuple(_entrant(entry) for entry in entries),
    )
    found = evidence.build(facts)
    SealReveal.objects.create(seal=seal, revealed_at=at)
    return Selection.objects.create(
        tender=tender,
        round=tender.selection_round,
        evidence=canonical_json(found).decode(),
        sha256=found["digest"],
        selected_at=at,
    )


def _entrant(entry: Entry) -> Entrant:
    bid, offer = entry.bid, entry.offer
    status, reference = _published_state(bid)
    return Entrant(
        agency=bid.agency.slug,
        name=bid.agency.name,
        uscc=bid.agency.uscc or "",
        amount=offer.amount,
        offered_at=offer.offered_at,
        status=status,
        reference=reference,
    )


def _published_state(bid: Bid) -> tuple[str, str | None]:
    """Return what the evidence says of how a bid stands; an unpublished decision stays unnamed."""
    if bid.status == Bid.Status.ACTIVE:
        return STANDING, None
    if bid.status == Bid.Status.ENDED and not is_published(bid.end_reference):
        return EXCLUDED, UNPUBLISHED
    return bid.status, bid.end_reference or bid.exclusion


def _tell(tender: Tender, entries: Sequence[Entry], at: datetime) -> None:
    for organization in [tender.buyer, *(bid.agency for bid in _standing(entries))]:
        tell(
            organization=organization,
            kind="bidding/bids_opened",
            at=at,
            url=links.to_tender(tender),
            tender=tender,
        )
