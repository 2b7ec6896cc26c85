"""May a catalogue item be published: the legal test, and what must not become an item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from marketplace.guards.requirements import item_requirement_is_lawful
from marketplace.kernel.citations import sources_of
from marketplace.kernel.laws import Library, cite
from marketplace.kernel.library import library
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Approval, RefusedItem, ServiceClass, ServiceItem

FOUNDING = cite("优化营商环境条例", "第四十三条第一款")
BETWEEN_APPROVALS = "、"


@dataclass(frozen=True)
class Grounds:
    """What publications are asked against on one day, read once for all items of a list."""

    on: date
    library: Library
    classes: frozenset[str]
    refused: Mapping[str, str]
    ended_approvals: Mapping[str, str]
    newest: Mapping[str, int]


def grounds_on(on: date) -> Grounds:
    """Return what is stored of it now; seven queries."""
    beyond_draft = ServiceItem.objects.exclude(status=ServiceItem.Status.DRAFT).order_by()
    ended = Approval.objects.exclude(ended_by="")
    return Grounds(
        on=on,
        library=library(),
        classes=frozenset(ServiceClass.objects.values_list("code", flat=True)),
        refused=dict(RefusedItem.objects.values_list("name", "reason")),
        ended_approvals=dict(ended.values_list("name", "ended_by")),
        newest=dict(beyond_draft.values_list("code").annotate(Max("version"))),
    )


# --- The legal test -------------------------------------------------------------------------------
@guard(
    _("没有设立依据的事项不能公布，请先补充法律、行政法规或者国务院决定"),
    source=FOUNDING,
)
def item_has_legal_basis(item: ServiceItem) -> bool:
    return bool(item.legal_basis.strip())


@guard(
    _("审批条件须有法律、行政法规或者国务院决定依据，只有部门规章或者地方规定的不能公布"),
    source=FOUNDING,
)
def item_basis_grounds_it(item: ServiceItem, grounds: Grounds) -> bool:
    return grounds.library.grounds_an_item(sources_of(item.legal_basis))


@guard(_("设立依据没有在施行：%(sources)s"), source=FOUNDING)
def item_basis_is_in_force(item: ServiceItem, grounds: Grounds) -> bool | Because:
    lapsed = [
        str(source)
        for source in sources_of(item.legal_basis)
        if not grounds.library.is_in_force(source, grounds.on)
    ]
    return not lapsed or Because(sources="；".join(lapsed))


# --- What must not become an item -----------------------------------------------------------------
@guard(_("“%(name)s”不得作为事项：%(reason)s"), source=FOUNDING)
def item_is_not_refused_by_name(item: ServiceItem, grounds: Grounds) -> bool | Because:
    reason = grounds.refused.get(item.name)
    return reason is None or Because(name=item.name, reason=reason)


@guard(_("这是“%(whole)s”的一个环节，一项服务不得拆分为几个事项"))
def item_is_whole(item: ServiceItem) -> bool | Because:
    return not item.part_of or Because(whole=item.part_of)


@guard(
    _("对应的审批“%(approval)s”已经取消（%(by)s），不得转为中介服务"),
    source=cite("优化营商环境条例", "第六十九条第（八）项"),
)
def item_serves_no_abolished_approval(item: ServiceItem, grounds: Grounds) -> bool | Because:
    for name in item.related_approval.split(BETWEEN_APPROVALS):
        if name in grounds.ended_approvals:
            return Because(approval=name, by=grounds.ended_approvals[name])
    return True


@guard(_("依法由%(who)s选定机构，不能作为由项目业主选取机构的事项"))
def item_is_chosen_by_its_buyer(item: ServiceItem) -> bool | Because:
    if not item.chosen_by:
        return True
    return Because(who=item.chosen_by).resting_on(sources_of(item.legal_basis))


# --- The form and the state -----------------------------------------------------------------------
@guard(_("事项没有归入服务类别，机构无法按类别报名"))
def item_has_service_class(item: ServiceItem) -> bool:
    return item.service_class_id is not None


@guard(_("只有草稿或者暂停的事项可以公布"))
def item_awaits_publication(item: ServiceItem) -> bool:
    return item.status in {ServiceItem.Status.DRAFT, ServiceItem.Status.SUSPENDED}


@guard(_("这个事项已经有更新的版本"))
def item_is_newest_version(item: ServiceItem, grounds: Grounds) -> bool:
    return grounds.newest.get(item.code, 0) <= item.version


def may_publish_item(item: ServiceItem, grounds: Grounds) -> tuple[Verdict, ...]:
    """Ask everything that must hold before `item` is published."""
    with_basis = (item_basis_grounds_it(item, grounds), item_basis_is_in_force(item, grounds))
    return (
        item_awaits_publication(item),
        item_is_newest_version(item, grounds),
        item_is_not_refused_by_name(item, grounds),
        item_is_whole(item),
        item_serves_no_abolished_approval(item, grounds),
        item_is_chosen_by_its_buyer(item),
        item_has_legal_basis(item),
        *(with_basis if item.legal_basis.strip() else ()),
        item_has_service_class(item),
        item_requirement_is_lawful(item, grounds.classes, grounds.library),
    )
