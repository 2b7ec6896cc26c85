"""The owner chooses one of those whom the selection listed, for good and in public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding import links
from bidding.actions.deadlines import CHOICE
from bidding.actions.telling import tell, tell_bidders, tell_operators
from bidding.guards.choices import (
    candidate_is_listed,
    candidates_of,
    choice_has_reasons,
    choice_is_in_time,
    may_choose,
    order_is_not_scored,
    order_is_scored,
)
from bidding.guards.scores import sheet_is_whole
from bidding.guards.versions import order_as_seen
from bidding.models import Bid, Choice, Selection, Tender
from bidding.selection.scoring import Points, Sheet, published
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.canonical import canonical_json
from marketplace.kernel.verdicts import require
from marketplace.models import User


@transaction.atomic
def choose_bid(
    *,
    tender: Tender,
    candidate: str,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Choice:
    """
    Choose the bidder with the credit code `candidate`; officers register nobody else.

    Raises:
        Refused: a guard in `may_choose` does not hold, it is too late, it is not on the list, or no
            reason is given.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*order_as_seen(tender, seen), *may_choose(tender))
    require(order_is_not_scored(tender), choice_is_in_time(tender, at))
    require(candidate_is_listed(tender, candidate), choice_has_reasons(reasons))
    return chosen(tender, candidate, reasons, by=by, at=at)


@transaction.atomic
def score_plans(
    *,
    tender: Tender,
    points: Points,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Choice:
    """
    Give every plan its points by the published template, once; the greatest total is chosen.

    A plan whose quote does not count keeps its points, and is passed over.

    `points` has a whole number of 0 to 100 for each criterion of each bidder, by credit code;
    `reasons` is the owner's word on all of them. Everything is published at once.

    Raises:
        Refused: a guard in `may_choose` does not hold, the order is not scored, the sheet leaves
            something out, or no reason is given.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*order_as_seen(tender, seen), *may_choose(tender))
    require(order_is_scored(tender), choice_is_in_time(tender, at))
    evidence = Selection.objects.current().get(tender=tender).content
    require(sheet_is_whole(evidence, points), choice_has_reasons(reasons))
    sheet = Sheet(by=tender.buyer.name, points=points, comment=reasons)
    document = published(evidence, [sheet])
    scores = canonical_json(document).decode()
    counting = candidates_of(tender)
    best = next(one["uscc"] for one in document["scores"] if one["uscc"] in counting)
    return chosen(tender, best, reasons, by=by, at=at, scores=scores)


def chosen(
    tender: Tender, candidate: str, reasons: str, *, by: User | None, at: datetime, scores: str = ""
) -> Choice:
    """Note for a locked order whom its owner chose, or, by nobody, whom a panel scored best."""
    bid = Bid.objects.select_related("agency").get(tender=tender, agency__uscc=candidate)
    choice = Choice.objects.create(
        tender=tender,
        round=tender.selection_round,
        bid=bid,
        reasons=reasons,
        chosen_by=by,
        chosen_at=at,
        scores=scores,
    )
    deadlines.stop(CHOICE, tender, at)
    record(
        by=by,
        verb="tender.chosen" if by else "tender.scored",
        target=tender,
        at=at,
        organization=tender.buyer if by else None,
        round=choice.round,
        chosen=bid.agency.slug,
    )
    _tell(choice, at)
    return choice


def _tell(choice: Choice, at: datetime) -> None:
    """Tell those who bid who was chosen, and the officers that they may register it."""
    tender, kind = choice.tender, "bidding/choice_made"
    if choice.chosen_by is None:
        kind, url = "bidding/scores_published", links.to_tender(tender)
        tell(organization=tender.buyer, tender=tender, kind=kind, at=at, url=url, choice=choice)
    for told in (tell_bidders, tell_operators):
        told(tender, kind=kind, at=at, choice=choice)
