"""The last steps of every act: record it, and tell those who must learn of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ParamSpec

import structlog
from django.db import models

from marketplace.kernel.inserts import insert, insert_all
from marketplace.kernel.models import AuditEntry

if TYPE_CHECKING:
    from marketplace.models import Organization, User

Asked = ParamSpec("Asked")


def entry(  # noqa: PLR0913 - one row, one call
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
    Return what `record` appends: who did what to `target`; `by` is None when the schedule acted.

    `before` is the state the act started from; the state after it is read from `target.status`.
    Sealed entries (all about a bid or about who scores) stand in no log that others read.
    """
    return AuditEntry(
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


def _appended(build: Callable[Asked, AuditEntry]) -> Callable[Asked, AuditEntry]:
    def record(*args: Asked.args, **kwargs: Asked.kwargs) -> AuditEntry:
        """Append who did what to which row; the arguments are those of `entry`."""
        return insert(build(*args, **kwargs))

    return record


record = _appended(entry)


def record_all(entries: Iterable[AuditEntry]) -> None:
    """Append what one act did to many rows, in their order, in one statement."""
    insert_all(list(entries))
