"""How misconduct is found, stated, decided."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from cms.demo.engine import Scene, Story
from cms.demo.paper import pdf
from cms.demo.script import Case
from cms.demo.world import Row, World
from credit.actions import (
    Proposal,
    announce_hearing,
    decide_case,
    decide_repair,
    decide_review,
    dismiss_case,
    file_repair,
    file_review,
    give_notice,
    hear_statement,
    hold_hearing,
    prepare_case,
)

WIDTH = 36
"""How many characters stand on a line of the paper."""


def case_takes_its_course(world: World, plan: Case) -> Story:
    """Open one case and lead it as far as the script says; the schedule ends what runs out."""
    yield (at := world.at(plan.opened, 0.5, plan.agency))
    authority = world.parties[plan.authority]
    first, second = [
        world.users[login] for login in world.officers["regulator", authority.division_id][:2]
    ]
    name, number = _person(world, plan)
    proposal = Proposal(
        organization=world.parties[plan.agency],
        authority=authority,
        kind=plan.kind,
        severity=plan.severity,
        months=plan.months,
        restriction_kind=plan.measure,
        service_class=world.service_class(plan.service_class) if plan.service_class else None,
        occurred_at=at,
        facts=plan.facts,
        reference=world.tenders[plan.order].code if plan.order else "",
        legal_basis=plan.basis,
        person_name=name,
        person_number=number,
    )
    paper = evidence(world.text("paper", "evidence"), plan.facts)
    case = prepare_case(proposal=proposal, by=first, at=at, files=[paper])
    case = give_notice(case=case, by=first, at=at)
    if plan.stated is not None:
        yield (at := world.at(plan.stated, 0.4, plan.agency))
        asks = plan.heard is not None
        by = world.manager(plan.agency)
        case = hear_statement(case=case, statement=plan.statement, asks_hearing=asks, by=by, at=at)
        if plan.heard is not None:
            case = yield from _hearing(world, plan, case, (plan.stated, plan.heard))
    yield from _end(world, plan, case, second)
    if plan.appealed is not None:
        yield from _review(world, plan, case, plan.appealed)
    if plan.repaired is not None:
        yield from _repair(world, plan, case, plan.repaired)


def _hearing(world: World, plan: Case, case: Row, days: tuple[int, int]) -> Scene:
    """Let an officer who did not investigate announce a hearing, and hold it."""
    announced, held = days
    yield (at := world.at(announced, 0.7, plan.agency))
    by = _third(world, plan)
    opens, place = world.at(held, 0.25), world.text("paper", "hearing_place")
    announce_hearing(case=case, takes_place_at=opens, place=place, by=by, at=at)
    yield (at := world.at(held, 0.6, plan.agency))
    return hold_hearing(case=case, minutes=plan.minutes, by=by, at=at)


def _review(world: World, plan: Case, case: Row, day: int) -> Story:
    """Let the agency ask for a review, and a third officer uphold the decision."""
    yield (at := world.at(day, 0.9, plan.agency))
    case.refresh_from_db()
    review = file_review(case=case, grounds=plan.grounds, by=world.manager(plan.agency), at=at)
    if plan.reviewed is not None:
        yield (at := world.at(plan.reviewed, 0.5, plan.agency))
        by = _third(world, plan)
        decide_review(review=review, outcome="upheld", reasons=plan.review, by=by, at=at)


def _repair(world: World, plan: Case, case: Row, day: int) -> Story:
    """Let the agency say what it has corrected, and an officer lift the measure early."""
    yield (at := world.at(day, 0.3, plan.agency))
    case.refresh_from_db()
    repair = file_repair(
        case=case,
        correction=plan.correction,
        commitment=world.text("paper", "repair_commitment"),
        by=world.manager(plan.agency),
        at=at,
    )
    if plan.restored is not None:
        yield (at := world.at(plan.restored, 0.5, plan.agency))
        by = _third(world, plan)
        decide_repair(repair=repair, is_granted=True, reasons=plan.repair, by=by, at=at)


def _third(world: World, plan: Case) -> Row:
    """Return the regulator who has neither opened nor decided the case."""
    division = world.parties[plan.authority].division_id
    return world.users[world.officers["regulator", division][2]]


def _person(world: World, plan: Case) -> tuple[str, str]:
    """Return whom a measure binds that is on one of the agency's people: the one entered last."""
    if not plan.is_on_person:
        return "", ""
    person = world.parties[plan.agency].agency.practitioners.last()
    return person.name, person.certificate_number


def evidence(title: str, facts: str) -> SimpleUploadedFile:
    """Return the record of what was found, as a file."""
    lines = [facts[start : start + WIDTH] for start in range(0, len(facts), WIDTH)]
    return SimpleUploadedFile(f"{title}.pdf", pdf(title, lines), "application/pdf")


def _end(world: World, plan: Case, case: Row, by: Row) -> Story:
    if plan.decided is not None:
        yield (at := world.at(plan.decided, 0.75, plan.agency))
        decide_case(case=case, reasons=plan.reasons, by=by, at=at)
    elif plan.dismissed is not None:
        yield (at := world.at(plan.dismissed, 0.6, plan.agency))
        dismiss_case(case=case, reasons=plan.reasons, by=by, at=at)
