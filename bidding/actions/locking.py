"""The one order in which the rows of an order's life are locked."""

from __future__ import annotations

from bidding.models import Award, Tender
from marketplace.models import Organization


def lock_award(award: Award) -> Award:
    """Lock winner, order and award, in this order, and return the award freshly read."""
    Organization.objects.lock(award.bid.agency_id)
    Tender.objects.lock(award.tender_id)
    return Award.objects.lock(award.pk)
