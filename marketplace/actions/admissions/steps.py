"""What every step of an admission does: lock, record, tell."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from marketplace.actions.messages import notify
from marketplace.kernel.audit import record
from marketplace.models import Agency, Organization, User


def locked(agency: Agency) -> Agency:
    """Lock the organisation, then its agency row, and return it freshly read."""
    organization = Organization.objects.lock(agency.pk)
    agency = Agency.objects.lock(agency.pk)
    agency.organization = organization
    return agency


def record_step(
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


def tell(agency: Agency, kind: str, *, at: datetime, **context: Any) -> None:
    notify(
        organization=agency.organization,
        kind=kind,
        at=at,
        url=reverse("marketplace:admission"),
        agency=agency,
        **context,
    )
