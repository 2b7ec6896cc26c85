"""The schedule's part: end the sign-up, open the bids, rank them and publish the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bidding import links
from bidding.actions.deadlines import OPENING, REGISTRATION, SIGN_UP
from bidding.actions.sealing import Opener, digest, freeze
from bidding.actions.seals import note_altered_seal
from bidding.actions.telling import Notice, tell_all
from bidding.actions.tenders.endings import fail_tender
from bidding.actions.tenders.entries import (
    Entry,
    behind_bidders,
    entrants,
    entries_of,
    exclude_related,
    leave_out,
    left_out_of,
    note_uncounted,
    related_among,
    standing,
)
from bidding.guards.bids import (
    failure_reasons,
    may_close_tender,
    may_evaluate_tender,
    tender_is_closed,
)
from bidding.guards.openings import given_for, shares_are_given
from bidding.guards.seals import (
    list_is_as_frozen,
    seal_is_as_published,
    seed_is_as_promised,
)
from bidding.models import Bid, BidList, SealReveal, Selection, Tender
from bidding.rulebook import rules_for
from bidding.selection import evidence
from bidding.selection.evidence_format import Facts
from bidding.selection.methods import method_of
from bidding.selection.sources import Sources
from bidding.selection.terms.versions import in_version
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.canonical import canonical_json
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import require
from marketplace.models import Organization


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
    frozen = freeze(tender, at)
    record(by=None, verb="tender.closed", target=tender, at=at, before=before, bids=frozen.sha256)
    return tender


@transaction.atomic
def evaluate_tender(*, tender: Tender, at: datetime) -> Tender:
    """
    Open the bids and rank them; `at` is the time of the opening, however late the schedule runs.

    Where officers open, the moment is that of the last share, when that came later.

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
    require(*may_evaluate_tender(tender, at), shares_are_given(tender))
    at = max([at, *(one.given_at for one in given_for(tender))])
    seal = seal_is_as_published(tender)
    note_altered_seal(tender, seal)
    require(seal)
    entries = entries_of(tender)
    method, rules = method_of(tender), rules_for(tender, at)
    related = related_among(tender, entries, behind_bidders(tender, entries, rules), rules)
    leave_out(tender, entries, at)
    count = sum(bid.pk not in related for bid in standing(entries))
    enough = method.enough_bids(count, method.min_signups(tender, rules))
    if enough.holds:
        exclude_related(entries, related, at)
        _open(tender, entries, rules, at)
    else:
        note_uncounted(entries, related, at)
        reasons = failure_reasons(enough, left_out_of(entries))
        fail_tender(tender, reasons=reasons, by=None, at=at)
    return tender


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
    """Unseal, rank, store the public evidence and reveal the seed."""
    seal, opener = tender.seal, Opener(tender)
    seed = opener.seed_of(seal)
    promise = seed_is_as_promised(tender, seal, seed)
    note_altered_seal(tender, promise)
    require(promise)
    opener.open(entry.offer for entry in entries)
    assert tender.tender_period_end is not None  # noqa: S101 - a constraint: it was published
    terms = in_version(seal.terms_version, method_of(tender).terms(tender, rules))
    facts = Facts(
        terms=terms,
        commitment=seal.commitment,
        committed_at=seal.committed_at,
        seed=seed,
        period_end=tender.tender_period_end,
        selected_at=at,
        entrants=entrants(entries, with_sources=terms.has_sources),
        sources=_sources(tender) if terms.has_sources else None,
    )
    found = evidence.build(facts)
    SealReveal.objects.create(seal=seal, seed=seed.hex(), revealed_at=at)
    return Selection.objects.create(
        tender=tender,
        round=tender.selection_round,
        evidence=canonical_json(found).decode(),
        sha256=found["digest"],
        selected_at=at,
    )


def _sources(tender: Tender) -> Sources:
    """Return what was fixed before anything was opened; the trail says the same of the list."""
    frozen = BidList.objects.filter(tender=tender, round=tender.selection_round).first()
    require(list_is_as_frozen(tender, frozen))
    if frozen is None:
        assert tender.closed_at is not None  # noqa: S101 - a constraint: it was closed
        frozen = freeze(tender, tender.closed_at)
    return Sources(
        sealed_seed=digest(bytes(tender.seal.sealed_seed)),
        bid_list=frozen.sha256,
        frozen_at=frozen.frozen_at,
    )


def _tell(tender: Tender, entries: Sequence[Entry], at: datetime) -> None:
    sides = [tender.buyer, *(bid.agency for bid in standing(entries))]
    url = links.to_tender(tender)
    tell_all(
        [
            Notice(organization=side, tender=tender, kind="bidding/bids_opened", url=url)
            for side in sides
        ],
        at,
    )
