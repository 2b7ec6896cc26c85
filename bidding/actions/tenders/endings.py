"""How an order ends without a winner: given up by the buyer, or failed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding import links
from bidding.actions.asking_costs import drop_questions
from bidding.actions.awards import cancel_award
from bidding.actions.conduct import report_cancellation, report_silence
from bidding.actions.deadlines import CHOICE
from bidding.actions.telling import tell, tell_bidders
from bidding.guards.choices import may_end_unchosen, owner_has_chosen
from bidding.guards.tenders import may_cancel, reasons_are_given
from bidding.guards.versions import order_as_seen
from bidding.models import Award, Tender
from bidding.outcomes import Event, Outcome, outcome
from bidding.rulebook import rules_for
from bidding.selection.methods import method_of
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User


@transaction.atomic
def cancel_tender(
    *, tender: Tender, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Tender:
    """
    Give an order up before its sign-up ends, so that sealed offers stay sealed for good.

    After the opening it is still possible until the contract is signed. Then the award falls with
    it, nobody moves up, and the reasons go to an officer, for the owner's record.

    Raises:
        Refused: a guard in `may_cancel` does not hold, or no reason is given.
    """
    tender = Tender.objects.lock(tender.pk)
    require(
        *may_cancel(tender, at),
        reasons_are_given(reasons),
        *order_as_seen(tender, seen),
    )
    before = tender.status
    tender.cancel(at=at, reasons=reasons.strip())
    tender.save()
    deadlines.stop_all(tender, at)
    drop_questions(tender, at)
    if tender.is_opened:
        _give_up_what_was_found(tender, by=by, at=at)
    record(
        by=by,
        verb="tender.cancelled",
        target=tender,
        at=at,
        organization=tender.buyer,
        before=before,
        reasons=tender.end_reasons,
    )
    tell_bidders(tender, kind="bidding/tender_cancelled", at=at)
    return tender


def _give_up_what_was_found(tender: Tender, *, by: User, at: datetime) -> None:
    """Let the award of a cancelled order fall, and have its owner's reasons judged."""
    if tender.award is not None:
        award = Award.objects.lock(tender.award.pk)
        cancel_award(award, None, reasons=tender.end_reasons, by=by, at=at)
    report_cancellation(tender, at)


@transaction.atomic
def end_unchosen(*, tender: Tender, at: datetime) -> Tender:
    """
    Go on as the notice said where the owner chose nobody in time; `at` is the deadline.

    Where the order fails, an officer judges whether it goes on the owner's record.

    Raises:
        Refused: a guard in `may_end_unchosen` does not hold.
    """
    tender = Tender.objects.lock(tender.pk)
    require(*may_end_unchosen(tender, at))
    case, rules = method_of(tender).case(tender), rules_for(tender, at)
    if outcome(rules, case, Event.UNCHOSEN, bids=0) is Outcome.WAIT:
        deadlines.rest(CHOICE, tender)
        record(by=None, verb="tender.unchosen", target=tender, at=at, before=tender.status)
        return tender
    fail_tender(tender, reasons=owner_has_chosen(tender).refusal, by=None, at=at)
    report_silence(tender, at)
    return tender


def fail_tender(tender: Tender, *, reasons: str, by: User | None, at: datetime) -> None:
    """Note that a locked order found nobody, and tell the buyer and each bidder."""
    before = tender.status
    tender.fail(at=at, reasons=reasons)
    tender.save()
    deadlines.stop_all(tender, at)
    drop_questions(tender, at)
    record(by=by, verb="tender.failed", target=tender, at=at, before=before, reasons=reasons)
    tell(
        organization=tender.buyer,
        kind="bidding/tender_failed",
        at=at,
        url=links.to_tender(tender),
        tender=tender,
    )
    tell_bidders(tender, kind="bidding/tender_failed", at=at)
