"""The catalogue as its managers see it: versions by state, drafts with what they lack, lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.forms.catalogue import class_names
from marketplace.guards.catalogue import Grounds, may_publish_item
from marketplace.guards.requirements import Names, in_words
from marketplace.kernel.verdicts import Verdict
from marketplace.models import CatalogueList, ListChange, ListSubmission, ServiceItem
from marketplace.requirements import NotARequirement
from marketplace.web.components import Text

Status = ServiceItem.Status
SHOWN = (
    *("name", "service_class", "category", "related_approval", "legal_basis", "department"),
    *("level", "commissioned_by", "paid_by", "fund_sources", "deliverable", "agency_requirement"),
    *("certificate_issuer", "service_days", "service_days_text", "price_management"),
    *("price_standard", "price_basis", "applicant_may_do_alone", "alone_basis", "alone_quote"),
    *("norm", "checked_on", "valid_from", "valid_until"),
)
ENDED = (Status.SUSPENDED, Status.ABOLISHED)


@dataclass(frozen=True)
class Lacking:
    """A draft and what keeps it from being published."""

    item: ServiceItem
    failed: tuple[Verdict, ...]

    @property
    def is_ready(self) -> bool:
        return not self.failed


def drafts(grounds: Grounds, words: str = "") -> list[Lacking]:
    """Return the drafts, those that may be published first, each with what it lacks."""
    rows = _found(ServiceItem.objects.filter(status=Status.DRAFT), words)
    lacking = [
        Lacking(item, tuple(one for one in may_publish_item(item, grounds) if not one.holds))
        for item in rows
    ]
    return sorted(lacking, key=lambda row: not row.is_ready)


def published(words: str = "") -> QuerySet[ServiceItem]:
    """Return the published versions."""
    return _found(ServiceItem.objects.published(), words)


def ended(words: str = "") -> QuerySet[ServiceItem]:
    """Return the versions that hold no more."""
    return _found(ServiceItem.objects.filter(status__in=ENDED), words)


def _found(rows: QuerySet[ServiceItem], words: str) -> QuerySet[ServiceItem]:
    rows = rows.select_related("service_class").order_by("code", "-version")
    return rows.filter(Q(code__iexact=words) | Q(name__icontains=words)) if words else rows


@dataclass(frozen=True)
class Difference:
    """What one field says in the version before and in this one."""

    label: Text
    before: str
    after: str


def differences(before: ServiceItem | None, after: ServiceItem, names: Names) -> list[Difference]:
    """Return what differs between two versions; against none, what the version says."""
    return [
        Difference(label, was, now)
        for label, was, now in _compared(before, after, names)
        if was != now
    ]


def _compared(
    before: ServiceItem | None, after: ServiceItem, names: Names
) -> Iterator[tuple[Text, str, str]]:
    for name in SHOWN:
        label = ServiceItem._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        yield label, _said(before, name) if before else "", _said(after, name)
    yield _("承接条件"), _asked(before, names) if before else "", _asked(after, names)


def _said(item: ServiceItem, name: str) -> str:
    shown = getattr(item, f"get_{name}_display", None)
    value = shown() if shown else getattr(item, name)
    if isinstance(value, bool):
        return _("可以") if value else _("不可以")
    return "" if value is None else str(value)


def _asked(item: ServiceItem, names: Names) -> str:
    try:
        return in_words(item.requires, names)
    except NotARequirement:
        return _("写法无法识别")


@dataclass(frozen=True)
class ChangeLine:
    """One change of a list, with what differs from the version that held before."""

    change: ListChange
    differences: list[Difference]

    @property
    def changed(self) -> str:
        """The names of the fields that differ; nothing for an item that is new."""
        return "、".join(str(one.label) for one in self.differences if self.change.previous)


def change_lines(found: CatalogueList) -> list[ChangeLine]:
    """Return what a list changes."""
    changes = found.changes.select_related(
        "item__service_class", "previous__service_class"
    ).order_by("kind", "item__code")
    names = class_names()
    return [
        ChangeLine(
            change,
            differences(change.previous, change.item, names)
            if change.kind == ListChange.Kind.PUBLISH
            else [],
        )
        for change in changes
    ]


def list_before(found: CatalogueList) -> CatalogueList | None:
    """Return the list that held before this one."""
    return CatalogueList.objects.up_to(found).exclude(pk=found.pk).first()


def items_of(found: CatalogueList) -> QuerySet[ServiceItem]:
    """
    Return the versions that `found` and the lists before it left in the catalogue.

    The last change of each code says so: a version itself knows only how it stands now.
    """
    changes = ListChange.objects.filter(catalogue_list__in=CatalogueList.objects.up_to(found))
    in_turn = changes.order_by("catalogue_list__decided_at", "catalogue_list_id", "pk")
    last = {change.item.code: change for change in in_turn.select_related("item")}
    keys = [one.item_id for one in last.values() if one.kind == ListChange.Kind.PUBLISH]
    return ServiceItem.objects.filter(pk__in=keys).select_related("service_class")


def submissions_of(found: CatalogueList) -> QuerySet[ListSubmission]:
    """Return to whom a list was sent, the first at the top."""
    return found.submissions.select_related("office", "recorded_by")
