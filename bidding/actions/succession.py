"""Who gets an award that fell away: the next in the published ranking, or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bidding import links
from bidding.actions.deadlines import PUBLICITY
from bidding.actions.standing import Moment, ask
from bidding.actions.telling import tell
from bidding.guards.awards import may_go_on
from bidding.guards.lots import full_agencies
from bidding.models import Award, Bid, Explanation
from bidding.outcomes import Event, Outcome, outcome
from bidding.rulebook import rules_for
from bidding.selection.methods import method_of
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record


@dataclass(frozen=True)
class Ranked:
    """One place of a ranking that was published."""

    place: int
    uscc: str
    amount: Decimal


def ranked_behind(award: Award) -> list[Ranked]:
    """Return who stands behind the winner of `award` and counts, the nearest first."""
    selection = award.tender.selection
    if selection is None:
        return []
    ranking = selection.content["ranking"]
    gone = Explanation.objects.set_aside(award.tender)
    return [
        Ranked(place, row["uscc"], Decimal(row["amount"]))
        for place, row in enumerate(ranking, start=1)
        if place > award.place and row["uscc"] not in gone
    ]


def what_follows(award: Award, event: Event, at: datetime) -> Outcome:
    """Return what the rules under which the order was published make of `event`."""
    tender = award.tender
    case, behind = method_of(tender).case(tender), ranked_behind(award)
    return outcome(rules_for(tender, at), case, event, bids=len(behind))


def hand_over(award: Award, at: datetime) -> Award | None:
    """
    Give the award of a locked order that fell away to the next in its ranking, if anybody may.

    The ranked agencies are locked as well. Who is restricted by now is passed over, as nobody who
    is restricted is registered; what credit answered is kept. So is who has won as many other lots
    as one may by now. The next has a publicity of its own.
    """
    full = full_agencies(award.tender)
    for ranked in ranked_behind(award):
        if ranked.uscc in full:
            continue
        bid = Bid.objects.select_related("agency").get(
            tender=award.tender, agency__uscc=ranked.uscc
        )
        if may_go_on(ask(award.tender, bid.agency, Moment.SELECTION, at)).holds:
            return _award(award, ranked, bid, at)
    return None


def _award(before: Award, ranked: Ranked, bid: Bid, at: datetime) -> Award:
    tender = before.tender
    tender.award_place = ranked.place
    tender.save()
    award = Award.objects.create(
        tender=tender,
        round=before.round,
        place=ranked.place,
        bid=bid,
        amount=ranked.amount,
        published_at=at,
    )
    deadlines.start(PUBLICITY, award, at)
    winner, figure = bid.agency.slug, str(ranked.amount)
    for verb, target in (("tender.handed_over", tender), ("award.registered", award)):
        record(
            by=None,
            verb=verb,
            target=target,
            at=at,
            winner=winner,
            amount=figure,
            place=ranked.place,
        )
    _tell(award, at)
    return award


def _tell(award: Award, at: datetime) -> None:
    """Tell the next one that it is to have the award, and the buyer who it is."""
    tender = award.tender
    for organization, kind in (
        (award.bid.agency, "bidding/award_won"),
        (tender.buyer, "bidding/award_registered"),
    ):
        url = links.to_tender(tender)
        tell(organization=organization, kind=kind, at=at, url=url, tender=tender, award=award)
