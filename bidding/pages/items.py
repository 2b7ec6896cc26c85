"""The catalogue as readers find it: the list, and what the page of one item shows beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.models import Tender, TenderQuerySet
from marketplace.kernel import known
from marketplace.kernel.hooks import Way
from marketplace.models import (
    Approval,
    ApprovalDeliverable,
    CatalogueList,
    ListChange,
    ServiceItem,
)
from marketplace.web.components import Component, Order, Text
from marketplace.web.known_at import next_end


class ItemSections(Protocol):
    """Say what stands on the page of the item with this code beside what the catalogue says."""

    def __call__(self, code: str, at: datetime, /) -> Sequence[Component]: ...


ITEM_SECTIONS = Way[ItemSections]()


def sections_of(item: ServiceItem, at: datetime) -> list[Component]:
    """Return what the apps above add to the page of `item`."""
    return [section for ask in ITEM_SECTIONS for section in ask(item.code, at)]


@dataclass(frozen=True)
class ItemRow:
    """A published item as the catalogue shows it; `open_count` orders for it take sign-ups."""

    code: str
    name: str
    related_approval: str
    department: str
    service_class: str | None
    open_count: int = 0


def item_rows(order: Order, at: datetime) -> list[ItemRow]:
    """Return the published items in an order of their list, read once while they stand so."""
    return known.once("items", order.name, next_end(at), read=partial(_read_items, order, at))


def _read_items(order: Order, at: datetime) -> list[ItemRow]:
    rows = catalogue_items(at).order_by(*order.by)
    columns = ("code", "name", "related_approval", "department", "service_class__name")
    return [ItemRow(*row) for row in rows.values_list(*columns, "open_count")]


def published_items() -> QuerySet[ServiceItem]:
    """Return the published items with their class."""
    return ServiceItem.objects.published().select_related("service_class")


def catalogue_items(at: datetime) -> QuerySet[ServiceItem]:
    """Return the published items with their class and how many orders take sign-ups."""
    # By an index of the open orders alone: a join would read all that there ever were.
    still_open = Tender.objects.open_at(at).filter(item=OuterRef("pk"))
    counted = still_open.order_by().values("item").annotate(count=Count("pk")).values("count")
    return published_items().annotate(open_count=Coalesce(Subquery(counted), 0))


def latest_list() -> CatalogueList | None:
    """Return the list that changed the catalogue last, read once while nothing public changes."""
    return known.once("latest list", read=CatalogueList.objects.published().first)


TOLD = (
    *("code", "name", "version", "related_approval", "legal_basis", "department", "level"),
    *("commissioned_by", "paid_by", "deliverable", "service_days", "service_days_text"),
    *("price_management", "price_standard", "applicant_may_do_alone", "requirement"),
)
"""What programs are told of an item, under the names that the columns have."""


def catalogue_json(at: datetime) -> dict[str, Any]:
    """Return the published catalogue as plain values, with the list that changed it last."""
    last = latest_list()
    rows = published_items().order_by("code")
    items = [
        {
            **{name: getattr(item, name) for name in TOLD},
            "service_class": item.service_class and item.service_class.code,
            "published_at": item.published_at,
            "url": f"{settings.PUBLIC_URL}{reverse('bidding:item', args=[item.code])}",
        }
        for item in rows
    ]
    number, dated_on = (last.number, last.dated_on) if last else (None, None)
    return {"as_of": at, "list": {"number": number, "dated_on": dated_on}, "items": items}


@dataclass(frozen=True)
class ItemGroup:
    """Items under one head."""

    title: Text
    items: Sequence[ItemRow]

    @property
    def count(self) -> int:
        return len(self.items)


def item_groups(items: Sequence[ItemRow], *, by_class: bool) -> list[ItemGroup]:
    """Return the items as they come, under the heads of their classes or all under one."""
    if not by_class:
        return [ItemGroup(_("全部事项"), items)] if items else []
    return [
        ItemGroup(group or _("其他"), list(rows))
        for group, rows in groupby(items, key=lambda item: item.service_class)
    ]


@dataclass(frozen=True)
class ItemWords:
    """What the catalogue says of who commissions and pays, and whether one may do it alone."""

    commissioned_by: Text
    paid_by: Text
    done_alone: Text


def words_of_item(item: ServiceItem) -> ItemWords:
    """Return an item in words, what the list leaves open too."""
    alone = {True: _("可以"), False: _("不可以"), None: _("清单未说明")}
    return ItemWords(
        item.get_commissioned_by_display() or _("待主管部门明确"),
        item.get_paid_by_display() or _("待主管部门明确"),
        alone[item.applicant_may_do_alone],
    )


def open_tenders_of(item: ServiceItem, at: datetime) -> TenderQuerySet:
    """Return the orders for any version of `item` that take sign-ups."""
    return Tender.objects.open_at(at).filter(item__code=item.code)


def versions_of(item: ServiceItem) -> QuerySet[ServiceItem]:
    """Return the older versions of `item`, the latest first."""
    return ServiceItem.objects.filter(code=item.code, version__lt=item.version).exclude(
        status=ServiceItem.Status.DRAFT
    )


def approvals_of(item: ServiceItem) -> list[Approval]:
    """Return the approvals that may ask for the result of `item`, of whichever version."""
    asked = ApprovalDeliverable.objects.filter(item_code=item.code).select_related("approval")
    return list({row.approval_id: row.approval for row in asked}.values())


@dataclass(frozen=True)
class SheetRow:
    """An item on the printed list; `number` counts through all groups."""

    number: int
    item: ServiceItem
    words: ItemWords
    days: Text


@dataclass(frozen=True)
class SheetGroup:
    """The items of one class on the printed list."""

    title: Text
    rows: Sequence[SheetRow]


def sheet_of(items: Iterable[ServiceItem]) -> list[SheetGroup]:
    """Return the items as they come, by class, numbered throughout."""
    rows = [
        SheetRow(number, item, words_of_item(item), _days_of(item))
        for number, item in enumerate(items, start=1)
    ]
    return [
        SheetGroup(title or _("其他"), list(group))
        for title, group in groupby(rows, key=lambda row: str(row.item.service_class or ""))
    ]


def _days_of(item: ServiceItem) -> Text:
    if item.service_days:
        return _("%(count)s 个工作日") % {"count": item.service_days}
    return item.service_days_text or _("合同约定")


@dataclass(frozen=True)
class Ending:
    """What readers must know of an item that holds no more, and what stands in its place."""

    text: Text
    tone: str
    replacement: ServiceItem | None


def ending_of(item: ServiceItem) -> Ending | None:
    """Return how `item` ended, or None while it is published."""
    if item.status == ServiceItem.Status.PUBLISHED:
        return None
    reason = item.end_reason and _("理由：%(reason)s") % {"reason": item.end_reason}
    if item.status == ServiceItem.Status.SUSPENDED:
        text = _("这个事项已经暂停，恢复公布以前不得要求提供。")
        return Ending(f"{text}{reason}", "warn", None)
    named = ServiceItem.objects.published().filter(code=item.replaced_by)
    instead = named.first() if item.replaced_by else None
    return Ending(f"{_('这个事项已经取消，不得再要求提供。')}{reason}", "stop", instead)


def list_of(item: ServiceItem) -> CatalogueList | None:
    """Return the list by which this version was published."""
    changes = item.changes.filter(
        kind=ListChange.Kind.PUBLISH, catalogue_list__status=CatalogueList.Status.ACTIVE
    )
    found = changes.select_related("catalogue_list").order_by("pk").last()
    return found.catalogue_list if found else None


@dataclass(frozen=True)
class Figure:
    """What a reader asks of an item first, in a word or a number."""

    label: Text
    value: Text
    unit: Text = ""
    note: Text = ""


def figures_of(item: ServiceItem) -> list[Figure]:
    """Return whether one may do it alone, who commissions, who pays, and how long it takes."""
    words = words_of_item(item)
    days = str(item.service_days) if item.service_days else ""
    return [
        Figure(_("申请人可以自己做吗"), words.done_alone, note=_("不得强制委托")),
        Figure(_("谁委托"), words.commissioned_by, note=_("任何单位不得指定机构")),
        Figure(_("谁付费"), words.paid_by),
        Figure(
            _("要多少天"),
            days or item.service_days_text or _("合同约定"),
            _("个工作日") if days else "",
        ),
    ]
