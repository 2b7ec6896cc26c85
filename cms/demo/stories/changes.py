"""How agencies on the register change what is registered of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cms.demo.engine import Story
from cms.demo.paper import pdf
from cms.demo.reading import agency_of, ending_certificate
from cms.demo.script import Change
from cms.demo.world import Row, World
from marketplace.actions.changes import (
    confirm_change,
    propose_change,
    return_change,
    withdraw_change,
)

ONE_DAY = timedelta(days=1)
YEARS = 3


def register_is_changed(world: World, plan: Change) -> Story:
    """Propose one change and lead it as far as the script says."""
    yield (at := world.at(plan.day, 0.3, plan.agency, plan.part))
    agency: Row = agency_of(world.parties[plan.agency])
    agency.organization.refresh_from_db()
    by = world.manager(plan.agency)
    proposal = propose_change(
        agency=agency,
        files=[_paper(world, agency)],
        by=by,
        at=at,
        **_asked(world, plan, agency),
    )
    if plan.stays == "submitted":
        return
    yield (at := world.at(plan.day, 0.7, plan.agency, plan.part))
    if plan.stays == "withdrawn":
        withdraw_change(proposal=proposal, by=by, at=at)
        return
    _decide(world, plan, proposal, at)


def _decide(world: World, plan: Change, proposal: Row, at: datetime) -> None:
    place = world.parties[plan.agency].division_id
    officer = world.operators(place)[0]
    if plan.stays == "returned":
        return_change(proposal=proposal, reasons=plan.reasons, by=officer, at=at)
    else:
        confirm_change(proposal=proposal, by=officer, at=at)


def _asked(world: World, plan: Change, agency: Row) -> dict[str, Any]:
    """Return what is proposed: a part of the register, an act, and the new values."""
    if plan.part == "renewal":
        return _renewal(agency)
    if plan.part == "leaver":
        person = agency.practitioners.last()
        return {"part": "practitioner", "act": "end", "target": person.pk}
    organization = agency.organization
    address = world.text("paper", "new_address").format(address=organization.address)
    values = {
        "address": {"address": address},
        "phone": {"contact_phone": world.telephone(f"{plan.agency}/new", organization.division_id)},
        "name": {"name": plan.name},
    }[plan.part]
    return {"part": "facts", "act": "change", "values": values}


def _renewal(agency: Row) -> dict[str, Any]:
    old: Row = ending_certificate(agency)
    start = old.valid_until + ONE_DAY
    end = start.replace(year=start.year + YEARS, day=min(start.day, 28)) - ONE_DAY
    names = ("service_class", "kind", "name", "certificate_number", "discipline", "level", "issuer")
    values = {name: getattr(old, name) for name in names}
    return {
        "part": "qualification",
        "act": "renew",
        "target": old.pk,
        "values": {**values, "valid_from": start, "valid_until": end},
    }


def _paper(world: World, agency: Row) -> SimpleUploadedFile:
    organization = agency.organization
    lines = [
        line.format(agency=organization.name, uscc=organization.uscc)
        for line in world.text("paper", "register_lines")
    ]
    title = world.text("paper", "change")
    return SimpleUploadedFile(f"{title}.pdf", pdf(title, lines))
