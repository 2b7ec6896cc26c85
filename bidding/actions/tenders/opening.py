"""The schedule's part: end the sign-up, open the bids, rank them and publish the evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bidding import links
from bidding.actions.asking_costs import ask_for_costs
from bidding.actions.deadlines import CHOICE, HALL, OPENING, REGISTRATION, SIGN_UP
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
from bidding.actions.tenders.panels import (
    Drawable,
    draw_panel,
    drawable,
    freeze_pool,
    note_no_panel,
)
from bidding.guards.bids import (
    awaits_selection,
    failure_reasons,
    may_close_tender,
    may_evaluate_tender,
    may_open_hall,
    tender_is_closed,
)
from bidding.guards.choices import somebody_has_weight
from bidding.guards.halls import somebody_has_quoted
from bidding.guards.lots import earlier_lots_are_opened
from bidding.guards.openings import given_for, shares_are_given
from bidding.guards.public_values import (
    announced_source,
    public_value,
    public_value_is_known,
)
from bidding.guards.seals import (
    list_is_as_frozen,
    seal_is_as_published,
    seed_is_as_promised,
)
from bidding.models import (
    Bid,
    BidList,
    Hall,
    Quote,
    SealReveal,
    Seat,
    Selection,
    Suspension,
    Tender,
)
from bidding.rulebook import rules_for
from bidding.selection import evidence
from bidding.selection.auction import opened
from bidding.selection.evidence_format import Facts
from bidding.selection.methods import hall_rules_of, method_of
from bidding.selection.sources import Sources
from bidding.selection.terms.base import Course, Pause
from bidding.selection.terms.base import Quote as Quoted
from bidding.selection.terms.versions import in_version
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.canonical import canonical_json
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict, require
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
    if method_of(tender).is_by_panel:
        freeze_pool(tender, at)
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
    require(awaits_selection(Tender.objects.get(pk=tender.pk)))
    taking = _taking_part(tender, at, _may_unseal)
    tender, at = taking.tender, taking.at
    hall = hall_of(tender)
    course = None if hall is None else course_of(hall)
    enough = taking.enough
    if enough.holds and course is not None:
        quoted = {quote.uscc for quote in course.quotes}
        counted = (bid.agency.uscc in quoted for bid in standing(taking.entries))
        enough = somebody_has_quoted(sum(counted))
    weights = _weights(tender, taking.entries)
    if enough.holds and weights is not None and method_of(tender).needs_weight:
        standing_ones = (bid.agency_id for bid in standing(taking.entries))
        enough = somebody_has_weight([weights[pk] for pk in standing_ones])
    panel = _panel_for(taking) if enough.holds else None
    if panel is not None and not panel.enough.holds:
        enough = panel.enough
        note_no_panel(tender, at)
    if enough.holds:
        selection = _open(taking, weights, course)
        if panel is not None:
            draw_panel(tender, panel, selection, at)
    else:
        _fail(taking, enough, at)
    return tender


@transaction.atomic
def open_hall(*, tender: Tender, at: datetime) -> Tender:
    """
    Open the hall of a live order at `at`, or let it fail where too few take part.

    `at` is the moment of the act and not that of the notice: who finds the schedule late has as
    much time to quote as was announced. Everybody is asked about as at any opening, once more when
    the hall is over.

    Raises:
        Refused: a guard in `_may_seat` does not hold.
    """
    require(tender_is_closed(Tender.objects.get(pk=tender.pk)))
    taking = _taking_part(tender, at, _may_seat)
    tender = taking.tender
    if not taking.enough.holds:
        _fail(taking, taking.enough, at)
        return tender
    hall = _seated(tender, standing(taking.entries), taking.rules, at)
    before = tender.status
    tender.open_hall()
    tender.save()
    deadlines.stop(OPENING, tender, at)
    deadlines.start(HALL, tender, at)
    record(
        by=None,
        verb="tender.hall_opened",
        target=tender,
        at=at,
        before=before,
        seat_count=len(standing(taking.entries)),
        ends_at=hall.ends_at.isoformat(),
    )
    _tell_seats(tender, hall, at)
    return tender


# --- Who takes part -------------------------------------------------------------------------------
@dataclass(frozen=True)
class Taking:
    """Who takes part in a locked order, those left out told of it, and whether they are enough."""

    tender: Tender
    entries: Sequence[Entry]
    related: dict[int, str]
    rules: Rules
    enough: Verdict
    at: datetime
    """The moment that counts: where officers open, that of the last share when it came later."""


def _may_seat(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask as `_may_unseal`: who has won as many lots as one may takes no seat in a later one."""
    return *may_open_hall(tender, at), earlier_lots_are_opened(tender)


def _may_unseal(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    return (
        *may_evaluate_tender(tender, at),
        earlier_lots_are_opened(tender),
        shares_are_given(tender),
        public_value_is_known(tender),
    )


def _taking_part(
    tender: Tender, at: datetime, asked: Callable[[Tender, datetime], tuple[Verdict, ...]]
) -> Taking:
    """Lock bidders and order, ask whether it is time, and leave out who may not take part."""
    bidders = Bid.objects.filter(tender=tender).values("agency")
    list(Organization.objects.filter(pk__in=bidders).lock_all())
    tender = Tender.objects.lock(tender.pk)
    require(*asked(tender, at))
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
    return Taking(tender, entries, related, rules, enough, at)


def _panel_for(taking: Taking) -> Drawable | None:
    """Return who may be drawn to score; None where no experts do."""
    if not method_of(taking.tender).is_by_panel:
        return None
    bidders = [bid.agency for bid in standing(taking.entries)]
    return drawable(taking.tender, bidders, taking.at)


def _weights(tender: Tender, entries: Sequence[Entry]) -> Mapping[int, int] | None:
    """Return what each record gave at the end of the sign-up, so that nobody can time it later."""
    assert tender.tender_period_end is not None  # noqa: S101 - a constraint: it was published
    agencies = [entry.bid.agency_id for entry in entries]
    return method_of(tender).weights(agencies, tender.tender_period_end)


def _fail(taking: Taking, enough: Verdict, at: datetime) -> None:
    note_uncounted(taking.entries, taking.related, at)
    _end_hall(taking.tender)
    reasons = failure_reasons(enough, left_out_of(taking.entries))
    fail_tender(taking.tender, reasons=reasons, by=None, at=at)


# --- The hall -------------------------------------------------------------------------------------
def _seated(tender: Tender, bids: Sequence[Bid], rules: Rules, at: datetime) -> Hall:
    """Make the hall with a seat for each bid, in an order that tells nothing about them."""
    state = opened(hall_rules_of(tender, rules), at)
    hall = Hall.objects.create(
        tender=tender,
        round=tender.selection_round,
        opened_at=at,
        moved_at=at,
        ends_at=state.ends_at,
        closes_at=state.closes_at,
    )
    # slugs are chosen at random, and nobody is shown another's
    by_chance = sorted(bids, key=lambda bid: bid.slug)
    Seat.objects.bulk_create(
        Seat(hall=hall, bid=bid, number=number) for number, bid in enumerate(by_chance, start=1)
    )
    return hall


def _end_hall(tender: Tender) -> None:
    """Note when the hall of a locked order was over, if it had one."""
    if (hall := hall_of(tender)) is not None:
        hall.ended_at = hall.ends_at
        hall.save(update_fields=["ended_at"])


def _tell_seats(tender: Tender, hall: Hall, at: datetime) -> None:
    seats = hall.seats.select_related("bid__agency").order_by("number")
    tell_all(
        [
            Notice(
                organization=seat.bid.agency,
                tender=tender,
                kind="bidding/hall_opened",
                url=links.to_hall(tender),
                context={"number": seat.number},
            )
            for seat in seats
        ],
        at,
    )


def hall_of(tender: Tender) -> Hall | None:
    """Return the hall of a live order; nobody asks for that of another."""
    return tender.hall if method_of(tender).is_live else None


def course_of(hall: Hall) -> Course:
    """Return what was quoted in a hall, by credit code, as the evidence states it."""
    quotes = Quote.objects.filter(hall=hall).select_related("seat__bid__agency").order_by("number")
    return Course(
        opened_at=hall.opened_at,
        ended_at=hall.ends_at,
        quotes=tuple(
            Quoted(
                number=quote.number,
                uscc=quote.seat.bid.agency.uscc or "",
                amount=quote.amount,
                quoted_at=quote.quoted_at,
            )
            for quote in quotes
        ),
        pauses=_pauses_of(hall),
    )


def _pauses_of(hall: Hall) -> tuple[Pause, ...]:
    """Return when the order stood still while its hall was open."""
    rows = Suspension.objects.filter(tender=hall.tender_id, since__lt=hall.ends_at)
    stood = rows.filter(until__gt=hall.opened_at).order_by("since", "pk")
    return tuple(
        Pause(since=max(one.since, hall.opened_at), until=one.until)
        for one in stood
        if one.until is not None
    )


# --- Ranking --------------------------------------------------------------------------------------
def _open(taking: Taking, weights: Mapping[int, int] | None, course: Course | None) -> Selection:
    """Rank the bids that stand."""
    tender, entries, at = taking.tender, taking.entries, taking.at
    opener = Opener(tender)
    selection = _select(taking, opener, weights, course)
    _end_hall(tender)
    before = tender.status
    tender.evaluate(at=at)
    tender.save()
    for kind in (OPENING, HALL):
        deadlines.stop(kind, tender, at)
    ask_for_costs(tender, selection, at)
    if method_of(tender).choice_rule:
        deadlines.start(CHOICE, tender, at)
    deadlines.start(REGISTRATION, tender, at)
    record(
        by=None,
        verb="tender.evaluated",
        target=tender,
        at=at,
        before=before,
        evidence=selection.sha256,
        bid_count=len(entries),
        shares=opener.holders,
    )
    _tell(tender, entries, at)
    return selection


def _select(
    taking: Taking, opener: Opener, weights: Mapping[int, int] | None, course: Course | None
) -> Selection:
    """Unseal, rank, store the public evidence and reveal the seed."""
    tender, entries, at = taking.tender, taking.entries, taking.at
    seal = tender.seal
    seed = opener.seed_of(seal)
    promise = seed_is_as_promised(tender, seal, seed)
    note_altered_seal(tender, promise)
    require(promise)
    opener.open(entry.offer for entry in entries)
    assert tender.tender_period_end is not None  # noqa: S101 - a constraint: it was published
    terms = in_version(seal.terms_version, method_of(tender).terms(tender, taking.rules))
    facts = Facts(
        terms=terms,
        commitment=seal.commitment,
        committed_at=seal.committed_at,
        seed=seed,
        period_end=tender.tender_period_end,
        selected_at=at,
        entrants=entrants(
            entries,
            weights,
            with_sources=terms.has_sources,
            with_sizes=bool(terms.small_deduction),
        ),
        sources=_sources(tender) if terms.has_sources else None,
        course=course,
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
        public=public_value(tender) if announced_source(tender) else None,
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
