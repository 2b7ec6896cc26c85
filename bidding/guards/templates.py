"""May an owner keep an order as a template, and draft several orders of one project at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.models import OrderTemplate
from bidding.rules.orders import PROJECT_DRAFTS_MOST
from marketplace.identifiers import is_project_code
from marketplace.kernel.calendar import day_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM, cite
from marketplace.kernel.verdicts import Because, guard
from marketplace.models import Organization, ServiceItem


@guard(_("贵单位已有名为“%(name)s”的模板，请换一个名称"), source=FORM)
def template_name_is_free(buyer: Organization, name: str) -> bool | Because:
    taken = OrderTemplate.objects.filter(buyer=buyer, name=name).exists()
    return not taken or Because(name=name)


@guard(_("统一项目代码由 4、6、2、2、6 位数字组成，例如 2610-360702-04-01-218846"), source=FORM)
def project_has_a_code(code: str) -> bool:
    return is_project_code(code)


@guard(_("一次最多起草 %(most)s 项"), rule=PROJECT_DRAFTS_MOST.key)
def drafts_are_few(count: int, rules: Rules) -> bool | Because:
    return 1 <= count <= rules[PROJECT_DRAFTS_MOST] or Because(most=rules[PROJECT_DRAFTS_MOST])


@guard(_("有服务事项已经停用或者不在有效期，不能据此发布采购"), source=cite("国发〔2022〕5号"))
def items_are_offered(items: Sequence[ServiceItem], at: datetime) -> bool:
    offered = ServiceItem.objects.offered_on(day_of(at))
    asked = {one.pk for one in items}
    return offered.filter(pk__in=asked).count() == len(asked)
