"""A service class as everybody may read of it: its items, its agencies, and what is bought."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from bidding.pages.figures.scope import Scope
from bidding.pages.gathered import gathered
from bidding.pages.items import published_items
from marketplace.kernel.calendar import day_of
from marketplace.models import Organization, ServiceClass


def class_page(found: ServiceClass, at: datetime) -> dict[str, Any]:
    """Return what the page of a service class shows."""
    scope = Scope(str(day_of(at).year), service_class=found.code)
    gathered_here = gathered(
        f"class {found.code}",
        scope,
        Q(item__service_class=found),
        Q(tender__item__service_class=found),
        at,
    )
    agencies = Organization.objects.active_agencies()
    qualified = agencies.filter(agency__qualifications__service_class=found).distinct()
    return {
        "gathered": gathered_here,
        "open_url": scope.open_orders(),
        "awards_url": scope.awards(),
        "items": list(published_items().filter(service_class=found).order_by("code")),
        "agency_count": qualified.count(),
    }
