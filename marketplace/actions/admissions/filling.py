"""Fill an application in with what other departments know (免证办理)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from marketplace.actions.admissions.application import add_qualification, change_agency
from marketplace.actions.admissions.steps import locked
from marketplace.exchange import EdocCertificate, Known, Registered
from marketplace.guards.admissions import certificate_is_new
from marketplace.guards.filling import may_fill_in
from marketplace.guards.versions import application_as_seen
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import Agency, FieldSource, Qualification, ServiceClass, User
from marketplace.registered import AGENCY_FACTS, ORGANIZATION_FACTS

Port = FieldSource.Port


@transaction.atomic
def fill_in(
    *, agency: Agency, known: Known, by: User, at: datetime, seen: str | None = None
) -> list[FieldSource]:
    """
    Take over what is `known`: the licence's facts as they are there, and certificates not entered.

    `known` was asked before anything is locked. Returns where each value came from; what somebody
    types in its place later is theirs.

    Raises:
        Refused: a guard in `may_fill_in` does not hold, or one of those of what is filled in.
    """
    agency = locked(agency)
    require(*may_fill_in(agency, known), *application_as_seen(agency, seen))
    made: list[FieldSource] = []
    if known.licence is not None:
        made += _take_licence(agency, known.licence, by=by, at=at)
    for one in known.certificates:
        made += _take_certificate(agency, one, by=by, at=at)
    record(
        by=by,
        verb="agency.filled_in",
        target=agency,
        at=at,
        organization=agency.organization,
        fields=sorted(one.field for one in made),
    )
    return made


def _take_licence(
    agency: Agency, licence: Registered, *, by: User, at: datetime
) -> list[FieldSource]:
    known = {*ORGANIZATION_FACTS, *AGENCY_FACTS} - {"division", "registered_in"}
    facts: dict[str, Any] = {name: value for name, value in licence.facts.items() if name in known}
    change_agency(agency=agency, by=by, at=at, **facts)
    return [_note(agency, name, Port.REGISTRY, licence.reference, at) for name in facts]


def _take_certificate(
    agency: Agency, one: EdocCertificate, *, by: User, at: datetime
) -> list[FieldSource]:
    """Enter a certificate; one that is entered already, or of a class we have not, is left out."""
    service_class = ServiceClass.objects.filter(code=one.service_class).first()
    number = str(one.facts.get("certificate_number", ""))
    if service_class is None or not certificate_is_new(agency, service_class, number).holds:
        return []
    row: Qualification = add_qualification(
        agency=agency, by=by, at=at, service_class=service_class, **one.facts
    )
    return [_note(agency, source_of(row), Port.CERTIFICATES, one.reference, at)]


def source_of(row: Qualification) -> str:
    """Return the field under which the source of a certificate is kept."""
    return f"qualification-{row.pk}"


def _note(agency: Agency, field: str, port: str, reference: str, at: datetime) -> FieldSource:
    made, _new = FieldSource.objects.update_or_create(
        organization=agency.organization,
        field=field,
        defaults={"port": port, "reference": reference, "fetched_at": at},
    )
    return made
