"""How the authorities, the owners and the agencies come to the platform."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from cms.demo.engine import Story
from cms.demo.paper import pdf
from cms.demo.reading import agency_of, papers_needed_by, place_code, told_by_registry
from cms.demo.script import DAYS_TO_ADMISSION, Agency, Authority, Buyer
from cms.demo.world import Row, World, agent_login, credit_code, identity_number
from marketplace.actions.admissions import (
    add_practitioner,
    add_qualification,
    approve_admission,
    change_agency,
    register_agency,
    register_buyer,
    return_admission,
    submit_admission,
)
from marketplace.actions.admissions.filling import fill_in
from marketplace.actions.authorities import propose_authority, set_up_authority
from marketplace.actions.factors import give_demo_factor
from marketplace.actions.identities import state_identity
from marketplace.actions.memberships import add_member
from marketplace.actions.owners import confirm_owner
from marketplace.actions.papers import add_papers
from marketplace.actions.registration import buy_too, change_buyer, register_person

QUALIFIED_YEARS = 3
MORNING = 0.0
# What an agency brings to a class, by what the class asks for; else a certificate.
WORD = "commitment"
PERSON = "person"
SMALL = "small"
ENTERPRISES = {"company", "unincorporated", "sole_trader"}
KINDS = {"filing": "filing", WORD: WORD}


def authority_is_set_up(world: World, plan: Authority) -> Story:
    """Set up one authority and appoint its officers."""
    yield (at := world.at(world.script.first_day, MORNING, plan.key))
    division = world.division(plan.division)
    organization = set_up_authority(name=plan.name, division=division, by=None, at=at)
    world.parties[plan.key] = organization
    for role, logins in plan.officers.items():
        world.officers[role, plan.division] = [*logins]
        for login in logins:
            officer = world.open_account(login, at)
            give_demo_factor(user=officer, at=at)
            state_identity(identity_number=identity_number(login), by=officer, at=at)
            add_member(organization=organization, user=officer, role=role, by=None, at=at)


def authority_is_proposed(world: World, office: str) -> Story:
    """Let a manager of an office put up one more authority; a second one has still to confirm."""
    yield (at := world.at(-1, 0.7, "authority", office))
    plan, organization = world.text("authority"), world.parties[office]
    propose_authority(
        office=organization,
        name=plan["name"],
        division=world.division(plan["division"]),
        login=plan["login"],
        by=world.users[world.officers["manager", organization.division_id][0]],
        at=at,
    )


def buyer_registers(world: World, plan: Buyer) -> Story:
    """Register one owner with two people; an officer of its place checks it the same day."""
    yield (at := world.at(world.script.first_day, 0.2, plan.key))
    manager = world.open_account(plan.key, at)
    organization = _owner(world, plan, by=manager, at=at)
    world.parties[plan.key] = change_buyer(
        organization=organization,
        by=manager,
        at=at,
        size=plan.size,
        contact_name=manager.name,
        contact_phone=world.telephone(plan.key, plan.division),
    )
    if plan.nature != PERSON:
        _second_person(world, plan.key, organization, "buyer_agent", at)
    yield (at := world.at(world.script.first_day, 0.5, plan.key))
    officer = world.operators(plan.division)[0]
    confirm_owner(buyer=organization.buyer, by=officer, at=at, authority_confirmed=True)


def _owner(world: World, plan: Buyer, *, by: Row, at: datetime) -> Row:
    common = {"division": world.division(plan.division), "by": by, "at": at}
    if plan.nature == PERSON:
        return register_person(person_name=plan.name, identity_number=plan.code, **common)
    code = credit_code(plan.code, plan.division, plan.name)
    return register_buyer(name=plan.name, uscc=code, nature=plan.nature, **common)


def agency_is_admitted(world: World, plan: Agency) -> Story:
    """Lead one agency as far into the register as the script says; the schedule does the rest."""
    yield (at := world.at(plan.registers, 0.1, plan.key))
    manager = world.open_account(plan.key, at)
    organization = register_agency(
        name=plan.name,
        uscc=credit_code(
            plan.code, plan.outside or plan.division, plan.name, is_wrong=plan.wrong_check_digit
        ),
        division=world.division(plan.division),
        registered_in=place_code(plan.outside) if plan.outside else None,
        by=manager,
        at=at,
    )
    world.parties[plan.key] = organization
    yield (at := world.at(plan.registers, 0.3, plan.key))
    if plan.has_agent:
        _second_person(world, plan.key, organization, "agency_agent", at)
    agency = _fill_in(world, plan, organization, at)
    if plan.stays != "draft":
        yield from _apply(world, plan, agency)


def _apply(world: World, plan: Agency, agency: Row) -> Story:
    manager, officer = world.manager(plan.key), world.operators(plan.division)[0]
    yield (at := world.at(plan.registers, 0.7, plan.key))
    agency = submit_admission(agency=agency, by=manager, at=at)
    if plan.stays == "submitted":
        return
    checked = plan.registers + 1
    yield (at := world.at(checked, 0.3, plan.key))
    if plan.returned:
        agency = return_admission(
            agency=agency,
            reasons=plan.returned,
            by=officer,
            at=at,
        )
        if not plan.corrected:
            return
        yield (at := world.at(checked, 0.7, plan.key))
        agency = submit_admission(agency=agency, by=manager, at=at)
        yield (at := world.at(checked + 1, 0.4, plan.key))
    approve_admission(
        agency=agency,
        by=officer,
        at=at,
        uscc_confirmed=plan.wrong_check_digit,
    )
    if plan.buys:
        yield (at := world.at(checked + DAYS_TO_ADMISSION, 0.5, plan.key))
        buy_too(organization=agency.organization, nature=plan.nature, by=manager, at=at)
        confirm_owner(buyer=agency.organization.buyer, by=officer, at=at, authority_confirmed=True)


def _second_person(world: World, key: str, party: Row, role: str, at: datetime) -> None:
    agent = world.open_account(agent_login(key), at)
    add_member(organization=party, user=agent, role=role, by=world.manager(key), at=at)


def _fill_in(world: World, plan: Agency, organization: Row, at: datetime) -> Row:
    """Enter what the application needs: facts, certificates, professionals."""
    by, chance = world.manager(plan.key), world.chance
    names = "、".join(world.service_class(code).name for code in plan.classes)
    place = _address(world, plan)
    agency: Row = agency_of(organization)
    licence = {
        "nature": plan.nature,
        "legal_representative": world.name_of(f"{plan.key}/legal"),
        "founded_on": plan.founded,
        "registered_capital": Decimal(plan.capital),
        "business_scope": world.text("scope").format(classes=names),
        "address": place,
    }
    if plan.known:
        facts, source = {"name": plan.name, **licence}, world.text("registry_reference")
        fill_in(agency=agency, known=told_by_registry(facts, source), by=by, at=at)
        agency, licence = agency_of(organization), {}
    agency = change_agency(
        agency=agency,
        by=by,
        at=at,
        **licence,
        introduction=world.text("introduction").format(classes=names),
        office_address=place,
        size=SMALL if plan.nature in ENTERPRISES else "",
        contact_name=world.agent(plan.key).name,
        contact_phone=world.telephone(plan.key, plan.division),
    )
    for code, level in plan.classes.items():
        _certificate(world, plan, agency, code, level=level, at=at)
        for number in range(chance.between(2, 4, "people", plan.key, code)):
            _professional(world, plan, agency, code, number, at=at)
    _file_papers(world, plan, agency, at)
    return agency


def _file_papers(world: World, plan: Agency, agency: Row, at: datetime) -> None:
    """Upload what the application needs: each paper a page that says what it stands for."""
    for needed in papers_needed_by(agency):
        lines = [
            line.format(agency=plan.name, uscc=agency.organization.uscc)
            for line in world.text("paper", "register_lines")
        ]
        file = SimpleUploadedFile(f"{needed.label}.pdf", pdf(str(needed.label), lines))
        add_papers(
            agency=agency,
            files=[file],
            kind=needed.kind,
            qualification=needed.qualification,
            practitioner=needed.practitioner,
            by=world.manager(plan.key),
            at=at,
        )


def _address(world: World, plan: Agency) -> str:
    division = world.division(plan.division)
    city = division.parent
    if plan.outside:
        return f"{place_code(plan.outside)}{world.text('outside_street')}"
    streets = world.text("streets").split()
    street = world.chance.one_of(streets, "street", plan.key)
    number = world.chance.between(6, 188, "house", plan.key)
    sentence: str = world.text("address")
    return sentence.format(
        province=city.parent.name,
        city=city.name,
        county=division.name,
        street=street,
        number=number,
    )


def _certificate(
    world: World, plan: Agency, agency: Row, code: str, *, level: str, at: datetime
) -> None:
    paper, service_class = world.text("certificates", code), world.service_class(code)
    kind = KINDS.get(service_class.requirement, "certificate")
    if kind == WORD:
        add_qualification(
            agency=agency,
            by=world.manager(plan.key),
            at=at,
            service_class=service_class,
            kind=kind,
            name=paper["name"],
        )
        return
    is_first = code == next(iter(plan.classes))
    valid_from = _granted(world, plan, code, at.date())
    valid_until = _anniversary(valid_from)
    if is_first and plan.expires_in_days is not None:
        valid_until = world.days.today + timedelta(days=plan.expires_in_days)
    number = world.chance.number(9000, "certificate", plan.key, code) + 1000
    add_qualification(
        agency=agency,
        by=world.manager(plan.key),
        at=at,
        service_class=service_class,
        kind=kind,
        certificate_number=f"{paper['mark']}{valid_from.year}-{number}",
        name=paper["name"],
        level=level,
        issuer=paper["issuer"],
        valid_from=valid_from,
        valid_until=valid_until,
    )


def _granted(world: World, plan: Agency, code: str, day: date) -> date:
    return day - timedelta(days=world.chance.between(40, 700, "granted", plan.key, code))


def _anniversary(day: date) -> date:
    """Return the last day of a certificate granted on `day`."""
    return date(day.year + QUALIFIED_YEARS, day.month, min(day.day, 28)) - timedelta(days=1)


def _professional(
    world: World, plan: Agency, agency: Row, code: str, number: int, *, at: datetime
) -> None:
    serial = world.chance.number(10**7, "professional", plan.key, code, number)
    add_practitioner(
        agency=agency,
        by=world.manager(plan.key),
        at=at,
        certificate_number=f"36{code[1:]}{serial:07d}",
        name=world.name_of(f"{plan.key}/{code}/{number}"),
        certificate_name=world.text("certificates", code, "people"),
    )
