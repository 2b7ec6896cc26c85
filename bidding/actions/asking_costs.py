"""The questions that an opening asks by itself: what the abnormally low quotes cost."""

from __future__ import annotations

from datetime import datetime

from bidding import links
from bidding.actions.deadlines.explanations import EXPLANATION
from bidding.actions.telling import Notice, tell_all
from bidding.guards.explanations import abnormally_low, valid_amounts
from bidding.models import Bid, Explanation, Selection, Tender
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record


def ask_for_costs(tender: Tender, selection: Selection, at: datetime) -> list[Explanation]:
    """
    Ask the bidder of each quote of a locked order that is abnormally low and may win.

    What the method dropped, or drew nobody from, need not be explained.
    """
    evidence = selection.content
    low = abnormally_low(tender, valid_amounts(tender, evidence), at)
    asked = [row["uscc"] for row in evidence["ranking"] if row["uscc"] in low]
    bids = Bid.objects.filter(tender=tender, agency__uscc__in=asked).select_related("agency")
    return [_ask(tender, bid, at) for bid in bids.order_by("pk")]


def _ask(tender: Tender, bid: Bid, at: datetime) -> Explanation:
    explanation = Explanation(tender=tender, bid=bid, asked_at=at)
    explanation.save()
    deadlines.start(EXPLANATION, explanation, at)
    record(by=None, verb="explanation.asked", target=explanation, at=at, agency=bid.agency.slug)
    notice = Notice(
        organization=bid.agency,
        tender=tender,
        kind="bidding/cost_asked",
        url=links.to_bid(tender),
        context={"explanation": explanation},
    )
    tell_all([notice], at)
    return explanation


def drop_questions(tender: Tender, at: datetime) -> None:
    """End the open questions of a locked order that ends itself."""
    for explanation in Explanation.objects.open().filter(tender=tender).order_by("pk").lock_all():
        explanation.drop(at=at)
        explanation.save()
        deadlines.stop_all(explanation, at)
        record(by=None, verb="explanation.dropped", target=explanation, at=at)
