"""The catalogue as readers find it: the list, and what the page of one item shows beside it."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from bidding.models import Tender, TenderQuerySet
from marketplace.models import ApprovalDeliverable, ServiceItem


def catalogue_items() -> QuerySet[ServiceItem]:
    """Return the published items with their class and how many orders are open for each."""
    return (
        ServiceItem.objects.published()
        .select_related("service_class")
        .annotate(open_count=Count("tenders", filter=Q(tenders__status=Tender.Status.ACTIVE)))
        .order_by("service_class__position", "code")
    )


def draft_items() -> QuerySet[ServiceItem]:
    """Return the items that are not published and what each of them lacks."""
    return ServiceItem.objects.filter(status=ServiceItem.Status.DRAFT).order_by("code")


def open_tenders_of(item: ServiceItem) -> TenderQuerySet:
    """Return the orders for any version of `item` that take sign-ups, the next deadline first."""
    tenders = Tender.objects.public()
    return tenders.filter(item__code=item.code, status=Tender.Status.ACTIVE).by_closing()


def versions_of(item: ServiceItem) -> QuerySet[ServiceItem]:
    """Return the older versions of `item`, the latest first."""
    return ServiceItem.objects.filter(code=item.code, version__lt=item.version).exclude(
        status=ServiceItem.Status.DRAFT
    )


def approvals_of(item: ServiceItem) -> QuerySet[ApprovalDeliverable]:
    """Return the approvals that ask for the result of `item`, by the words of its class."""
    return ApprovalDeliverable.objects.filter(deliverable=item.deliverable).order_by("pk")
