"""A report by anybody: who has made it has no account, only the number of the receipt."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.models.deadlines import DisputeDeadline
from credit.models import Case
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.models.deadlines import DeadlineSubject, EndOf, IsProvisional, Needs
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models import Division, Document, Organization, User

MARKS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What a receipt is written with: nothing that is read as something else."""
MOST_MARKS = 20  # 100 bits


def new_receipt() -> str:
    """Return a number that nobody can guess."""
    return "".join(secrets.choice(MARKS) for _mark in range(MOST_MARKS))


class ReportTopic(models.TextChoices):
    """What a report is about."""

    ORDER = "order", _("一项采购")
    AGENCY = "agency", _("一家中介服务机构")
    OWNER = "owner", _("一家项目业主")
    AUTHORITY = "authority", _("管理机构或者运营机构")
    PLATFORM = "platform", _("平台本身")


class ReportStatus(models.TextChoices):
    """Where a report stands."""

    FILED = "filed", _("待处理")
    ANSWERED = "answered", _("已答复")
    SET_ASIDE = "set_aside", _("不予处理")


class ReportQuerySet(LockingQuerySet["Report"]):
    """Reports by where they stand."""

    def open(self) -> ReportQuerySet:
        """Those that nobody has answered."""
        return self.filter(status=ReportStatus.FILED)

    def within(self, division: Division) -> ReportQuerySet:
        """Those that the authorities of `division` and below see to."""
        return self.filter(authority__division__code__startswith=division.prefix)


class Report(StatefulModel, DeadlineSubject, SlugModel):
    """One report; what it says is for the officers alone, its answer for who has the receipt."""

    Status = ReportStatus
    Topic = ReportTopic

    receipt = models.CharField(_("回执号"), max_length=20, unique=True, default=new_receipt)
    status = StatusField(_("状态"), choices=Status, default=Status.FILED)
    topic = models.CharField(_("关于什么"), max_length=12, choices=Topic)
    reference = models.CharField(_("编号或者名称"), max_length=120, blank=True)
    division = models.ForeignKey(
        Division, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+"
    )
    authority = models.ForeignKey(
        Organization, verbose_name=_("办理机关"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("内容"), max_length=4000)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    papers = models.ManyToManyField(Document, verbose_name=_("材料"), blank=True, related_name="+")
    case = models.ForeignKey(
        Case,
        verbose_name=_("移送的案件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    filed_at = models.DateTimeField(_("举报时间"))
    rulebook = models.ForeignKey(
        RulebookVersion, verbose_name=_("规则版本"), on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField(_("答复"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        User,
        verbose_name=_("答复人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    due_at = EndOf(DisputeDeadline.REPORT)
    is_due_provisional = IsProvisional(DisputeDeadline.REPORT)
    needs = (Needs(Q(status=Status.FILED), (DisputeDeadline.REPORT,)),)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("举报")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="report_has_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="report_answered_has_text_time_and_person",
                condition=Q(status=ReportStatus.FILED)
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
            ),
        ]
        indexes = [models.Index(name="report_by_status", fields=["status"])]

    def __str__(self) -> str:
        """Do not tell the receipt: who has it reads the answer."""
        return f"{self.get_topic_display()} {self.filed_at:%Y-%m-%d}"

    @transition(field=status, source=Status.FILED, target=Status.ANSWERED)
    def give_answer(self, *, at: datetime, by: User, answer: str) -> None:
        self.answered_at, self.answered_by, self.answer = at, by, answer

    @transition(field=status, source=Status.FILED, target=Status.SET_ASIDE)
    def set_aside(self, *, at: datetime, by: User, answer: str) -> None:
        self.answered_at, self.answered_by, self.answer = at, by, answer
