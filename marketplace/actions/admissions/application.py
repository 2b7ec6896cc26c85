"""The agency's part: fill in, submit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from marketplace.actions.admissions.deadlines import CHECK
from marketplace.actions.admissions.steps import locked, record_step
from marketplace.actions.registration import UnknownFact, save_with_code, uscc_fields
from marketplace.guards import admissions as guards
from marketplace.guards.registration import may_register_in, may_use_uscc
from marketplace.guards.versions import application_as_seen
from marketplace.identifiers import check_uscc
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.verdicts import require
from marketplace.models import (
    Agency,
    Organization,
    Practitioner,
    Qualification,
    ServiceClass,
    User,
)
from marketplace.registered import AGENCY_FACTS, ORGANIZATION_FACTS


@transaction.atomic
def change_agency(
    *,
    agency: Agency,
    by: User,
    at: datetime,
    seen: str | None = None,
    uscc: str | None = None,
    **facts: Any,
) -> Agency:
    """
    Store facts of the agency and its organisation; a new credit code is checked again.

    Raises:
        Refused: the admission is not open for changes, or the code may not be used.
        UnknownFact: a keyword names no fact.
    """
    if unknown := facts.keys() - {*ORGANIZATION_FACTS, *AGENCY_FACTS}:
        raise UnknownFact(*sorted(unknown))
    agency = locked(agency)
    organization = agency.organization
    require(guards.admission_is_open(agency), *application_as_seen(agency, seen))
    new_code = check_uscc(uscc) if uscc is not None else None
    if new_code is not None and new_code.value != organization.uscc:
        require(*may_use_uscc(new_code, organization))
        facts |= uscc_fields(new_code)
    changed = sorted(
        name for name, value in facts.items() if _differs(organization, agency, name, value)
    )
    require(
        guards.public_names_stay(agency, changed),
        *may_register_in(organization.division, organization.registered_in),
    )
    save_with_code(organization)
    agency.save()
    organization.sources.filter(field__in=changed).delete()
    record(
        by=by,
        verb="agency.changed",
        target=agency,
        at=at,
        organization=organization,
        before=agency.status,
        fields=changed,
    )
    return agency


def _differs(organization: Organization, agency: Agency, name: str, value: Any) -> bool:
    row = agency if name in AGENCY_FACTS else organization
    is_other = bool(getattr(row, name) != value)
    setattr(row, name, value)
    return is_other


@transaction.atomic
def add_qualification(
    *,
    agency: Agency,
    by: User,
    at: datetime,
    service_class: ServiceClass,
    certificate_number: str = "",
    seen: str | None = None,
    **facts: Any,
) -> Qualification:
    """
    Enter a certificate, a filing, or the agency's word for a class; it holds from today if unsaid.

    Raises:
        Refused: the admission is not open, the certificate is entered already, or the law asks for
            more than a word in this class.
    """
    agency = locked(agency)
    require(
        guards.admission_is_open(agency),
        guards.certificate_is_new(agency, service_class, certificate_number),
        guards.class_takes_a_word(service_class, facts.get("kind", "")),
        *application_as_seen(agency, seen),
    )
    qualification = Qualification.objects.create(
        agency=agency,
        service_class=service_class,
        certificate_number=certificate_number,
        **facts | {"valid_from": facts.get("valid_from") or day_of(at)},
    )
    _record_part(agency, "qualification.added", qualification, by=by, at=at)
    return qualification


@transaction.atomic
def remove_qualification(
    *, qualification: Qualification, by: User, at: datetime, seen: str | None = None
) -> None:
    """
    Take a certificate out of an application that is still open.

    Raises:
        Refused: the admission is not open.
    """
    agency = locked(qualification.agency)
    require(guards.admission_is_open(agency), *application_as_seen(agency, seen))
    _record_part(agency, "qualification.removed", qualification, by=by, at=at)
    agency.organization.sources.filter(field=f"qualification-{qualification.pk}").delete()
    qualification.delete()


@transaction.atomic
def add_practitioner(
    *,
    agency: Agency,
    by: User,
    at: datetime,
    certificate_number: str,
    seen: str | None = None,
    **facts: Any,
) -> Practitioner:
    """
    Enter a professional, who may work for one agency only.

    Raises:
        Refused: the admission is not open, or the certificate is entered somewhere already.
    """
    agency = locked(agency)
    require(
        guards.admission_is_open(agency),
        guards.practitioner_is_new(certificate_number),
        guards.practitioner_may_practise(certificate_number, at),
        *application_as_seen(agency, seen),
    )
    try:
        with transaction.atomic():
            practitioner = Practitioner.objects.create(
                agency=agency, certificate_number=certificate_number, **facts
            )
    except IntegrityError:  # another agency entered the same person at the same time
        require(guards.practitioner_is_new(certificate_number))
        raise
    _record_part(agency, "practitioner.added", practitioner, by=by, at=at)
    return practitioner


@transaction.atomic
def remove_practitioner(
    *, practitioner: Practitioner, by: User, at: datetime, seen: str | None = None
) -> None:
    """
    Take a professional out of an application that is still open.

    Raises:
        Refused: the admission is not open.
    """
    agency = locked(practitioner.agency)
    require(guards.admission_is_open(agency), *application_as_seen(agency, seen))
    _record_part(agency, "practitioner.removed", practitioner, by=by, at=at)
    practitioner.delete()


def _record_part(
    agency: Agency, verb: str, part: Qualification | Practitioner, *, by: User, at: datetime
) -> None:
    record(
        by=by,
        verb=verb,
        target=part,
        at=at,
        organization=agency.organization,
        agency=agency.pk,
        certificate_number=part.certificate_number,
    )


@transaction.atomic
def submit_admission(*, agency: Agency, by: User, at: datetime, seen: str | None = None) -> Agency:
    """
    Sign the commitment and hand the application in for the formal check.

    Raises:
        Refused: a guard in `may_submit_admission` does not hold.
    """
    agency = locked(agency)
    require(*guards.may_submit_admission(agency, at), *application_as_seen(agency, seen))
    before = agency.status
    agency.submit(at=at)
    agency.save()
    deadlines.start(CHECK, agency, at)
    record_step(agency, "agency.submitted", by=by, at=at, before=before)
    return agency
