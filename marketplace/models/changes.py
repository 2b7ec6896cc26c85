"""What an agency on the register proposes to change of its data, and what the register was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.kernel.models.deadlines import (
    DeadlineSubject,
    EndOf,
    IsProvisional,
    Needs,
    deadlines_of,
    end_of,
)
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models.deadlines import ChangeDeadline
from marketplace.models.divisions import Division
from marketplace.models.documents import Document
from marketplace.models.moves import MoveStatus, PractitionerMove
from marketplace.models.organizations import Agency
from marketplace.models.qualifications import Practitioner, Qualification
from marketplace.models.users import User


class Part(models.TextChoices):
    """What of an agency's data a change is about."""

    FACTS = "facts", _("基本情况")
    QUALIFICATION = "qualification", _("资质")
    PRACTITIONER = "practitioner", _("执业人员")
    AGENT = "agent", _("业务授权人")


class ChangeStatus(models.TextChoices):
    """Where a proposed change stands."""

    SUBMITTED = "submitted", _("待形式审核")
    RETURNED = "returned", _("退回修改")
    EFFECTIVE = "effective", _("已生效")
    WITHDRAWN = "withdrawn", _("已撤回")


class ChangeProposalQuerySet(LockingQuerySet["ChangeProposal"]):
    """Proposed changes by agency, place and state."""

    def open(self) -> ChangeProposalQuerySet:
        """Proposals that wait for the check, or for the agency to correct them."""
        return self.filter(status__in=OPEN)

    def queued(self, prefix: str, status: str) -> ChangeProposalQuerySet:
        """Those of the agencies of an area in one state, the most urgent first."""
        rows = self.standing_at(prefix, status)
        rows = rows.select_related("agency__organization__division__parent")
        if status == ChangeStatus.SUBMITTED:
            return rows.order_by(end_of(ChangeDeadline.CHECK).asc(), "pk")
        return rows.order_by("-decided_at", "pk")

    def standing_at(self, prefix: str, status: str) -> ChangeProposalQuerySet:
        """The same in no order."""
        return self.filter(status=status, agency__organization__division__code__startswith=prefix)

    def in_queue(self, division: Division, status: str) -> ChangeProposalQuerySet:
        """The same with what the list of an officer shows."""
        return self.queued(division.prefix, status).prefetch_related(deadlines_of())


OPEN = (ChangeStatus.SUBMITTED, ChangeStatus.RETURNED)


class ChangeProposal(StatefulModel, SlugModel, DeadlineSubject):
    """
    One change that an agency proposes; what is registered stays valid until an officer confirms it.

    `values` hold what it shall be, field by field, and `base` what was registered as it was
    proposed. `target` is the primary key of the certificate, professional or membership that it is
    about; of a renewal, that of the certificate which it follows.
    """

    Status, Part = ChangeStatus, Part

    class Act(models.TextChoices):
        CHANGE = "change", _("变更")
        ADD = "add", _("新增")
        RENEW = "renew", _("延续")
        END = "end", _("注销")

    agency = models.ForeignKey(
        Agency, verbose_name=_("机构"), on_delete=models.PROTECT, related_name="changes"
    )
    part = models.CharField(_("变更内容"), max_length=16, choices=Part)
    act = models.CharField(_("变更方式"), max_length=8, choices=Act)
    target = models.PositiveBigIntegerField(_("变更对象"), null=True, blank=True)
    title = models.CharField(_("变更的是"), max_length=160, blank=True)
    values: models.JSONField[Any, Any] = models.JSONField(_("拟登记的内容"), default=dict)
    base: models.JSONField[Any, Any] = models.JSONField(_("提出时登记的内容"), default=dict)
    status = StatusField(_("状态"), choices=Status, default=Status.SUBMITTED)
    proposed_by = models.ForeignKey(
        User, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("提交时间"))
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("审核人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    return_reasons = models.TextField(_("退回理由"), max_length=1000, blank=True)
    # what the officer said of single fields, and what the fields held then
    remarks: models.JSONField[Any, Any] = models.JSONField(_("逐项意见"), default=list, blank=True)
    returned_values: models.JSONField[Any, Any] = models.JSONField(
        _("退回时的内容"), default=dict, blank=True
    )

    check_due_at = EndOf(ChangeDeadline.CHECK)
    is_due_provisional = IsProvisional(ChangeDeadline.CHECK)

    needs = (Needs(Q(status=Status.SUBMITTED), (ChangeDeadline.CHECK,)),)

    objects = ChangeProposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("登记变更")
        ordering = ["-submitted_at", "-pk"]
        indexes = [models.Index(name="change_by_agency", fields=["agency", "status"])]
        constraints = [
            models.CheckConstraint(
                name="change_decided_by_somebody",
                condition=~Q(status__in=[ChangeStatus.RETURNED, ChangeStatus.EFFECTIVE])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="change_returned_has_reasons",
                condition=~Q(status=ChangeStatus.RETURNED) | ~Q(return_reasons=""),
            ),
            models.CheckConstraint(
                name="change_confirmed_by_another",
                condition=~Q(status=ChangeStatus.EFFECTIVE)
                | ~Q(decided_by=models.F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(field=status, source=Status.RETURNED, target=Status.SUBMITTED)
    def resubmit(self, *, at: datetime, by: User) -> None:
        self.submitted_at, self.proposed_by = at, by

    @transition(field=status, source=Status.SUBMITTED, target=Status.RETURNED)
    def send_back(
        self, *, at: datetime, by: User, reasons: str, remarks: Sequence[Any] = ()
    ) -> None:
        self.decided_at, self.decided_by, self.return_reasons = at, by, reasons
        self.remarks, self.returned_values = list(remarks), self.values

    @transition(field=status, source=Status.SUBMITTED, target=Status.EFFECTIVE)
    def take_effect(self, *, at: datetime, by: User) -> None:
        self.decided_at, self.decided_by, self.return_reasons = at, by, ""
        self.remarks = []

    @transition(field=status, source=[Status.SUBMITTED, Status.RETURNED], target=Status.WITHDRAWN)
    def withdraw(self) -> None:
        """The agency takes it back; what is registered stays as it is."""


class RegisterEntry(AppendOnlyModel):
    """
    What the register held from `at` on, and who said so: one row for each confirmed change.

    `before` and `after` hold the fields that differ. The first entry of an admission holds all.
    """

    agency = models.ForeignKey(
        Agency, verbose_name=_("机构"), on_delete=models.PROTECT, related_name="entries"
    )
    proposal = models.OneToOneField(
        ChangeProposal,
        verbose_name=_("登记变更"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entry",
    )
    part = models.CharField(_("变更内容"), max_length=16, choices=Part)
    title = models.CharField(_("变更的是"), max_length=160, blank=True)
    before: models.JSONField[Any, Any] = models.JSONField(_("原登记内容"), default=dict)
    after: models.JSONField[Any, Any] = models.JSONField(_("现登记内容"), default=dict)
    proposed_by = models.ForeignKey(
        User, verbose_name=_("提出人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        User, verbose_name=_("审核人"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("生效时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("登记记录")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.agency} {self.title}"


class AgencyPaperQuerySet(models.QuerySet["AgencyPaper"]):
    """The papers of an agency by what they prove."""

    def standing(self) -> AgencyPaperQuerySet:
        """Papers that nobody has taken out, with their files, the newest last."""
        rows = self.filter(removed_at__isnull=True).order_by("pk")
        return rows.select_related("document", "qualification", "practitioner")

    def registered(self) -> AgencyPaperQuerySet:
        """Those of what is registered, and not of a change or a move that is only asked for."""
        effective = Q(proposal__isnull=True) | Q(proposal__status=ChangeStatus.EFFECTIVE)
        arrived = Q(move__isnull=True) | Q(move__status=MoveStatus.RELEASED)
        return self.standing().filter(effective, arrived)


class AgencyPaper(models.Model):
    """An uploaded file that proves what an agency says of itself, or proposes to say."""

    class Kind(models.TextChoices):
        LICENCE = "licence", _("营业执照或者登记证书")
        SPONSOR = "sponsor", _("举办单位、业务主管单位的证明")
        CHARTER = "charter", _("章程")
        HEAD = "head", _("负责人的证明")
        IDENTITY = "identity", _("经营者的身份证明")
        CERTIFICATE = "certificate", _("资质证书、备案证明")
        PRACTITIONER = "practitioner", _("执业证书、社保证明")
        AUTHORITY = "authority", _("授权委托书")
        COMMITMENT = "commitment", _("承诺书")
        OTHER = "other", _("其他材料")

    agency = models.ForeignKey(
        Agency, verbose_name=_("机构"), on_delete=models.PROTECT, related_name="papers"
    )
    kind = models.CharField(_("材料"), max_length=16, choices=Kind)
    document = models.OneToOneField(
        Document, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="agency_paper"
    )
    qualification = models.ForeignKey(
        Qualification,
        verbose_name=_("资质"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="papers",
    )
    practitioner = models.ForeignKey(
        Practitioner,
        verbose_name=_("执业人员"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="papers",
    )
    proposal = models.ForeignKey(
        ChangeProposal,
        verbose_name=_("登记变更"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="papers",
    )
    move = models.ForeignKey(
        PractitionerMove,
        verbose_name=_("执业人员转入"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="papers",
    )
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)

    objects = AgencyPaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("登记材料")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.document}"
