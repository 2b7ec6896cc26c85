"""The officer's part: the formal check and its publicity; at its end the province is open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from marketplace.actions.admissions.deadlines import CHECK, PUBLICITY
from marketplace.actions.admissions.expiry import look_ahead
from marketplace.actions.admissions.steps import locked, record_step, tell
from marketplace.guards import admissions as guards
from marketplace.guards.versions import application_as_seen
from marketplace.kernel import deadlines
from marketplace.kernel.verdicts import require
from marketplace.models import Agency, ChangeProposal, Organization, RegisterEntry, User
from marketplace.names import head_office_names
from marketplace.registered import whole

Remark = Mapping[str, str]
"""What an officer says of one thing: `about` which, `label`, the code of the `reason`, `note`."""


@transaction.atomic
def return_admission(
    *,
    agency: Agency,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    remarks: Sequence[Remark] = (),
) -> Agency:
    """
    Send the application back with reasons; it may be corrected and submitted again.

    `remarks` say what is wrong of which thing; what the application was is kept to compare.

    Raises:
        Refused: a guard in `may_return_admission` does not hold.
    """
    agency = locked(agency)
    require(
        *guards.may_return_admission(agency, reasons, by),
        *application_as_seen(agency, seen),
    )
    before = agency.status
    agency.send_back(at=at, by=by, reasons=reasons.strip(), remarks=remarks)
    agency.returned_values = whole(agency)
    agency.save()
    deadlines.stop(CHECK, agency, at)
    record_step(agency, "agency.returned", by=by, at=at, before=before, reasons=reasons.strip())
    tell(agency, "marketplace/admission_returned", at=at, reasons=reasons.strip())
    return agency


@transaction.atomic
def approve_admission(
    *,
    agency: Agency,
    by: User,
    at: datetime,
    seen: str | None = None,
    uscc_confirmed: bool = False,
    ruled_out: Collection[str] = (),
) -> Agency:
    """
    Pass the formal check; publicity runs from now and ends by itself.

    `uscc_confirmed` says that the officer compared a credit code with a wrong check digit with the
    certificate, and `ruled_out` names the decisions whose namesake they found not to be the legal
    representative; any other stands against it.

    Raises:
        Refused: a guard in `may_approve_admission` does not hold.
    """
    agency = locked(agency)
    require(
        *guards.may_approve_admission(
            agency, by, at, uscc_confirmed=uscc_confirmed, ruled_out=ruled_out
        ),
        *application_as_seen(agency, seen),
    )
    before, organization = agency.status, agency.organization
    namesakes = _found_among(ruled_out, agency, at)
    if not organization.has_valid_check_digit:
        organization.uscc_confirmed_at = at
        organization.save(update_fields=["uscc_confirmed_at"])
    _bind_to_head_office(organization)
    agency.namesakes_ruled_out = namesakes
    agency.approve(at=at, by=by)
    agency.save()
    deadlines.stop(CHECK, agency, at)
    deadlines.start(PUBLICITY, agency, at)
    RegisterEntry.objects.create(
        agency=agency,
        part=ChangeProposal.Part.FACTS,
        title=str(organization),
        after=whole(agency),
        confirmed_by=by,
        at=at,
    )
    record_step(
        agency,
        "agency.approved",
        by=by,
        at=at,
        before=before,
        uscc_confirmed=not organization.has_valid_check_digit,
        **({"not_the_namesake_of": namesakes} if namesakes else {}),
    )
    tell(agency, "marketplace/admission_approved", at=at)
    return agency


@transaction.atomic
def uphold_objection(
    *, agency: Agency, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Agency:
    """
    End the publicity because an objection is right; the agency may correct and submit again.

    Raises:
        Refused: a guard in `may_uphold_objection` does not hold.
    """
    agency = locked(agency)
    require(
        *guards.may_uphold_objection(agency, reasons, by, at),
        *application_as_seen(agency, seen),
    )
    before, reasons = agency.status, reasons.strip()
    agency.uphold_objection(at=at, by=by, reasons=reasons)
    agency.returned_values = whole(agency)
    agency.save()
    deadlines.drop(PUBLICITY, agency)
    record_step(agency, "agency.objection_upheld", by=by, at=at, before=before, reasons=reasons)
    tell(agency, "marketplace/objection_upheld", at=at, reasons=reasons)
    return agency


@transaction.atomic
def rule_out_namesakes(
    *,
    agency: Agency,
    ruled_out: Collection[str],
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Agency:
    """
    Confirm that the legal representative is not the one whose agency was sanctioned meanwhile.

    `ruled_out` names the decisions that the officer has looked into; any other stands against it.

    Raises:
        Refused: a guard in `may_rule_out_namesakes` does not hold.
    """
    agency = locked(agency)
    require(
        *guards.may_rule_out_namesakes(agency, ruled_out, by, at),
        *application_as_seen(agency, seen),
    )
    found = _found_among(ruled_out, agency, at)
    agency.namesakes_ruled_out = [*agency.namesakes_ruled_out, *found]
    agency.save()
    record_step(
        agency,
        "agency.namesakes_ruled_out",
        by=by,
        at=at,
        before=agency.status,
        not_the_namesake_of=found,
    )
    return agency


@transaction.atomic
def activate_agency(*, agency: Agency, at: datetime) -> Agency:
    """
    Open the whole province to an agency whose publicity has ended by `at`.

    Raises:
        Refused: a guard in `may_activate_agency` does not hold.
    """
    agency = locked(agency)
    require(*guards.may_activate_agency(agency, at))
    before = agency.status
    agency.activate(at=at)
    agency.save()
    deadlines.stop(PUBLICITY, agency, at)
    look_ahead(agency, at)
    record_step(agency, "agency.activated", by=None, at=at, before=before)
    tell(agency, "marketplace/agency_activated", at=at)
    return agency


def _bind_to_head_office(organization: Organization) -> None:
    """Keep whose branch it is, as its name says today: later either may be called otherwise."""
    names = head_office_names(organization.name)
    if organization.head_office_id is not None or not names:
        return
    agencies = Organization.objects.filter(kind=Organization.Kind.AGENCY, name__in=names)
    found = {one.name: one for one in agencies.order_by("-pk")}
    head = next((found[name] for name in names if name in found), None)
    if head is not None:
        organization.head_office = head
        organization.save(update_fields=["head_office"])


def _found_among(ruled_out: Collection[str], agency: Agency, at: datetime) -> list[str]:
    """Return what of `ruled_out` is a decision on a namesake: no other comes on record."""
    found = (one.reference for one in guards.namesakes_to_rule_out(agency, at))
    return [reference for reference in found if reference in ruled_out]
