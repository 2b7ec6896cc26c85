"""What an agency has done: an order of the platform by itself, other work once it is checked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from marketplace.actions.admissions.steps import locked as locked_agency
from marketplace.actions.documents import store_document, stores_files
from marketplace.actions.messages import notify
from marketplace.guards import performance as guards
from marketplace.guards.versions import application_as_seen, version_of_performance
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.verdicts import require
from marketplace.models import Agency, Membership, Organization, PastPerformance, User
from marketplace.web.versions import as_seen


@transaction.atomic
def enter_order(
    *, agency: Organization, tender_code: str, by: User, at: datetime, **facts: Any
) -> PastPerformance:
    """
    Enter an order that its owner has accepted: nobody has to prove what the platform has seen.

    `facts` are the other fields of `PastPerformance`.
    """
    performance = PastPerformance(
        agency_id=agency.pk, tender_code=tender_code, entered_at=at, **facts
    )
    performance.confirm(at=at, by=None)
    performance.save()
    record(by=by, verb="performance.entered", target=performance, at=at, organization=agency)
    return performance


@stores_files
@transaction.atomic
def declare_work(  # noqa: PLR0913 - what a piece of work is
    *,
    agency: Agency,
    title: str,
    client: str,
    completed_on: date,
    evidence: UploadedFile,
    by: User,
    at: datetime,
    seen: str | None = None,
    **facts: Any,
) -> PastPerformance:
    """
    Declare work that was not ordered here; it counts when an officer has compared the paper.

    `facts` are the other fields of `PastPerformance`.

    Raises:
        Refused: a guard in `may_declare` does not hold, or the file may not be stored.
    """
    agency = locked_agency(agency)
    require(
        *guards.may_declare(
            agency, title=title, client=client, completed_on=completed_on, on=day_of(at)
        ),
        *application_as_seen(agency, seen),
    )
    organization = agency.organization
    paper = store_document(upload=evidence, organization=organization, by=by, at=at)
    performance = PastPerformance.objects.create(
        agency=agency,
        title=title,
        client=client,
        completed_on=completed_on,
        evidence=paper,
        entered_at=at,
        **facts,
    )
    record(by=by, verb="performance.declared", target=performance, at=at, organization=organization)
    return performance


@transaction.atomic
def confirm_performance(
    *, performance: PastPerformance, by: User, at: datetime, seen: str | None = None
) -> PastPerformance:
    """
    Let declared work count.

    Raises:
        Refused: a guard in `may_check_performance` does not hold.
    """
    performance = _locked(performance)
    require(
        *guards.may_check_performance(performance, by),
        *as_seen(version_of_performance(performance), seen),
    )
    before = performance.status
    performance.confirm(at=at, by=by)
    performance.save()
    _finish(performance, "performance.checked", by=by, at=at, before=before)
    return performance


@transaction.atomic
def refuse_performance(
    *,
    performance: PastPerformance,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> PastPerformance:
    """
    Say why declared work does not count; it may be declared again with another paper.

    Raises:
        Refused: a guard in `may_refuse_performance` does not hold.
    """
    performance = _locked(performance)
    require(
        *guards.may_refuse_performance(performance, reasons, by),
        *as_seen(version_of_performance(performance), seen),
    )
    before = performance.status
    performance.refuse(at=at, by=by, reasons=reasons.strip())
    performance.save()
    _finish(performance, "performance.refused", by=by, at=at, before=before)
    return performance


def _locked(performance: PastPerformance) -> PastPerformance:
    agency = locked_agency(performance.agency)
    performance = PastPerformance.objects.lock(performance.pk)
    performance.agency = agency
    return performance


def _finish(
    performance: PastPerformance, verb: str, *, by: User, at: datetime, before: str
) -> None:
    """Record what was decided and tell the managers, who declare."""
    organization = performance.agency.organization
    reasons = performance.reasons
    record(
        by=by,
        verb=verb,
        target=performance,
        at=at,
        organization=organization,
        before=before,
        reasons=reasons,
    )
    notify(
        organization=organization,
        kind=f"marketplace/{verb.replace('.', '_')}",
        at=at,
        url=reverse("marketplace:performance"),
        roles=[Membership.Role.AGENCY_MANAGER],
        performance=performance,
    )
