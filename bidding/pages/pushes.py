"""The projects that approval systems have sent, as their owner sees them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.models import PushedProject
from marketplace.kernel.statements import statement
from marketplace.models import Organization
from marketplace.web.components import Fact, Facts, Text
from marketplace.web.moments import cn_datetime
from marketplace.web.workbench import ASKED


def waiting_projects(buyer: Organization) -> list[PushedProject]:
    """Return what was sent for a unit and has no order, the newest first."""
    return _waiting(buyer=buyer.pk)


def waiting_of_project(buyer: Organization, project_code: str) -> list[PushedProject]:
    """Return those of one project."""
    return [one for one in waiting_projects(buyer) if one.project_code == project_code]


@statement
def _waiting(*, buyer: int) -> QuerySet[PushedProject]:
    rows = PushedProject.objects.waiting().filter(buyer=buyer)
    return rows.order_by("-pk")[:ASKED]


def facts_of(pushed: PushedProject) -> Facts:
    """Return what the system said."""
    return Facts(
        [
            Fact(_("审批系统"), pushed.system),
            Fact(_("推送时间"), cn_datetime(pushed.pushed_at)),
            Fact(_("统一项目代码"), pushed.project_code),
            Fact(_("服务事项"), pushed.item and pushed.item.name),
            Fact(_("服务地点"), pushed.division.full_name),
            Fact(_("联系人"), pushed.contact_name),
            Fact(_("联系电话"), pushed.contact_phone),
            *([Fact(_("退回的理由"), pushed.dismissal_reasons)] if pushed.dismissed_at else []),
        ]
    )


def why_closed(pushed: PushedProject) -> Text:
    """Return why nothing can be done about a project any more; nothing while it waits."""
    if pushed.dismissed_at is not None:
        return _("这个项目已经退回。审批系统改正以后重新推送的，会再次出现。")
    return _("这个项目已经起草了采购，请在“我的采购”中继续填写。") if pushed.tender_id else ""
