"""What a selection found, as anyone can repeat it, and the award that follows."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bidding.models.bid import Bid
from bidding.models.deadlines import after_grace, due
from bidding.models.tender import Tender
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.states import StatefulModel, StatusField, transition


class AwardStatus(models.TextChoices):
    """Where an award stands."""

    PENDING = "pending", _("结果公示")
    ACTIVE = "active", _("已中选")
    COMPLETE = "complete", _("已签约")
    CANCELLED = "cancelled", _("已取消")


class Selection(AppendOnlyModel):
    """The public evidence of one selection: canonical JSON and its SHA-256."""

    tender = models.OneToOneField(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="selection"
    )
    evidence = models.TextField(_("证据"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    selected_at = models.DateTimeField(_("选取时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("选取证据")

    def __str__(self) -> str:
        return self.sha256

    @cached_property
    def content(self) -> dict[str, Any]:
        """The evidence as values."""
        content: dict[str, Any] = json.loads(self.evidence)
        return content

    @property
    def winner(self) -> str:
        """The credit code of the winner that the evidence names; empty when nobody won."""
        return str(self.content["winner"] or "")


class AwardQuerySet(LockingQuerySet["Award"]):
    """Awards by where they stand."""

    def won(self) -> AwardQuerySet:
        """Awards whose letter went out and that were not cancelled: what “已中选” counts."""
        return self.filter(status__in=[AwardStatus.ACTIVE, AwardStatus.COMPLETE])

    def for_lists(self) -> AwardQuerySet:
        """Awards with order, winner and contract, the newest first."""
        return self.select_related(
            "tender__buyer", "tender__division__parent", "tender__item", "bid__agency", "contract"
        ).order_by("-published_at", "-pk")

    def to_issue(self) -> AwardQuerySet:
        """Awards in publicity; `due_at` is when their letter goes out."""
        return due(self.filter(status=AwardStatus.PENDING), F("publicity_ends_at"))

    def to_remind(self) -> AwardQuerySet:
        """Awards whose signature both sides are reminded of at `due_at`."""
        waiting = self.filter(status=AwardStatus.ACTIVE, remind_at__isnull=False)
        return due(waiting, F("remind_at"))

    def to_sign(self) -> AwardQuerySet:
        """Awards without a contract, not yet recorded as late; `due_at` is when they are."""
        unsigned = self.filter(status=AwardStatus.ACTIVE, overdue_recorded_at__isnull=True)
        end = F("contract_due_at")
        return due(unsigned, end, acts_at=after_grace(end, "tender"))


class Award(StatefulModel):
    """The winner of an order: in publicity, awarded by letter, contracted, or cancelled."""

    Status = AwardStatus

    tender = models.OneToOneField(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="award"
    )
    bid = models.OneToOneField(
        Bid, verbose_name=_("中选报名"), on_delete=models.PROTECT, related_name="award"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.PENDING)
    amount = models.DecimalField(_("中选金额"), max_digits=14, decimal_places=2)
    published_at = models.DateTimeField(_("公示开始"))
    publicity_ends_at = models.DateTimeField(_("公示截止"))
    is_end_provisional = models.BooleanField(_("截止暂定"), default=False)
    awarded_at = models.DateTimeField(_("中选时间"), null=True, blank=True)
    letter_number = models.CharField(
        _("中选通知书编号"), max_length=32, unique=True, null=True, blank=True
    )
    contract_due_at = models.DateTimeField(_("签约期限"), null=True, blank=True)
    remind_at = models.DateTimeField(_("提醒时间"), null=True, blank=True)
    overdue_recorded_at = models.DateTimeField(_("逾期记录时间"), null=True, blank=True)
    completed_at = models.DateTimeField(_("签约时间"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    cancel_reasons = models.TextField(_("取消理由"), max_length=1000, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("中选结果")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="award_active_has_letter",
                condition=~Q(status__in=[AwardStatus.ACTIVE, AwardStatus.COMPLETE])
                | Q(
                    awarded_at__isnull=False,
                    letter_number__isnull=False,
                    contract_due_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="award_publicity_ends_after_it_begins",
                condition=Q(publicity_ends_at__gt=F("published_at")),
            ),
            models.CheckConstraint(name="award_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="award_complete_has_time",
                condition=~Q(status=AwardStatus.COMPLETE) | Q(completed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="award_cancelled_has_time_and_reasons",
                condition=~Q(status=AwardStatus.CANCELLED)
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_reasons="")),
            ),
        ]
        indexes = [
            models.Index(name="award_by_publicity", fields=["status", "publicity_ends_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.tender} {self.amount}"

    @transition(field=status, source=Status.PENDING, target=Status.ACTIVE)
    def issue(self, *, at: datetime, letter_number: str, contract_due_at: datetime) -> None:
        self.awarded_at, self.letter_number = at, letter_number
        self.contract_due_at = contract_due_at

    @transition(field=status, source=Status.ACTIVE, target=Status.COMPLETE)
    def complete(self, *, at: datetime) -> None:
        self.completed_at = at

    @transition(field=status, source=[Status.PENDING, Status.ACTIVE], target=Status.CANCELLED)
    def cancel(self, *, at: datetime, reasons: str) -> None:
        self.cancelled_at, self.cancel_reasons = at, reasons
