"""How professionals move, what agencies declare to have done, and how officers share work."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from cms.demo.engine import Story
from cms.demo.paper import pdf
from cms.demo.reading import agency_of, offices_of
from cms.demo.script import Move, Work
from cms.demo.world import Row, World
from marketplace.actions.assignments import stand_in
from marketplace.actions.moves import contest_move, release_practitioner, request_move
from marketplace.actions.performance import confirm_performance, declare_work

DONE_BEFORE = timedelta(days=120)
AWAY = timedelta(days=2)


def practitioner_moves(world: World, plan: Move) -> Story:
    """Ask for somebody of another agency, and answer as the script says."""
    yield (at := world.at(plan.day, 0.35, plan.old, plan.new))
    old: Row = agency_of(world.parties[plan.old])
    new: Row = agency_of(world.parties[plan.new])
    person: Row = old.practitioners.first()
    move = request_move(
        agency=new,
        name=person.name,
        certificate_number=person.certificate_number,
        files=[_paper(world, "move", new)],
        by=world.manager(plan.new),
        at=at,
    )
    if plan.stays == "requested":
        return
    yield (at := world.at(plan.day, 0.75, plan.old, plan.new))
    by = world.manager(plan.old)
    if plan.stays == "contested":
        contest_move(move=move, reasons=plan.reasons, by=by, at=at)
    else:
        release_practitioner(move=move, by=by, at=at)


def work_is_declared(world: World, plan: Work) -> Story:
    """Declare work from elsewhere, which an officer checks unless it stays as it is."""
    yield (at := world.at(plan.day, 0.4, plan.agency, plan.title))
    agency: Row = agency_of(world.parties[plan.agency])
    certificate: Row = agency.qualifications.first()
    work = declare_work(
        agency=agency,
        title=plan.title,
        client=plan.client,
        completed_on=at.date() - DONE_BEFORE,
        evidence=_paper(world, "work", agency),
        by=world.manager(plan.agency),
        at=at,
        service_class=certificate.service_class,
        amount=Decimal(plan.amount),
    )
    if plan.stays == "entered":
        return
    yield (at := world.at(plan.day, 0.8, plan.agency, plan.title))
    officer = world.operators(agency.organization.division_id)[0]
    confirm_performance(performance=work, by=officer, at=at)


def officer_is_away(world: World, place: str) -> Story:
    """Let one officer of a place stand in for another at the end of the story."""
    yield (at := world.at(-1, 0.9, "away", place))
    absent, substitute = world.operators(place)[:2]
    today = world.days.today
    stand_in(
        organization=offices_of(absent)[0],
        absent=absent,
        substitute=substitute,
        first_day=today,
        last_day=today + AWAY,
        by=absent,
        at=at,
    )


def _paper(world: World, key: str, agency: Row) -> SimpleUploadedFile:
    organization = agency.organization
    lines = [
        line.format(agency=organization.name, uscc=organization.uscc)
        for line in world.text("paper", "register_lines")
    ]
    title = world.text("paper", key)
    return SimpleUploadedFile(f"{title}.pdf", pdf(title, lines))
