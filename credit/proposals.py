"""What an officer proposes when opening a case, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from marketplace.models import Organization, ServiceClass


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Who did what, when and by which finding, and what the authority means to do about it."""

    organization: Organization
    authority: Organization
    kind: str
    severity: str
    months: int
    restriction_kind: str
    service_class: ServiceClass | None
    occurred_at: datetime
    facts: str
    reference: str
    legal_basis: str
