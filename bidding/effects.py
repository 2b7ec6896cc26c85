"""What credit asks of bidding; see `credit.effects`."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q

from bidding import links
from bidding.actions.telling import tell, tell_operators
from bidding.actions.tenders.entries import Fate, settle_fates
from bidding.models import Award, Bid, Tender
from credit.effects import Matter
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.models import Organization, ServiceClass

NOT_OPENED = (Tender.Status.ACTIVE, Tender.Status.CLOSED, Tender.Status.BIDDING)


def end_standing_bids(
    *,
    organization: Organization,
    branches: Sequence[Organization],
    service_class: ServiceClass | None,
    reference: str,
    at: datetime,
) -> int:
    """
    End the agency's bids in every order of the province that is not opened yet; return how many.

    Those of its branches end with them and are not counted: that a branch bids is its own matter.

    An order whose opening was due by `at` is left to it, however late the schedule runs: the
    opening asks credit as of its own instant.

    Called inside the deciding transaction, with the organisations' rows locked; orders are locked
    next, then the bids.
    """
    bound = {one.pk: one for one in (organization, *branches)}
    bids = Bid.objects.undecided().filter(agency__in=bound)
    if service_class is not None:
        bids = bids.filter(tender__item__service_class=service_class)
    tenders = Tender.objects.filter(pk__in=bids.values("tender")).lock_all()
    open_orders = {
        tender.pk: tender
        for tender in tenders.prefetch_related(deadlines_of())
        if _is_before_opening(tender, at)
    }
    standing = Bid.objects.standing().filter(tender__in=open_orders, agency__in=bound)
    ended = list(standing.lock_all())
    for bid in ended:
        bid.tender, bid.agency = open_orders[bid.tender_id], bound[bid.agency_id]
    settle_fates([Fate(bid, reference, is_end=True) for bid in ended], at)
    _warn_of_awards(bound, service_class, at)
    return sum(bid.agency_id == organization.pk for bid in ended)


def _warn_of_awards(
    agencies: Collection[int], service_class: ServiceClass | None, at: datetime
) -> None:
    """
    Tell owner and officers at once of awards to these agencies that are not signed yet.

    The words name no decision: it may be one that is not published.
    """
    awards = Award.objects.filter(
        bid__agency__in=agencies, status__in=(Award.Status.PENDING, Award.Status.ACTIVE)
    ).select_related("tender__buyer", "tender__division", "bid__agency")
    if service_class is not None:
        awards = awards.filter(tender__item__service_class=service_class)
    for award in awards.order_by("pk"):
        kind = "bidding/winner_in_doubt"
        tell(
            organization=award.tender.buyer,
            tender=award.tender,
            kind=kind,
            at=at,
            url=links.to_contract(award),
            award=award,
        )
        tell_operators(award.tender, kind=kind, at=at, award=award)


def _is_before_opening(tender: Tender, at: datetime) -> bool:
    is_bidding = tender.status == Tender.Status.BIDDING
    opens_at = tender.hall_ends_at if is_bidding else tender.opening_at
    is_due = opens_at is not None and opens_at <= at
    return tender.status in NOT_OPENED and not is_due


def count_disclosed_ends(*, reference: str) -> int:
    """Return how many bids that the decision `reference` ended belong to opened orders."""
    ended = Bid.objects.filter(end_reference=reference, tender__evaluated_at__isnull=False)
    return ended.count()


def find_matter(*, reference: str, organization: Organization) -> Matter | None:
    """
    Return the published order with the code, or the one whose contract has the number.

    Either number leads to the order's own, and so do small and full-width letters.
    """
    number = unicodedata.normalize("NFKC", reference).strip().upper()
    named = Q(code=number) | Q(award__contract__number=number)
    tender = Tender.objects.public().filter(named).select_related("division").first()
    if tender is None:
        return None
    return Matter(
        reference=tender.reference,
        title=tender.title,
        url=links.to_tender(tender),
        division=tender.division,
        has_party=_is_known_bidder(tender, organization),
    )


def _is_known_bidder(tender: Tender, agency: Organization) -> bool:
    """Tell whether the opening has shown that `agency` bid; before it nobody may be told."""
    bids = Bid.objects.filter(tender=tender, agency=agency).handed_in()
    return tender.evaluated_at is not None and bids.exists()
