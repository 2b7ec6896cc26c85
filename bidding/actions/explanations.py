"""Ask what an abnormally low quote costs, hear it, judge it, and go on by the table of outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bidding import links
from bidding.actions.deadlines.explanations import EXPLANATION, JUDGEMENT, lock_explanation
from bidding.actions.telling import Notice, tell_all
from bidding.actions.tenders.endings import fail_tender
from bidding.guards.explanations import (
    cost_is_explained,
    judgement_has_reasons,
    may_explain,
    may_judge,
    may_lapse,
    may_let_hold,
    order_goes_on,
)
from bidding.models import Explanation, Tender
from bidding.outcomes import Event, Outcome, outcome
from bidding.rulebook import rules_for
from bidding.selection.methods import method_of
from marketplace.actions.documents import store_all, stores_files
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.kernel.versions import Seen, version_of
from marketplace.models import Organization, User
from marketplace.web.versions import as_seen


@stores_files
@transaction.atomic
def explain_cost(
    *,
    explanation: Explanation,
    text: str,
    by: User,
    at: datetime,
    files: Sequence[UploadedFile] = (),
    seen: str | None = None,
) -> Explanation:
    """
    Explain what the own quote costs, once; owner and officers read it, and nobody else.

    Raises:
        Refused: a guard in `may_explain` or of a file does not hold, or nothing is said.
    """
    agency = Organization.objects.lock(explanation.bid.agency_id)
    explanation = lock_explanation(explanation)
    require(
        *as_seen(version_of(Seen(explanation)), seen),
        *may_explain(explanation, at),
        cost_is_explained(text),
    )
    papers = store_all(files, organization=agency, by=by, at=at)
    explanation.give(text=text.strip(), at=at, by=by)
    explanation.save()
    explanation.papers.set(papers)
    deadlines.stop(EXPLANATION, explanation, at)
    deadlines.start(JUDGEMENT, explanation, at)
    record(by=by, verb="explanation.given", target=explanation, at=at, organization=agency)
    _tell_buyer(explanation, "bidding/cost_explained", at)
    return explanation


@transaction.atomic
def judge_cost(
    *,
    explanation: Explanation,
    is_accepted: bool,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Explanation:
    """
    Let a quote count, or set it aside, with reasons that everybody reads.

    Raises:
        Refused: a guard in `may_judge` does not hold, or no reason is given.
    """
    explanation = lock_explanation(explanation)
    require(
        *as_seen(version_of(Seen(explanation)), seen),
        *may_judge(explanation, at),
        judgement_has_reasons(reasons),
    )
    judged = explanation.accept if is_accepted else explanation.refuse
    judged(reasons=reasons.strip(), at=at, by=by)
    _settle(explanation, by=by, at=at)
    if not is_accepted:
        _go_on_without(explanation, Event.COST_REFUSED, at)
    return explanation


@transaction.atomic
def lapse_explanation(*, explanation: Explanation, at: datetime) -> Explanation:
    """
    End what its bidder did not explain in time; `at` is the deadline.

    Raises:
        Refused: a guard in `may_lapse` does not hold.
    """
    explanation = lock_explanation(explanation)
    require(*may_lapse(explanation, at))
    follows = _follows(explanation, Event.COST_SILENT, at)
    explanation.go_silent(at=at, is_set_aside=follows is not Outcome.GO_ON)
    _settle(explanation, by=None, at=at)
    if explanation.is_set_aside:
        _go_on_without(explanation, Event.COST_SILENT, at)
    return explanation


@transaction.atomic
def lapse_judgement(*, explanation: Explanation, at: datetime) -> Explanation:
    """
    Let hold what its owner did not judge in time; `at` is the deadline.

    A bidder does not suffer for the silence of the owner.

    Raises:
        Refused: a guard in `may_let_hold` does not hold.
    """
    explanation = lock_explanation(explanation)
    require(*may_let_hold(explanation, at))
    explanation.accept(reasons="", at=at, by=None)
    _settle(explanation, by=None, at=at)
    return explanation


def _settle(explanation: Explanation, *, by: User | None, at: datetime) -> None:
    explanation.save()
    deadlines.stop_all(explanation, at)
    record(
        by=by,
        verb=f"explanation.{explanation.status}",
        target=explanation,
        at=at,
        organization=explanation.tender.buyer if by else None,
        is_set_aside=explanation.is_set_aside,
    )
    _tell_bidder(explanation, "bidding/cost_judged", at)


# --- What follows ---------------------------------------------------------------------------------
def _left(explanation: Explanation) -> list[int]:
    """Return the places of the published ranking whose quotes count without this one."""
    tender = explanation.tender
    gone = {*Explanation.objects.set_aside(tender), explanation.bid.agency.uscc}
    assert tender.selection is not None  # noqa: S101 - nothing is asked before the opening
    ranking = tender.selection.content["ranking"]
    return [place for place, row in enumerate(ranking, start=1) if row["uscc"] not in gone]


def _follows(explanation: Explanation, event: Event, at: datetime) -> Outcome:
    tender = explanation.tender
    rules, case = rules_for(tender, at), method_of(tender).case(tender)
    return outcome(rules, case, event, bids=len(_left(explanation)))


def _go_on_without(explanation: Explanation, event: Event, at: datetime) -> None:
    """Let the next quote of the ranking lead that counts, or the locked order fail."""
    tender = explanation.tender
    verdict = order_goes_on(follows=_follows(explanation, event, at) is Outcome.WITHOUT)
    if not verdict.holds:
        fail_tender(tender, reasons=verdict.refusal, by=None, at=at)
        return
    tender.award_place = _left(explanation)[0]
    tender.save()


def _tell_bidder(explanation: Explanation, kind: str, at: datetime) -> None:
    _tell(explanation, explanation.bid.agency, kind, links.to_bid(explanation.tender), at)


def _tell_buyer(explanation: Explanation, kind: str, at: datetime) -> None:
    _tell(explanation, explanation.tender.buyer, kind, links.to_explanation(explanation), at)


def _tell(
    explanation: Explanation, organization: Organization, kind: str, url: str, at: datetime
) -> None:
    context = {"explanation": explanation}
    tender: Tender = explanation.tender
    tell_all(
        [Notice(organization=organization, tender=tender, kind=kind, url=url, context=context)], at
    )
