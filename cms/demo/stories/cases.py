"""How misconduct is found, stated, decided."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from cms.demo.engine import Story
from cms.demo.paper import pdf
from cms.demo.script import Case
from cms.demo.world import Row, World
from credit.actions import (
    Proposal,
    decide_case,
    dismiss_case,
    give_notice,
    hear_statement,
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
        case = hear_statement(
            case=case, statement=plan.statement, by=world.manager(plan.agency), at=at
        )
    yield from _end(world, plan, case, second)


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
