"""Ask credit at the three moments of an order's life, and keep the answer."""

from __future__ import annotations

from datetime import datetime

from bidding.models import Tender
from credit.actions import ask_standing
from credit.models import Restriction, StandingCheck
from marketplace.models import Organization

Moment = StandingCheck.Moment
MAX_REFERENCE = 64


def ask(
    tender: Tender, agency: Organization, moment: StandingCheck.Moment, at: datetime
) -> StandingCheck:
    """Ask about `agency`, whose row is locked, for the class of a published order."""
    assert tender.rulebook is not None  # noqa: S101 - a constraint: published orders have one
    return ask_standing(
        organization=agency,
        moment=moment,
        reference=tender.reference,
        service_class=tender.item.service_class,
        rulebook=tender.rulebook,
        at=at,
    )


def is_published(reference: str) -> bool:
    """Tell whether everybody may read the number of the decision `reference`."""
    hidden = Restriction.objects.filter(case__decision_number=reference, is_public=False)
    return not hidden.exists()


def decision_behind(check: StandingCheck) -> str:
    """Return the number of the earliest decision that stood in the way."""
    restrictions = Restriction.objects.filter(slug__in=check.restriction_ids).order_by("pk")
    restriction = restrictions.select_related("case").first()
    if restriction is None:
        return ""
    return (restriction.case.decision_number or restriction.slug)[:MAX_REFERENCE]
