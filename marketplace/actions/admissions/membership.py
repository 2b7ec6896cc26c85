"""The way out of the register, and back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marketplace.actions.admissions.deadlines import CHECK, PUBLICITY
from marketplace.actions.admissions.expiry import EXPIRY
from marketplace.actions.admissions.steps import locked, record_step
from marketplace.guards import admissions as guards
from marketplace.guards.versions import application_as_seen
from marketplace.kernel import deadlines
from marketplace.kernel.verdicts import require
from marketplace.models import Agency, User


@transaction.atomic
def withdraw_agency(*, agency: Agency, by: User, at: datetime, seen: str | None = None) -> Agency:
    """
    End the agency's application or its membership of the register.

    Raises:
        Refused: a guard in `may_withdraw_agency` does not hold.
    """
    agency = locked(agency)
    require(*guards.may_withdraw_agency(agency, at), *application_as_seen(agency, seen))
    before = agency.status
    agency.withdraw(at=at)
    agency.save()
    deadlines.drop(EXPIRY, agency)
    record_step(agency, "agency.withdrawn", by=by, at=at, before=before)
    return agency


@transaction.atomic
def expel_agency(*, agency: Agency, decision: str, by: User | None, at: datetime) -> bool:
    """
    Put an agency off the register whose removal is over, and tell whether it was still on it.

    It comes back by a new admission alone. What it has under contract it sees through, so nothing
    that is open keeps it; while the removal runs it is listed with that state.

    Source: domain.md §3 (forced exit), 平台默认
    """
    agency = locked(agency)
    if agency.status != Agency.Status.ACTIVE:
        return False
    before = agency.status
    agency.withdraw(at=at)
    agency.save()
    deadlines.drop(EXPIRY, agency)
    record_step(agency, "agency.expelled", by=by, at=at, before=before, decision=decision)
    return True


@transaction.atomic
def reapply_agency(*, agency: Agency, by: User, at: datetime, seen: str | None = None) -> Agency:
    """
    Open the application of an agency that left again: same code, new check, new publicity.

    Raises:
        Refused: a guard in `may_reapply` does not hold.
    """
    agency = locked(agency)
    require(*guards.may_reapply(agency, at), *application_as_seen(agency, seen))
    before = agency.status
    agency.reapply()
    agency.save()
    for kind in (CHECK, PUBLICITY):
        deadlines.drop(kind, agency)
    record_step(agency, "agency.reapplied", by=by, at=at, before=before)
    return agency
