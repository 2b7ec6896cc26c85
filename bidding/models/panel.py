"""The panel of an order: the frozen pool, the draw out of it, and each seat that was offered."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bidding.models.deadlines import PanelDeadline
from bidding.models.expert import Expert
from bidding.models.tender import Tender
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.kernel.models.deadlines import DeadlineSubject, EndOf, Needs
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition


class ExpertPool(AppendOnlyModel):
    """Who may be drawn in a round, fixed at the end of the sign-up; only its hash is public."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="expert_pools"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    codes = models.JSONField(_("专家代码"))
    sha256 = models.CharField(_("名单摘要"), max_length=64)
    frozen_at = models.DateTimeField(_("固定时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("专家名单")
        constraints = [
            models.UniqueConstraint(name="expert_pool_once_per_round", fields=["tender", "round"]),
        ]

    def __str__(self) -> str:
        return self.sha256


class PanelDraw(AppendOnlyModel):
    """The order in which a round's experts were drawn: canonical JSON, public with the scores."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="panel_draws"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    evidence = models.TextField(_("证据"))
    drawn_at = models.DateTimeField(_("抽取时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("专家抽取")
        constraints = [
            models.UniqueConstraint(name="panel_draw_once_per_round", fields=["tender", "round"]),
        ]

    def __str__(self) -> str:
        return f"{self.tender_id}/{self.round}"

    @cached_property
    def content(self) -> dict[str, Any]:
        """The draw as values."""
        content: dict[str, Any] = json.loads(self.evidence)
        return content


class PanelFailure(AppendOnlyModel):
    """That a round failed because too few experts were left to sit on its panel."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="panel_failures"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    failed_at = models.DateTimeField(_("流标时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("专家不足")
        constraints = [
            models.UniqueConstraint(name="panel_failure_once_a_round", fields=["tender", "round"]),
        ]

    def __str__(self) -> str:
        return f"{self.tender_id}/{self.round}"


class SeatStatus(models.TextChoices):
    """Where a seat on a panel stands."""

    INVITED = "invited", _("待答复")
    ACCEPTED = "accepted", _("评分中")
    SCORED = "scored", _("已提交评分")
    DECLINED = "declined", _("不能参加")
    LAPSED = "lapsed", _("逾期")
    BARRED = "barred", _("应当回避")
    RELEASED = "released", _("不再需要")


SITTING = (SeatStatus.INVITED, SeatStatus.ACCEPTED, SeatStatus.SCORED)
"""The states in which a seat is taken, so that nobody else is invited to it."""


class PanelSeatQuerySet(LockingQuerySet["PanelSeat"]):
    """Seats by round and state."""

    def of_round(self, tender: Tender) -> PanelSeatQuerySet:
        """Seats of the round that an order is in, in the order in which they were offered."""
        rows = self.filter(tender=tender, round=tender.selection_round)
        return rows.select_related("expert").order_by("number")

    def sitting(self) -> PanelSeatQuerySet:
        """Seats that are taken."""
        return self.filter(status__in=SITTING)


class PanelSeat(StatefulModel, DeadlineSubject, SlugModel):
    """
    A seat on the panel of a round, offered to one expert; `number` is the place in the draw.

    Who gives way keeps the row, and the next in the draw gets one of their own. `points` is a draft
    until it is submitted, and final from then on.
    """

    Status = SeatStatus

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="panel_seats"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    number = models.PositiveSmallIntegerField(_("抽取顺序"))
    expert = models.ForeignKey(
        Expert, verbose_name=_("评审专家"), on_delete=models.PROTECT, related_name="seats"
    )
    status = StatusField(_("状态"), choices=SeatStatus, default=SeatStatus.INVITED)
    invited_at = models.DateTimeField(_("邀请时间"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("退出时间"), null=True, blank=True)
    reasons = models.CharField(_("退出理由"), max_length=300, blank=True)
    points = models.JSONField(_("评分"), default=dict, blank=True)
    """By credit code a number for each criterion, None where a draft has none yet."""
    comment = models.TextField(_("评审意见"), max_length=1000, blank=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)

    answer_due_at = EndOf(PanelDeadline.ANSWER)
    sheet_due_at = EndOf(PanelDeadline.SHEET)

    needs = (
        Needs(Q(status=Status.INVITED), (PanelDeadline.ANSWER,)),
        Needs(Q(status=Status.ACCEPTED), (PanelDeadline.SHEET,)),
    )

    objects = PanelSeatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("评审席位")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="panel_seat_has_a_number", fields=["tender", "round", "number"]
            ),
            models.UniqueConstraint(
                name="panel_seat_once_for_an_expert", fields=["tender", "round", "expert"]
            ),
            models.CheckConstraint(
                name="panel_seat_scored_has_a_sheet",
                condition=~Q(status=SeatStatus.SCORED)
                | (Q(submitted_at__isnull=False) & ~Q(points={}) & ~Q(comment="")),
            ),
            models.CheckConstraint(
                name="panel_seat_given_up_says_when",
                condition=Q(status__in=SITTING) | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tender_id}/{self.round}/{self.number}"

    @transition(field=status, source=SeatStatus.INVITED, target=SeatStatus.ACCEPTED)
    def accept(self, *, at: datetime) -> None:
        self.answered_at = at

    @transition(field=status, source=SeatStatus.ACCEPTED, target=SeatStatus.SCORED)
    def submit(self, *, at: datetime) -> None:
        self.submitted_at = at

    @transition(
        field=status,
        source=[SeatStatus.INVITED, SeatStatus.ACCEPTED],
        target=SeatStatus.DECLINED,
    )
    def decline(self, *, at: datetime, reasons: str) -> None:
        self.ended_at, self.reasons = at, reasons

    @transition(
        field=status,
        source=[SeatStatus.INVITED, SeatStatus.ACCEPTED],
        target=SeatStatus.LAPSED,
    )
    def lapse(self, *, at: datetime) -> None:
        """Give the seat up for the person who has not answered, or not scored, in time."""
        self.ended_at = at

    @transition(
        field=status,
        source=[SeatStatus.INVITED, SeatStatus.ACCEPTED, SeatStatus.SCORED],
        target=SeatStatus.BARRED,
    )
    def bar(self, *, at: datetime, reasons: str) -> None:
        """Give the seat to another because the person has an interest; a sheet falls with it."""
        self.ended_at, self.reasons = at, reasons

    @transition(
        field=status,
        source=[SeatStatus.INVITED, SeatStatus.ACCEPTED],
        target=SeatStatus.RELEASED,
    )
    def release(self, *, at: datetime) -> None:
        """Let the person go because the order has ended."""
        self.ended_at = at
