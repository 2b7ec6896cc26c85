"""How somebody objects, is answered, complains, and hears the decision; and what people report."""

from __future__ import annotations

from bidding.actions import disputes as actions
from bidding.actions.reports import answer_report, file_report
from cms.demo.engine import Scene, Story
from cms.demo.reading import filing_of, losers_of, tender_by_slug
from cms.demo.script import Dispute, Report
from cms.demo.stories.cases import evidence
from cms.demo.world import Row, World

FIRST, SECOND = 0, 1
PARTS = {
    "filed": 0.45,
    "refused": 0.6,
    "withdrawn": 0.6,
    "accepted": 0.6,
    "answered": 0.5,
    "settled": 0.7,
    "complained": 0.75,
    "decided": 0.6,
    "closed": 0.6,
}
"""At which part of the working day each step is taken."""


def dispute_takes_its_course(world: World, plan: Dispute) -> Story:
    """File one and lead it as far as the script says; the schedule does what runs out."""
    dispute = yield from _filed(world, plan)
    if plan.withdrawn is not None:
        yield (at := world.at(plan.withdrawn, PARTS["withdrawn"], dispute.number))
        actions.withdraw_dispute(dispute=dispute, by=dispute.filed_by, at=at)
    elif plan.refused is not None:
        yield (at := world.at(plan.refused, PARTS["refused"], dispute.number))
        by = _officer(world, dispute, FIRST)
        actions.refuse_dispute(dispute=dispute, reasons=plan.reasons, by=by, at=at)
    elif plan.accepted is not None:
        yield from _answered(world, plan, dispute)


def _filed(world: World, plan: Dispute) -> Scene:
    labels = (plan.matter, plan.order, plan.respondent)
    yield (at := world.at(plan.filed, PARTS["filed"], *labels))
    tender = tender_by_slug(world.tenders[plan.order].slug) if plan.order else None
    filer = world.parties[plan.filer] if plan.filer or tender is None else losers_of(tender)[0]
    occurred = None if plan.occurred is None else world.days.day(plan.occurred)
    filing = filing_of(
        plan.matter,
        filer=filer,
        tender=tender,
        respondent=world.parties.get(plan.respondent),
        occurred_on=occurred,
    )
    return actions.file_dispute(
        filing=filing,
        facts=plan.facts,
        request=plan.request,
        files=[evidence(world.text("paper", "evidence"), plan.facts)],
        by=world.manager(world.key_of(filer)),
        at=at,
    )


def _answered(world: World, plan: Dispute, dispute: Row) -> Story:
    yield (at := world.at(plan.accepted or 0, PARTS["accepted"], dispute.number))
    by = _officer(world, dispute, FIRST)
    dispute = actions.accept_dispute(dispute=dispute, by=by, at=at)
    if plan.answered is None:
        return
    yield (at := world.at(plan.answered, PARTS["answered"], dispute.number))
    by = _who_answers(world, dispute)
    dispute = actions.answer_dispute(dispute=dispute, answer=plan.answer, by=by, at=at)
    if plan.settled is not None:
        yield (at := world.at(plan.settled, PARTS["settled"], dispute.number))
        actions.settle_dispute(dispute=dispute, by=dispute.filed_by, at=at)
    elif plan.complained is not None:
        yield (at := world.at(plan.complained, PARTS["complained"], dispute.number))
        actions.complain(
            objection=dispute, facts=plan.facts, request=plan.request, by=dispute.filed_by, at=at
        )
    elif plan.decided is not None:
        yield from _decided(world, plan, dispute)


def _decided(world: World, plan: Dispute, dispute: Row) -> Story:
    yield (at := world.at(plan.decided or 0, PARTS["decided"], dispute.number))
    by = _officer(world, dispute, SECOND)
    dispute = actions.decide_dispute(
        dispute=dispute,
        is_upheld=plan.upheld,
        decision=plan.reasons,
        by=by,
        at=at,
    )
    if plan.closed is not None:
        yield (at := world.at(plan.closed, PARTS["closed"], dispute.number))
        actions.close_dispute(dispute=dispute, note=plan.closing, by=by, at=at)


def _officer(world: World, dispute: Row, number: int) -> Row:
    """Return an officer of the authority that sees to it."""
    role = "regulator" if dispute.is_complaint else "operator"
    return world.users[world.officers[role, dispute.authority.division_id][number]]


def _who_answers(world: World, dispute: Row) -> Row:
    side = dispute.respondent
    if side.kind == side.Kind.AUTHORITY:
        return world.users[world.officers["operator", side.division_id][FIRST]]
    return world.manager(world.key_of(side))


def report_is_answered(world: World, plan: Report) -> Story:
    """Report something, and answer it if the script says so."""
    yield (at := world.at(plan.filed, PARTS["filed"], plan.topic, plan.place))
    report = file_report(
        topic=plan.topic,
        reference=plan.reference,
        division=world.division(plan.place),
        text=plan.text,
        contact="",
        at=at,
    )
    if plan.answered is None:
        return
    yield (at := world.at(plan.answered, PARTS["answered"], plan.topic, plan.place))
    by = world.operators(report.authority.division_id)[FIRST]
    answer_report(report=report, answer=plan.answer, by=by, at=at, is_taken_up=not plan.set_aside)
