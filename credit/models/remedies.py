"""What the party of a case can ask for: a hearing, a review, a repair; and who may not decide."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from credit.models.cases import Case
from credit.models.deadlines import CreditDeadline
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.kernel.models.deadlines import DeadlineSubject, IsProvisional, KnownEndOf, Needs
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models import Document, User


class Hearing(models.Model):
    """
    A hearing that the party of a case asked for; it is led by somebody who did not investigate.

    Source: 《行政处罚法》第六十三条、第六十四条
    """

    case = models.OneToOneField(
        Case, verbose_name=_("案件"), on_delete=models.PROTECT, related_name="hearing"
    )
    asked_at = models.DateTimeField(_("申请听证时间"))
    asked_by = models.ForeignKey(
        User, verbose_name=_("申请人"), on_delete=models.PROTECT, related_name="+"
    )
    takes_place_at = models.DateTimeField(_("听证时间"), null=True, blank=True)
    place = models.CharField(_("听证地点"), max_length=120, blank=True)
    announced_at = models.DateTimeField(_("听证通知时间"), null=True, blank=True)
    led_by = models.ForeignKey(
        User,
        verbose_name=_("主持人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    minutes = models.TextField(_("听证笔录"), max_length=8000, blank=True)
    held_at = models.DateTimeField(_("听证结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("听证")
        constraints = [
            models.CheckConstraint(
                name="hearing_announced_with_time_and_place",
                condition=Q(announced_at__isnull=True)
                | Q(takes_place_at__isnull=False) & ~Q(place=""),
            ),
            models.CheckConstraint(
                name="hearing_held_has_minutes",
                condition=Q(held_at__isnull=True) | Q(led_by__isnull=False) & ~Q(minutes=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.asked_at:%Y-%m-%d}"


class ReviewStatus(models.TextChoices):
    """What came of a review."""

    FILED = "filed", _("复核中")
    UPHELD = "upheld", _("维持决定")
    VARIED = "varied", _("变更决定")
    GRANTED = "granted", _("撤销决定")


class Review(StatefulModel, DeadlineSubject, SlugModel):
    """The one review of a decision that its party may ask for; it may suspend the effect."""

    Status = ReviewStatus

    case = models.OneToOneField(
        Case, verbose_name=_("案件"), on_delete=models.PROTECT, related_name="review"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.FILED)
    filed_at = models.DateTimeField(_("申请复核时间"))
    filed_by = models.ForeignKey(
        User, verbose_name=_("申请人"), on_delete=models.PROTECT, related_name="+"
    )
    grounds = models.TextField(_("复核的理由"), max_length=4000)
    papers = models.ManyToManyField(
        Document, verbose_name=_("复核材料"), blank=True, related_name="+"
    )
    suspended_by = models.ForeignKey(
        User,
        verbose_name=_("停止执行由谁决定"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    suspension_reasons = models.TextField(_("停止执行的理由"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("复核决定时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("复核人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    number = models.CharField(
        _("复核决定书文号"), max_length=32, unique=True, null=True, blank=True
    )
    reasons = models.TextField(_("复核决定的理由"), max_length=4000, blank=True)
    months = models.PositiveSmallIntegerField(_("变更后的期限（月）"), null=True, blank=True)

    due_at = KnownEndOf(CreditDeadline.REVIEW)
    is_due_provisional = IsProvisional(CreditDeadline.REVIEW)
    needs = (Needs(Q(status=Status.FILED), (CreditDeadline.REVIEW,)),)

    objects = LockingQuerySet["Review"].as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("复核")
        constraints = [
            models.CheckConstraint(
                name="review_decided_by_somebody_with_reasons",
                condition=Q(status=ReviewStatus.FILED)
                | Q(decided_at__isnull=False, decided_by__isnull=False, number__isnull=False)
                & ~Q(reasons=""),
            ),
            models.CheckConstraint(
                name="review_varied_has_months",
                condition=~Q(status=ReviewStatus.VARIED) | Q(months__isnull=False),
            ),
            models.CheckConstraint(
                name="review_suspends_with_reasons",
                condition=Q(suspended_by__isnull=True) | ~Q(suspension_reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_status_display()}"

    @property
    def is_pending(self) -> bool:
        """Tell whether it has still to be decided."""
        return self.status == self.Status.FILED

    def _decide(self, at: datetime, by: User, number: str, reasons: str) -> None:
        self.decided_at, self.decided_by = at, by
        self.number, self.reasons = number, reasons

    @transition(field=status, source=Status.FILED, target=Status.UPHELD)
    def uphold(self, *, at: datetime, by: User, number: str, reasons: str) -> None:
        self._decide(at, by, number, reasons)

    @transition(field=status, source=Status.FILED, target=Status.VARIED)
    def vary(self, *, at: datetime, by: User, number: str, reasons: str, months: int) -> None:
        self._decide(at, by, number, reasons)
        self.months = months

    @transition(field=status, source=Status.FILED, target=Status.GRANTED)
    def grant(self, *, at: datetime, by: User, number: str, reasons: str) -> None:
        self._decide(at, by, number, reasons)


class RepairStatus(models.TextChoices):
    """What came of an application for repair."""

    FILED = "filed", _("修复审核中")
    GRANTED = "granted", _("准予修复")
    REFUSED = "refused", _("不予修复")


class Repair(StatefulModel, DeadlineSubject, SlugModel):
    """An application to end a restriction and its publication early: breach corrected, promised."""

    Status = RepairStatus

    case = models.ForeignKey(
        Case, verbose_name=_("案件"), on_delete=models.PROTECT, related_name="repairs"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.FILED)
    filed_at = models.DateTimeField(_("申请修复时间"))
    filed_by = models.ForeignKey(
        User, verbose_name=_("申请人"), on_delete=models.PROTECT, related_name="+"
    )
    correction = models.TextField(_("怎样纠正了失信行为"), max_length=4000)
    commitment = models.TextField(_("信用承诺"), max_length=2000)
    papers = models.ManyToManyField(
        Document, verbose_name=_("纠正的材料"), blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("审核人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    number = models.CharField(
        _("修复决定书文号"), max_length=32, unique=True, null=True, blank=True
    )
    reasons = models.TextField(_("审核意见"), max_length=2000, blank=True)

    due_at = KnownEndOf(CreditDeadline.REPAIR)
    is_due_provisional = IsProvisional(CreditDeadline.REPAIR)
    needs = (Needs(Q(status=Status.FILED), (CreditDeadline.REPAIR,)),)

    objects = LockingQuerySet["Repair"].as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("信用修复")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="repair_one_at_a_time",
                fields=["case"],
                condition=Q(status=RepairStatus.FILED),
            ),
            models.CheckConstraint(
                name="repair_decided_by_somebody_with_reasons",
                condition=Q(status=RepairStatus.FILED)
                | Q(decided_at__isnull=False, decided_by__isnull=False, number__isnull=False)
                & ~Q(reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_status_display()}"

    @property
    def is_pending(self) -> bool:
        """Tell whether it has still to be decided."""
        return self.status == self.Status.FILED

    @transition(field=status, source=Status.FILED, target=Status.GRANTED)
    def grant(self, *, at: datetime, by: User, number: str, reasons: str) -> None:
        self.decided_at, self.decided_by = at, by
        self.number, self.reasons = number, reasons

    @transition(field=status, source=Status.FILED, target=Status.REFUSED)
    def refuse(self, *, at: datetime, by: User, number: str, reasons: str) -> None:
        self.decided_at, self.decided_by = at, by
        self.number, self.reasons = number, reasons


class Recusal(AppendOnlyModel):
    """Somebody who takes no further part in a case, and why."""

    case = models.ForeignKey(
        Case, verbose_name=_("案件"), on_delete=models.PROTECT, related_name="recusals"
    )
    user = models.ForeignKey(
        User, verbose_name=_("回避人"), on_delete=models.PROTECT, related_name="+"
    )
    reasons = models.CharField(_("回避的理由"), max_length=300)
    recused_at = models.DateTimeField(_("回避时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("回避")
        constraints = [models.UniqueConstraint(name="recusal_once", fields=["case", "user"])]

    def __str__(self) -> str:
        return f"{self.case} {self.user}"
