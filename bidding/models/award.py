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
from bidding.models.deadlines import OrderDeadline
from bidding.models.tender import Tender
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.kernel.models.deadlines import (
    MATTER,
    DeadlineSubject,
    EndOf,
    IsProvisional,
    KnownEndOf,
    Needs,
    deadlines_of,
)
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.states import StatefulModel, StatusField, transition


class AwardStatus(models.TextChoices):
    """Where an award stands."""

    PENDING = "pending", _("结果公示")
    ACTIVE = "active", _("已中选")
    COMPLETE = "complete", _("已签约")
    CANCELLED = "cancelled", _("已取消")


class SelectionQuerySet(models.QuerySet["Selection"]):
    """Selections by their round."""

    def current(self) -> SelectionQuerySet:
        """Selections of the round that their order is in."""
        return self.filter(round=F("tender__selection_round"))


class Selection(AppendOnlyModel):
    """The public evidence of one selection: canonical JSON and its SHA-256."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="selections"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    evidence = models.TextField(_("证据"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    selected_at = models.DateTimeField(_("选取时间"))

    objects = SelectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("选取证据")
        constraints = [
            models.UniqueConstraint(name="selection_once_per_round", fields=["tender", "round"]),
        ]

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

    def leader(self, place: int) -> str:
        """Return who has the award at `place`, by credit code; empty where somebody chooses."""
        return str(self.content["ranking"][place - 1]["uscc"]) if self.winner else ""

    @property
    def is_left_open(self) -> bool:
        """Whether the evidence names several, among whom somebody chooses."""
        return not self.winner and bool(self.content["ranking"])


WON = (AwardStatus.ACTIVE, AwardStatus.COMPLETE)


class AwardQuerySet(LockingQuerySet["Award"]):
    """Awards by where they stand."""

    def won(self) -> AwardQuerySet:
        """Awards whose letter went out and that were not cancelled: what “已中选” counts."""
        return self.filter(status__in=WON)

    def for_lists(self) -> AwardQuerySet:
        """Awards with order, winner, contract and their deadlines, the newest first."""
        rows = self.select_related(
            "tender__buyer", "tender__division__parent", "tender__item", "bid__agency", "contract"
        ).order_by("-published_at", "-pk")
        return rows.prefetch_related(
            deadlines_of("tender"), deadlines_of(), deadlines_of("contract")
        )


class Award(StatefulModel, DeadlineSubject):
    """
    Who has won one round of an order: in publicity, awarded by letter, contracted, or cancelled.

    A round has another award where the next in line took the place of a winner that gave way. A bid
    whose award fell away can win a later round of the same order again.
    """

    Status = AwardStatus

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="awards"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    place = models.PositiveSmallIntegerField(_("名次"), default=1)
    """The place in the ranking of the round, whose evidence names the bid in it."""
    bid = models.ForeignKey(
        Bid, verbose_name=_("中选报名"), on_delete=models.PROTECT, related_name="awards"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.PENDING)
    amount = models.DecimalField(_("中选金额"), max_digits=14, decimal_places=2)
    published_at = models.DateTimeField(_("公示开始"))
    awarded_at = models.DateTimeField(_("中选时间"), null=True, blank=True)
    letter_number = models.CharField(
        _("中选通知书编号"), max_length=32, unique=True, null=True, blank=True
    )
    overdue_recorded_at = models.DateTimeField(_("逾期记录时间"), null=True, blank=True)
    completed_at = models.DateTimeField(_("签约时间"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    cancel_reasons = models.TextField(_("取消理由"), max_length=1000, blank=True)
    was_given_up = models.BooleanField(_("机构放弃"), default=False)
    """The winner gave it up itself, for whatever reason."""

    publicity_ends_at = KnownEndOf(OrderDeadline.PUBLICITY)
    contract_due_at = EndOf(OrderDeadline.SIGNATURE)
    is_end_provisional = IsProvisional(OrderDeadline.PUBLICITY, OrderDeadline.SIGNATURE)

    needs = (
        Needs(Q(status=Status.PENDING), (OrderDeadline.PUBLICITY,)),
        Needs(Q(status=Status.ACTIVE), (OrderDeadline.SIGNATURE,)),
    )

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("中选结果")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="award_once_per_place", fields=["tender", "round", "place"]
            ),
            models.CheckConstraint(
                name="award_given_up_is_cancelled",
                condition=Q(was_given_up=False) | Q(status=AwardStatus.CANCELLED),
            ),
            models.CheckConstraint(
                name="award_active_has_letter",
                condition=~Q(status__in=[AwardStatus.ACTIVE, AwardStatus.COMPLETE])
                | Q(
                    awarded_at__isnull=False,
                    letter_number__isnull=False,
                ),
            ),
            models.CheckConstraint(name="award_amount_is_not_negative", condition=Q(amount__gte=0)),
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
            models.Index(name="award_by_status", fields=["status"]),
            models.Index(name="award_newest", fields=["-published_at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.tender} {self.amount}"

    @property
    def is_suspended(self) -> bool:
        """Tell whether it stands still because of an objection or a complaint."""
        return self.stands_still_by(MATTER)

    @property
    def suspended_since(self) -> datetime | None:
        """Since when it stands still for an objection or a complaint; None if it does not."""
        return self.still_since(MATTER)

    @transition(field=status, source=Status.PENDING, target=Status.ACTIVE)
    def issue(self, *, at: datetime, letter_number: str) -> None:
        self.awarded_at, self.letter_number = at, letter_number

    @transition(field=status, source=Status.ACTIVE, target=Status.COMPLETE)
    def complete(self, *, at: datetime) -> None:
        self.completed_at = at

    @transition(field=status, source=[Status.PENDING, Status.ACTIVE], target=Status.CANCELLED)
    def cancel(self, *, at: datetime, reasons: str, was_given_up: bool = False) -> None:
        self.cancelled_at, self.cancel_reasons = at, reasons
        self.was_given_up = was_given_up
