"""What every step of an objection or a complaint does: lock, end, note; how one stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bidding.models import Dispute, Matter, Tender
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import Agency, Organization, User


def version_of_dispute(dispute: Dispute) -> Version:
    """Return how an objection or a complaint stands."""
    return version_of(Seen(dispute))


def lock_dispute(dispute: Dispute) -> Dispute:
    """Lock what a matter is about, then the matter itself, and return it freshly read."""
    tender = None if dispute.tender_id is None else Tender.objects.lock(dispute.tender_id)
    if dispute.matter == Matter.ONBOARDING:
        lock_applicant(dispute.respondent_id)
    fresh = Dispute.objects.lock(dispute.pk)
    if tender is not None:
        fresh.tender = tender
    return fresh


def lock_applicant(key: int) -> None:
    """Lock who applies for its admission, the organisation first."""
    Organization.objects.lock(key)
    Agency.objects.lock(key)


def end_dispute(dispute: Dispute, *, by: User | None, at: datetime, note: str) -> None:
    """Close a matter with all its deadlines."""
    before = dispute.status
    dispute.close(at=at, note=note)
    dispute.save()
    deadlines.stop_all(dispute, at)
    record_step(dispute, "closed", by=by, at=at, before=before, note=note)


def record_step(
    dispute: Dispute, verb: str, *, by: User | None, at: datetime, before: str, **data: Any
) -> None:
    """Write a step into the trail of the authority that sees to the matter."""
    record(
        by=by,
        verb=f"dispute.{verb}",
        target=dispute,
        at=at,
        organization=dispute.authority,
        before=before,
        number=dispute.number,
        **data,
    )
