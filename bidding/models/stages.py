"""The phases that readers filter by, and the Chinese for every stage of an order's life."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """A stretch of an order's life, in the order in which it is lived."""

    OPEN = "open", _("报名中")
    SELECTING = "selecting", _("等待选取")
    PUBLICITY = "publicity", _("结果公示")
    AWARDED = "awarded", _("已中选")
    IN_SERVICE = "in_service", _("履约中")
    DONE = "done", _("已验收或办结")
    UNSUCCESSFUL = "unsuccessful", _("流标")
    CANCELLED = "cancelled", _("已取消")

    @property
    def condition(self) -> Q:
        """The orders in this phase."""
        return CONDITIONS[self]


_AWARDED = Q(status="complete", award__status__in=["active", "complete"])
_SERVING = Q(award__contract__status__in=["active", "delivered"])
_DONE = Q(award__contract__status__in=["accepted", "rated", "archived"])

CONDITIONS = {
    Phase.OPEN: Q(status="active"),
    Phase.SELECTING: Q(status__in=["closed", "evaluated"]),
    Phase.PUBLICITY: Q(status="complete", award__status="pending"),
    Phase.AWARDED: _AWARDED & ~(_SERVING | _DONE),
    Phase.IN_SERVICE: _SERVING,
    Phase.DONE: _DONE,
    Phase.UNSUCCESSFUL: Q(status="unsuccessful"),
    Phase.CANCELLED: Q(status="cancelled") | Q(award__status="cancelled"),
}


TENDER_WORDS = {
    "draft": _("草稿"),
    "submitted": _("待审核"),
    "returned": _("退回修改"),
    "reviewed": _("待发布"),
    "active": _("报名中"),
    "closed": _("等待选取"),
    "evaluated": _("选取中"),
    "unsuccessful": _("流标"),
    "cancelled": _("已取消"),
}
AWARD_WORDS = {
    "pending": _("结果公示"),
    "active": _("已中选"),
    "complete": _("待签约"),
    "cancelled": _("已取消"),
}
CONTRACT_WORDS = {
    "pending": _("待签约"),
    "active": _("服务中"),
    "delivered": _("已交付"),
    "accepted": _("已验收"),
    "rated": _("已评价"),
    "archived": _("已办结"),
    "terminated": _("已终止"),
}
