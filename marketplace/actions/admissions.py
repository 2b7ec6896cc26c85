"""An agency's way into the register: fill in, submit, formal check, publicity, active."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from marketplace.actions.audit import record
from marketplace.actions.messages import notify
from marketplace.actions.registration import register_agency, register_buyer, uscc_fields
from marketplace.calendar import Deadline, add_working_days, day_of
from marketplace.guards import admissions as guards
from marketplace.guards.deadlines import may_settle_deadline
from marketplace.guards.registration import may_use_uscc
from marketplace.identifiers import check_uscc
from marketplace.models import (
    Agency,
    CalendarDay,
    Organization,
    Practitioner,
    Qualification,
    ServiceClass,
    User,
)
from marketplace.parameters import rules_in_force
from marketplace.provisional import Settled, settle_each, settled
from marketplace.questions import sanctions_on_namesakes
from marketplace.verdicts import require

__all__ = ["register_agency", "register_buyer"]

ORGANIZATION_FACTS = frozenset(
    {
        *("name", "division", "legal_representative", "address"),
        *("contact_name", "contact_phone", "contact_email"),
    }
)
AGENCY_FACTS = frozenset(
    {
        *("nature", "founded_on", "registered_capital", "business_scope"),
        *("business_until", "office_address", "introduction"),
    }
)


class UnknownFact(TypeError):
    """A fact that an agency cannot have."""


@transaction.atomic
def change_agency(
    *, agency: Agency, by: User, at: datetime, uscc: str | None = None, **facts: Any
) -> Agency:
    """
    Store facts of the agency and its organisation; a new credit code is checked again.

    Raises:
        Refused: the admission is not open for changes, or the code may not be used.
        UnknownFact: a keyword names no fact.
    """
    if unknown := facts.keys() - ORGANIZATION_FACTS - AGENCY_FACTS:
        raise UnknownFact(*sorted(unknown))
    agency = _locked(agency)
    organization = agency.organization
    require(guards.admission_is_open(agency))
    new_code = check_uscc(uscc) if uscc is not None else None
    if new_code is not None and new_code.value != organization.uscc:
        require(*may_use_uscc(new_code, organization))
        facts |= uscc_fields(new_code)
    changed = sorted(
        name for name, value in facts.items() if _differs(organization, agency, name, value)
    )
    organization.save()
    agency.save()
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
    certificate_number: str,
    **facts: Any,
) -> Qualification:
    """
    Enter a certificate.

    Raises:
        Refused: the admission is not open, or the certificate is entered already.
    """
    agency = _locked(agency)
    require(
        guards.admission_is_open(agency),
        guards.certificate_is_new(agency, service_class, certificate_number),
    )
    qualification = Qualification.objects.create(
        agency=agency,
        service_class=service_class,
        certificate_number=certificate_number,
        **facts,
    )
    _record_part(agency, "qualification.added", qualification, by=by, at=at)
    return qualification


@transaction.atomic
def remove_qualification(*, qualification: Qualification, by: User, at: datetime) -> None:
    """
    Take a certificate out of an application that is still open.

    Raises:
        Refused: the admission is not open.
    """
    agency = _locked(qualification.agency)
    require(guards.admission_is_open(agency))
    _record_part(agency, "qualification.removed", qualification, by=by, at=at)
    qualification.delete()


@transaction.atomic
def add_practitioner(
    *, agency: Agency, by: User, at: datetime, certificate_number: str, **facts: Any
) -> Practitioner:
    """
    Enter a professional, who may work for one agency only.

    Raises:
        Refused: the admission is not open, or the certificate is entered somewhere already.
    """
    agency = _locked(agency)
    require(guards.admission_is_open(agency), guards.practitioner_is_new(certificate_number))
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
def remove_practitioner(*, practitioner: Practitioner, by: User, at: datetime) -> None:
    """
    Take a professional out of an application that is still open.

    Raises:
        Refused: the admission is not open.
    """
    agency = _locked(practitioner.agency)
    require(guards.admission_is_open(agency))
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
def submit_admission(*, agency: Agency, by: User, at: datetime) -> Agency:
    """
    Sign the commitment and hand the application in for the formal check.

    Raises:
        Refused: a guard in `may_submit_admission` does not hold.
    """
    agency = _locked(agency)
    require(*guards.may_submit_admission(agency, at))
    before = agency.status
    due = _deadline(agency, "onboarding.formal_check", at)
    agency.submit(at=at, due_at=due.ends_at)
    agency.is_due_provisional = due.provisional
    agency.save()
    _record_step(agency, "agency.submitted", by=by, at=at, before=before)
    return agency


@transaction.atomic
def return_admission(*, agency: Agency, reasons: str, by: User, at: datetime) -> Agency:
    """
    Send the application back with reasons; it may be corrected and submitted again.

    Raises:
        Refused: a guard in `may_return_admission` does not hold.
    """
    agency = _locked(agency)
    require(*guards.may_return_admission(agency, reasons, by))
    before = agency.status
    agency.send_back(at=at, by=by, reasons=reasons.strip())
    agency.save()
    _record_step(agency, "agency.returned", by=by, at=at, before=before, reasons=reasons.strip())
    _tell(agency, "marketplace/admission_returned", at=at, reasons=reasons.strip())
    return agency


@transaction.atomic
def approve_admission(
    *,
    agency: Agency,
    by: User,
    at: datetime,
    uscc_confirmed: bool = False,
    is_another_person: bool = False,
) -> Agency:
    """
    Pass the formal check; publicity runs from now and ends by itself.

    `uscc_confirmed` says that the officer compared a credit code with a wrong check digit with the
    certificate; `is_another_person` that the legal representative is not the namesake whose agency
    is sanctioned.

    Raises:
        Refused: a guard in `may_approve_admission` does not hold.
    """
    agency = _locked(agency)
    require(
        *guards.may_approve_admission(
            agency, by, at, uscc_confirmed=uscc_confirmed, is_another_person=is_another_person
        )
    )
    before, organization = agency.status, agency.organization
    namesakes = [found.reference for found in sanctions_on_namesakes(organization, at)]
    if not organization.has_valid_check_digit:
        organization.uscc_confirmed_at = at
        organization.save(update_fields=["uscc_confirmed_at"])
    due = _deadline(agency, "onboarding.publicity", at)
    ends_at = due.ends_at if due.day > day_of(at) else at
    agency.approve(at=at, by=by, publicity_ends_at=ends_at)
    agency.is_due_provisional = due.provisional
    agency.save()
    _record_step(
        agency,
        "agency.approved",
        by=by,
        at=at,
        before=before,
        uscc_confirmed=not organization.has_valid_check_digit,
        **({"not_the_namesake_of": namesakes} if namesakes else {}),
    )
    _tell(agency, "marketplace/admission_approved", at=at)
    return agency


@transaction.atomic
def activate_agency(*, agency: Agency, at: datetime) -> Agency:
    """
    Open the whole province to an agency whose publicity has ended by `at`.

    Raises:
        Refused: a guard in `may_activate_agency` does not hold.
    """
    agency = _locked(agency)
    require(*guards.may_activate_agency(agency, at))
    before = agency.status
    agency.activate(at=at)
    agency.save()
    _record_step(agency, "agency.activated", by=None, at=at, before=before)
    _tell(agency, "marketplace/agency_activated", at=at)
    return agency


@transaction.atomic
def withdraw_agency(*, agency: Agency, by: User, at: datetime) -> Agency:
    """
    End the agency's application or its membership of the register.

    Raises:
        Refused: a guard in `may_withdraw_agency` does not hold.
    """
    agency = _locked(agency)
    require(*guards.may_withdraw_agency(agency, at))
    before = agency.status
    agency.withdraw(at=at)
    agency.save()
    _record_step(agency, "agency.withdrawn", by=by, at=at, before=before)
    return agency


def settle_admissions(*, at: datetime) -> list[Settled]:
    """Settle every provisional deadline of an admission that still runs at `at`."""
    running = Agency.objects.filter(
        is_due_provisional=True, status__in=[Agency.Status.SUBMITTED, Agency.Status.PUBLICITY]
    )
    return settle_each(running.order_by("pk"), lambda row: settle_admission(agency=row, at=at))


@transaction.atomic
def settle_admission(*, agency: Agency, at: datetime) -> Settled | None:
    """
    Compute the deadline of the check or of the publicity again; it may move back, never forward.

    Returns None when nothing has changed: the year that it rests on is not published yet.

    Raises:
        Refused: it is not provisional, or has ended.
    """
    agency = _locked(agency)
    is_checked = agency.status == Agency.Status.PUBLICITY
    name, key, start = (
        ("publicity_ends_at", "onboarding.publicity", agency.checked_at)
        if is_checked
        else ("check_due_at", "onboarding.formal_check", agency.submitted_at)
    )
    runs = is_checked or agency.status == Agency.Status.SUBMITTED
    end: datetime | None = getattr(agency, name) if runs else None
    require(*may_settle_deadline(agency.is_due_provisional, end, at))
    assert start is not None  # noqa: S101 - constraints: it was submitted, it was checked
    assert end is not None  # noqa: S101 - the guard has asked
    found = settled(str(agency.organization.uscc), name, end, _deadline(agency, key, start))
    if found.is_provisional and not found.has_moved:
        return None
    setattr(agency, name, found.after)
    agency.is_due_provisional = found.is_provisional
    agency.save()
    _record_step(
        agency,
        "agency.deadline_settled",
        by=None,
        at=at,
        before=agency.status,
        **found.as_data(),
    )
    if found.has_moved:
        label = Agency._meta.get_field(name).verbose_name
        _tell(agency, "marketplace/deadline_settled", at=at, label=label, settled=found)
    return found


def _locked(agency: Agency) -> Agency:
    """Lock the organisation, then its agency row, and return it freshly read."""
    organization = Organization.objects.lock(agency.pk)
    agency = Agency.objects.lock(agency.pk)
    agency.organization = organization
    return agency


def _deadline(agency: Agency, key: str, at: datetime) -> Deadline:
    on = day_of(at)
    rules = rules_in_force(agency.organization.division, on)
    return add_working_days(on, rules[key].value, CalendarDay.objects.work_calendar())


def _record_step(
    agency: Agency, verb: str, *, by: User | None, at: datetime, before: str, **data: Any
) -> None:
    record(
        by=by,
        verb=verb,
        target=agency,
        at=at,
        organization=agency.organization,
        before=before,
        **data,
    )


def _tell(agency: Agency, kind: str, *, at: datetime, **context: Any) -> None:
    notify(
        organization=agency.organization,
        kind=kind,
        at=at,
        url=reverse("marketplace:admission"),
        agency=agency,
        **context,
    )
