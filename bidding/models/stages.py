"""The phases that readers filter by, and the Chinese for every stage of an order's life."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bidding.models.award import AwardStatus
from bidding.models.contract import ContractStatus
from bidding.models.tender import Tender
from bidding.models.tender_queries import TenderStatus
from bidding.stages import Stage, stage_of


class Phase(models.TextChoices):
    """A stretch of an order's life, in the order in which it is lived."""

    OPEN = "open", _("报名中")
    SELECTING = "selecting", _("等待选取、选取中")
    PUBLICITY = "publicity", _("结果公示")
    AWARDED = "awarded", _("已中选、待签约")
    IN_SERVICE = "in_service", _("服务中、已交付")
    DONE = "done", _("已验收或办结")
    UNSUCCESSFUL = "unsuccessful", _("流标")
    CANCELLED = "cancelled", _("已取消")

    def condition(self, at: datetime) -> Q:
        """
        Return what the orders in this phase at `at` meet.

        The sign-up ends by the clock, as everywhere, however late the schedule closes the order. In
        general there is no such order: the rest of the condition is left to the index of states.
        """
        is_overdue = Q(status=TenderStatus.ACTIVE, sign_up__ends_at__lte=at)
        overdue = Tender.objects.filter(is_overdue)
        if self == Phase.OPEN:
            return CONDITIONS[self] & ~Q(pk__in=overdue.values("pk"))
        if self == Phase.SELECTING:
            return CONDITIONS[self] | Q(pk__in=overdue.values("pk"))
        return CONDITIONS[self]


_AWARDED = Q(
    status=TenderStatus.COMPLETE, award__status__in=[AwardStatus.ACTIVE, AwardStatus.COMPLETE]
)
_SERVING = Q(award__contract__status__in=[ContractStatus.ACTIVE, ContractStatus.DELIVERED])
_DONE = Q(
    award__contract__status__in=[
        ContractStatus.ACCEPTED,
        ContractStatus.RATED,
        ContractStatus.ARCHIVED,
    ]
)

CONDITIONS = {
    Phase.OPEN: Q(status=TenderStatus.ACTIVE),
    Phase.SELECTING: Q(
        status__in=[TenderStatus.CLOSED, TenderStatus.BIDDING, TenderStatus.EVALUATED]
    ),
    Phase.PUBLICITY: Q(status=TenderStatus.COMPLETE, award__status=AwardStatus.PENDING),
    Phase.AWARDED: _AWARDED & ~(_SERVING | _DONE),
    Phase.IN_SERVICE: _SERVING,
    Phase.DONE: _DONE,
    Phase.UNSUCCESSFUL: Q(status=TenderStatus.UNSUCCESSFUL),
    Phase.CANCELLED: Q(status=TenderStatus.CANCELLED) | Q(award__status=AwardStatus.CANCELLED),
}


SUSPENDED = _("已中止")
"""Of an order that stands still because of an objection or a complaint, wherever it had come to."""
WORDS = {
    Stage.DRAFT: _("草稿"),
    Stage.SUBMITTED: _("待审核"),
    Stage.RETURNED: _("退回修改"),
    Stage.REVIEWED: _("待发布"),
    Stage.OPEN: _("报名中"),
    Stage.AWAITING_SELECTION: _("等待选取"),
    Stage.BIDDING: _("正在竞价"),
    Stage.SELECTING: _("选取中"),
    Stage.RESULT_PUBLICITY: _("结果公示"),
    Stage.AWARDED: _("已中选"),
    Stage.AWAITING_SIGNATURE: _("待签约"),
    Stage.IN_SERVICE: _("服务中"),
    Stage.DELIVERED: _("已交付"),
    Stage.RETURNED_FOR_CORRECTION: _("退回更正"),
    Stage.ACCEPTED: _("已验收"),
    Stage.RATED: _("已评价"),
    Stage.CLOSED: _("已办结"),
    Stage.UNSUCCESSFUL: _("流标"),
    Stage.CANCELLED: _("已取消"),
    Stage.RERUN: _("重新组织"),
}


def word_of(
    order: str,
    award: str | None,
    contract: str | None,
    *,
    ends_at: datetime | None,
    is_suspended: bool,
    at: datetime,
) -> str | Promise:
    """Return the one word for where an order of these states, with this end, stands at `at`."""
    if is_suspended:
        return SUSPENDED
    takes_bids = ends_at is not None and at < ends_at
    return WORDS[stage_of(order, award, contract, takes_bids=takes_bids)]
