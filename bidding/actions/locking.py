"""The one order in which the rows of an order's life are locked."""

from __future__ import annotations

from bidding.models import Award, Bid, Contract, Tender
from marketplace.models import Organization


def lock_tender(tender: Tender) -> Tender:
    """Lock an order and return it freshly read."""
    return Tender.objects.lock(tender.pk)


def lock_award(award: Award) -> Award:
    """Lock winner, order and award, in this order, and return the award freshly read."""
    Organization.objects.lock(award.bid.agency_id)
    Tender.objects.lock(award.tender_id)
    return Award.objects.lock(award.pk)


def lock_award_and_ranked(award: Award) -> Award:
    """Lock as `lock_award` does, and every bidder with it: one of them may be next in line."""
    bidders = Bid.objects.filter(tender=award.tender_id).values("agency")
    list(Organization.objects.filter(pk__in=bidders).lock_all())
    Tender.objects.lock(award.tender_id)
    return Award.objects.lock(award.pk)


def lock_contract(contract: Contract) -> Contract:
    """Lock winner, order, award and contract, in this order, and return it freshly read."""
    lock_award(contract.award)
    return Contract.objects.lock(contract.pk)
