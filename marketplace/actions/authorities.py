"""Set up the authorities that run and watch the platform."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marketplace.kernel.audit import record
from marketplace.models import Division, Organization, User


@transaction.atomic
def set_up_authority(
    *, name: str, division: Division, by: User | None, at: datetime
) -> Organization:
    """Register an authority that acts for `division` and below; `by` is None at the beginning."""
    authority = Organization.objects.create(
        kind=Organization.Kind.AUTHORITY, name=name, division=division, registered_at=at
    )
    record(by=by, verb="authority.set_up", target=authority, at=at, organization=authority)
    return authority
