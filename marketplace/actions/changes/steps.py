"""What every step of a change does: lock, record, tell; and the deadline of its check."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from marketplace.actions.admissions.deadlines import formal_check_ends
from marketplace.actions.admissions.steps import locked as locked_agency
from marketplace.actions.messages import notify
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.deadlines import Ending, Kind, Settled
from marketplace.models import ChangeProposal, User
from marketplace.models.deadlines import ChangeDeadline


def locked(proposal: ChangeProposal) -> ChangeProposal:
    """Lock the agency with its organisation, then the proposal, and return it freshly read."""
    agency = locked_agency(proposal.agency)
    proposal = ChangeProposal.objects.lock(proposal.pk)
    proposal.agency = agency
    return proposal


def record_step(
    proposal: ChangeProposal, verb: str, *, by: User | None, at: datetime, before: str, **data: Any
) -> None:
    record(
        by=by,
        verb=verb,
        target=proposal,
        at=at,
        organization=proposal.agency.organization,
        before=before,
        part=proposal.part,
        act=proposal.act,
        **data,
    )


def tell(proposal: ChangeProposal, kind: str, *, at: datetime, **context: Any) -> None:
    notify(
        organization=proposal.agency.organization,
        kind=kind,
        at=at,
        url=reverse("marketplace:change", args=[proposal.slug]),
        proposal=proposal,
        **context,
    )


def _check(proposal: ChangeProposal, start: datetime, calendar: WorkCalendar) -> Ending:
    return formal_check_ends(proposal.agency, start, calendar)


def _tell(proposal: ChangeProposal, found: Settled, at: datetime) -> None:
    label = ChangeDeadline(found.deadline).label
    tell(proposal, "marketplace/deadline_settled", at=at, label=label, settled=found)


CHECK = Kind(
    name=ChangeDeadline.CHECK.value,
    label=ChangeDeadline.CHECK.label,
    lock=locked,
    end=_check,
    reference=lambda proposal: str(proposal.agency.organization.uscc),
    tell=_tell,
    matter=lambda proposal: f"admission/{proposal.agency.organization.slug}",
    organization=lambda proposal: proposal.agency.organization,
)
