"""From an approval to the items that it may ask for, and what it may not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from bidding.pages.prices import Middle, middles_of
from marketplace.models import Approval, ApprovalDeliverable, ServiceItem


@dataclass(frozen=True)
class Asked:
    """
    One result that an approval asks for; without an item it may not be demanded.

    `paid` is what such work cost in the last year, if any was awarded.
    """

    deliverable: str
    item: ServiceItem | None
    paid: Middle | None = None


@dataclass(frozen=True)
class AskedOf:
    """What one approval may ask for, and what lists of other places ask for without a basis."""

    may: tuple[Asked, ...]
    may_not: tuple[Asked, ...]


def approvals() -> QuerySet[Approval]:
    """Return the approvals with what each asks for."""
    rows = ApprovalDeliverable.objects.order_by("pk")
    return Approval.objects.prefetch_related(Prefetch("deliverables", queryset=rows))


def asked_of(approval: Approval, at: datetime) -> AskedOf:
    """Return what `approval` may ask for; a query for the items and one for their prices."""
    rows = list(approval.deliverables.all())
    items = published({row.item_code for row in rows})
    paid = middles_of(items, at) if items else {}
    asked = [
        Asked(row.deliverable, items.get(row.item_code), paid.get(row.item_code)) for row in rows
    ]
    return AskedOf(
        tuple(one for one in asked if one.item), tuple(one for one in asked if not one.item)
    )


def published(codes: Iterable[str]) -> dict[str, ServiceItem]:
    """Return the published items among `codes` by code."""
    found = ServiceItem.objects.published().filter(code__in=set(codes) - {""})
    return {item.code: item for item in found}


@dataclass(frozen=True)
class ApprovalRow:
    """An approval in the list, and how many items it may ask for."""

    approval: Approval
    count: int


def approval_rows(rows: Iterable[Approval]) -> list[ApprovalRow]:
    """Return the approvals, each with the number of published items behind it."""
    rows = list(rows)
    asked = {row.pk: {one.item_code for one in row.deliverables.all()} for row in rows}
    known = published(code for codes in asked.values() for code in codes).keys()
    return [ApprovalRow(row, len(asked[row.pk] & known)) for row in rows]
