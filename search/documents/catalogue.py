"""What can be bought: items, the classes that they are sorted by, and the approvals behind them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from bidding.pages.approvals import approvals
from marketplace.models import Approval, ServiceClass, ServiceItem
from search.documents.base import NO_DAY, Source, lines, moment, said, values
from search.facets import CLASS, STATUS
from search.index import Document
from search.models import SearchEntry

Kind = SearchEntry.Kind


def public_items(_at: datetime) -> QuerySet[ServiceItem]:
    """The published version of each item."""
    return ServiceItem.objects.published().select_related("service_class")


def classes(_at: datetime) -> QuerySet[ServiceClass]:
    """Every class, with the published items of it."""
    items = ServiceItem.objects.published().order_by("code")
    return ServiceClass.objects.prefetch_related(Prefetch("items", queryset=items))


def all_approvals(_at: datetime) -> QuerySet[Approval]:
    """Every approval, with what it asks for."""
    return approvals()


def from_item(item: ServiceItem) -> Document:
    """A published item of the catalogue with its legal basis."""
    service_class = item.service_class
    return Document(
        kind=Kind.ITEM,
        key=item.code,
        title=item.name,
        facts=said(service_class.name if service_class else "", item.department),
        body=lines(
            item.related_approval, item.legal_basis, item.deliverable, item.agency_requirement
        ),
        url=reverse("bidding:item", args=[item.code]),
        codes=(item.code,),
        sort_at=moment(item.published_at),
        facets=values((CLASS, service_class.code if service_class else "")),
    )


def from_class(service_class: ServiceClass) -> Document:
    """A class and the items that are sorted by it."""
    url = reverse("bidding:item_list")
    return Document(
        kind=Kind.CLASS,
        key=service_class.code,
        title=service_class.name,
        facts=said(service_class.group),
        body=lines(*(item.name for item in service_class.items.all())),
        url=f"{url}?{urlencode({'class': service_class.code})}",
        codes=(service_class.code,),
        sort_at=NO_DAY,
        facets=values((CLASS, service_class.code)),
    )


def from_approval(approval: Approval) -> Document:
    """An approval and the results that it may ask for."""
    return Document(
        kind=Kind.APPROVAL,
        key=approval.code,
        title=approval.name,
        facts=said(approval.department, approval.level),
        body=lines(*(row.deliverable for row in approval.deliverables.all()), approval.ended_by),
        url=reverse("bidding:approval", args=[approval.code]),
        codes=(approval.code,),
        sort_at=NO_DAY,
        facets=values((STATUS, "repealed" if approval.ended_by else "")),
    )


SOURCES = (
    Source(Kind.ITEM, public_items, lambda key: {"code": key}, from_item),
    Source(Kind.CLASS, classes, lambda key: {"code": key}, from_class),
    Source(Kind.APPROVAL, all_approvals, lambda key: {"code": key}, from_approval),
)
