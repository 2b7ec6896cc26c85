"""Register what the selection found; nobody can register anything else."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.db import transaction

from bidding import links
from bidding.actions.deadlines import PUBLICITY, REGISTRATION
from bidding.actions.outcomes import settle
from bidding.actions.standing import Moment, ask
from bidding.actions.telling import tell
from bidding.actions.tenders.endings import fail_tender
from bidding.guards.awards import may_go_on
from bidding.guards.kin import namesakes_of
from bidding.guards.tenders import may_register
from bidding.guards.versions import order_as_seen
from bidding.models import Award, Bid, Selection, Tender
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import Refused, require
from marketplace.models import Organization, User


def register_selection(
    *,
    tender: Tender,
    by: User,
    at: datetime,
    namesakes_ruled_out: bool = False,
    seen: str | None = None,
) -> Award:
    """
    Register the winner that the evidence names; the result's publicity begins.

    `namesakes_ruled_out` is the officer's word that representatives of one name are two people.

    When the winner is restricted by now, the order fails instead (that stays), and the refusal says
    so; it can be run again.

    Raises:
        Refused: a guard in `may_register` does not hold, or the winner is restricted.
    """
    return settle(_register(tender, by, at, namesakes_ruled_out=namesakes_ruled_out, seen=seen))


@transaction.atomic
def _register(
    tender: Tender, by: User, at: datetime, *, namesakes_ruled_out: bool, seen: str | None
) -> Award | Refused:
    asked = partial(may_register, by=by, _at=at, namesakes_ruled_out=namesakes_ruled_out)
    require(*asked(Tender.objects.get(pk=tender.pk)))
    bid, amount, place = _winner(tender)
    agency = Organization.objects.lock(bid.agency_id)
    tender = Tender.objects.lock(tender.pk)
    require(*asked(tender), *order_as_seen(tender, seen))
    verdict = may_go_on(ask(tender, agency, Moment.SELECTION, at))
    if not verdict.holds:
        fail_tender(tender, reasons=verdict.refusal, by=by, at=at)
        return Refused(verdict)
    _note_namesakes(tender, by, at)
    tender.award_place = place
    return _award(tender, bid, amount, by=by, at=at)


def _note_namesakes(tender: Tender, by: User, at: datetime) -> None:
    """Keep whom the officer made sure to be two people; they are none if nobody was asked."""
    pairs = [[one.slug, other.slug] for one, other in namesakes_of(tender)]
    if pairs:
        record(by=by, verb="tender.namesakes_ruled_out", target=tender, at=at, pairs=pairs)


def _winner(tender: Tender) -> tuple[Bid, Decimal, int]:
    """
    Read winner, amount and place out of evidence and choice, which nobody can change.

    Where nobody chooses, it is the first place whose quote counts.
    """
    ranking = json.loads(Selection.objects.current().get(tender=tender).evidence)["ranking"]
    choice, place = tender.choice, tender.award_place
    if choice is not None:
        place = [one["uscc"] for one in ranking].index(choice.bid.agency.uscc) + 1
    ranked = ranking[place - 1]
    bid = choice.bid if choice else Bid.objects.get(tender=tender, agency__uscc=ranked["uscc"])
    return bid, Decimal(ranked["amount"]), place


def _award(tender: Tender, bid: Bid, amount: Decimal, *, by: User, at: datetime) -> Award:
    before = tender.status
    tender.register(at=at, by=by)
    tender.save()
    deadlines.stop(REGISTRATION, tender, at)
    award = Award.objects.create(
        tender=tender,
        round=tender.selection_round,
        place=tender.award_place,
        bid=bid,
        amount=amount,
        published_at=at,
    )
    deadlines.start(PUBLICITY, award, at)
    winner, figure = bid.agency.slug, str(amount)
    record(
        by=by,
        verb="tender.registered",
        target=tender,
        at=at,
        before=before,
        winner=winner,
        amount=figure,
    )
    record(by=by, verb="award.registered", target=award, at=at, winner=winner, amount=figure)
    _tell(award, at)
    return award


def _tell(award: Award, at: datetime) -> None:
    """Tell the winner, the buyer, and those who bid in vain."""
    tender = award.tender
    told = {award.bid.agency_id: "bidding/award_won", tender.buyer_id: "bidding/award_registered"}
    others = Bid.objects.filter(tender=tender, status=Bid.Status.ACTIVE).exclude(pk=award.bid_id)
    told |= dict.fromkeys(others.values_list("agency_id", flat=True), "bidding/award_lost")
    for organization in Organization.objects.filter(pk__in=told).order_by("pk"):
        tell(
            organization=organization,
            kind=told[organization.pk],
            at=at,
            url=links.to_tender(tender),
            tender=tender,
            award=award,
        )
