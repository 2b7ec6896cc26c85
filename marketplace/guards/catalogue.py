"""May a catalogue item be published."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.guards.requirements import item_requirement_is_lawful
from marketplace.kernel.citations import sources_of
from marketplace.kernel.laws import cite
from marketplace.kernel.library import library
from marketplace.kernel.verdicts import Verdict, guard
from marketplace.models import ServiceItem

FOUNDING = cite("优化营商环境条例", "第四十三条第一款")


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
def item_basis_grounds_it(item: ServiceItem) -> bool:
    return library().grounds_an_item(sources_of(item.legal_basis))


@guard(_("事项没有归入服务类别，机构无法按类别报名"))
def item_has_service_class(item: ServiceItem) -> bool:
    return item.service_class_id is not None


@guard(_("只有草稿或者暂停的事项可以公布"))
def item_awaits_publication(item: ServiceItem) -> bool:
    return item.status in {ServiceItem.Status.DRAFT, ServiceItem.Status.SUSPENDED}


@guard(_("这个事项已经有更新的版本"))
def item_is_newest_version(item: ServiceItem) -> bool:
    newer = ServiceItem.objects.filter(code=item.code, version__gt=item.version)
    return not newer.exclude(status=ServiceItem.Status.DRAFT).exists()


def may_publish_item(item: ServiceItem) -> tuple[Verdict, ...]:
    """Ask everything that must hold before `item` is published."""
    return (
        item_awaits_publication(item),
        item_is_newest_version(item),
        item_has_legal_basis(item),
        *((item_basis_grounds_it(item),) if item.legal_basis.strip() else ()),
        item_has_service_class(item),
        item_requirement_is_lawful(item),
    )
