"""The owner chooses one of those whom the selection listed, for good and in public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding.actions.telling import tell_bidders, tell_operators
from bidding.guards.choices import candidate_is_listed, choice_has_reasons, may_choose
from bidding.guards.versions import version_of_order
from bidding.models import Bid, Choice, Tender
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User
from marketplace.web.versions import as_seen


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
        Refused: a guard in `may_choose` does not hold, it is not on the list, or no reason is
            given.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*as_seen(version_of_order(tender), seen), *may_choose(tender))
    require(candidate_is_listed(tender, candidate), choice_has_reasons(reasons))
    bid = Bid.objects.select_related("agency").get(tender=tender, agency__uscc=candidate)
    choice = Choice.objects.create(
        tender=tender,
        round=tender.selection_round,
        bid=bid,
        reasons=reasons,
        chosen_by=by,
        chosen_at=at,
    )
    record(
        by=by,
        verb="tender.chosen",
        target=tender,
        at=at,
        organization=tender.buyer,
        round=choice.round,
        chosen=bid.agency.slug,
    )
    _tell(choice, at)
    return choice


def _tell(choice: Choice, at: datetime) -> None:
    """Tell those who bid whom the owner has chosen, and the officers that they may register it."""
    for told in (tell_bidders, tell_operators):
        told(choice.tender, kind="bidding/choice_made", at=at, choice=choice)
