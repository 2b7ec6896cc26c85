"""The last steps of every act: record it, and tell those who must learn of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog
from django.db import models

from marketplace.kernel.models import AuditEntry

if TYPE_CHECKING:
    from marketplace.models import Organization, User


def record(  # noqa: PLR0913 - one row, one call
    *,
    by: User | None,
    verb: str,
    target: models.Model,
    at: datetime,
    organization: Organization | None = None,
    before: str = "",
    is_sealed: bool = False,
    **data: Any,
) -> AuditEntry:
    """
    Append who did what to `target`; `by` is None when the schedule acted.

    `before` is the state the act started from; the state after it is read from `target.status`.
    Sealed entries (all about a bid) are shown to nobody but the bidder before the opening.
    """
    return AuditEntry.objects.create(
        at=at,
        by=by,
        organization=organization,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        before=before,
        after=str(getattr(target, "status", "")),
        data=data,
        is_sealed=is_sealed,
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )
