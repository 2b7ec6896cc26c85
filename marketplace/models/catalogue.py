"""The catalogue: service classes, items, and the approvals that ask for their results."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.requirements import Commitment, Nothing, Requirement, read


class ItemStatus(models.TextChoices):
    """Where a version of an item stands."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已公布")
    SUSPENDED = "suspended", _("暂停")
    ABOLISHED = "abolished", _("已取消")


class ServiceClass(models.Model):
    """One of the classes that qualifications and items are sorted by."""

    class Requirement(models.TextChoices):
        CERTIFICATE = "certificate", _("资质")
        FILING = "filing", _("备案")
        PRACTITIONERS = "practitioners", _("执业人员")
        COMMITMENT = "commitment", _("仅承诺")

    code = models.SlugField(_("代码"), max_length=32, unique=True)
    name = models.CharField(_("名称"), max_length=60, unique=True)
    group = models.CharField(_("分组"), max_length=32, blank=True)
    icon = models.CharField(_("图标"), max_length=32, blank=True)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    requirement = models.CharField(_("准入要求"), max_length=16, choices=Requirement, blank=True)
    legal_basis = models.CharField(_("要求的依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("服务类别")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="class_certificate_has_basis",
                condition=~Q(requirement="certificate") | ~Q(legal_basis=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceItemQuerySet(LockingQuerySet["ServiceItem"]):
    """Items by state and validity."""

    def published(self) -> ServiceItemQuerySet:
        """Items that are published, whatever their validity dates."""
        return self.filter(status=ItemStatus.PUBLISHED)

    def offered_on(self, day: date) -> ServiceItemQuerySet:
        """Published items that an order may name on `day` (both validity dates inclusive)."""
        return self.published().filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )


class ServiceItem(StatefulModel):
    """One version of one catalogue item; orders keep the version that they were published under."""

    Status = ItemStatus

    class Party(models.TextChoices):
        APPLICANT = "applicant", _("申请人")
        DEPARTMENT = "department", _("审批部门")
        OBLIGED = "obliged", _("负有义务的单位")

    class Payer(models.TextChoices):
        APPLICANT = "applicant", _("申请人")
        DEPARTMENT = "department", _("审批部门")
        OBLIGED = "obliged", _("负有义务的单位")
        LATER_WINNER = "later_winner", _("后续项目的中标人")

    class Price(models.TextChoices):
        MARKET = "market", _("市场调节价")
        GUIDED = "guided", _("政府指导价")
        SET = "set", _("政府定价")

    code = models.CharField(_("事项编码"), max_length=32)
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    status = StatusField(_("状态"), choices=Status, default=Status.DRAFT)
    name = models.CharField(_("名称"), max_length=120)
    service_class = models.ForeignKey(
        ServiceClass,
        verbose_name=_("服务类别"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
    )
    category = models.CharField(_("类型"), max_length=32, blank=True)
    related_approval = models.CharField(_("对应审批事项"), max_length=200, blank=True)
    legal_basis = models.TextField(_("设立依据"), blank=True)
    department_as_printed = models.CharField(_("原清单所列部门"), max_length=120, blank=True)
    department = models.CharField(_("行业主管部门"), max_length=120, blank=True)
    level = models.CharField(_("层级"), max_length=32, blank=True)
    commissioned_by = models.CharField(_("委托主体"), max_length=12, choices=Party, blank=True)
    paid_by = models.CharField(_("付费主体"), max_length=12, choices=Payer, blank=True)
    fund_sources = models.CharField(_("资金来源"), max_length=120, blank=True)
    deliverable = models.CharField(_("成果文件"), max_length=200, blank=True)
    agency_requirement = models.CharField(_("机构资质要求"), max_length=200, blank=True)
    certificate_issuer = models.CharField(_("资质认定机关"), max_length=120, blank=True)
    requirement = models.JSONField(_("承接条件"), default=dict, blank=True)
    service_days = models.PositiveSmallIntegerField(_("服务时限（工作日）"), null=True, blank=True)
    service_days_text = models.CharField(_("服务时限说明"), max_length=200, blank=True)
    price_management = models.CharField(_("收费管理"), max_length=8, choices=Price, blank=True)
    price_standard = models.CharField(_("收费标准"), max_length=120, blank=True)
    price_basis = models.CharField(_("收费依据"), max_length=200, blank=True)
    applicant_may_do_alone = models.BooleanField(_("申请人可自行完成"), null=True, blank=True)
    alone_basis = models.CharField(_("自行完成的依据"), max_length=120, blank=True)
    alone_quote = models.CharField(_("自行完成的原文"), max_length=300, blank=True)
    norm = models.CharField(_("技术规范"), max_length=200, blank=True)
    chosen_by = models.CharField(_("依法由谁选定机构"), max_length=120, blank=True)
    part_of = models.CharField(_("是哪个事项的环节"), max_length=120, blank=True)
    source_document = models.CharField(_("来源清单"), max_length=200, blank=True)
    checked_on = models.DateField(_("依据核对日期"), null=True, blank=True)
    missing = models.JSONField(_("尚缺内容"), default=list, blank=True)
    valid_from = models.DateField(_("有效期自"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    published_at = models.DateTimeField(_("公布时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    end_reason = models.CharField(_("停用原因"), max_length=200, blank=True)
    replaced_by = models.CharField(_("由何事项替代"), max_length=32, blank=True)

    objects = ServiceItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("服务事项")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(name="item_version_once", fields=["code", "version"]),
            models.UniqueConstraint(
                name="item_published_once",
                fields=["code"],
                condition=Q(status=ItemStatus.PUBLISHED),
            ),
            models.CheckConstraint(
                name="item_beyond_draft_has_basis_and_time",
                condition=Q(status=ItemStatus.DRAFT)
                | Q(
                    legal_basis__regex=r"\S",
                    published_at__isnull=False,
                    service_class__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def requires(self) -> Requirement:
        """
        Who may do the work; where nothing is stated, who works in the item's class.

        Raises:
            NotARequirement: what is kept is none.
        """
        if self.requirement:
            return read(self.requirement)
        return Commitment(self.service_class.code) if self.service_class else Nothing()

    @transition(field=status, source=[Status.DRAFT, Status.SUSPENDED], target=Status.PUBLISHED)
    def publish(self, *, at: datetime) -> None:
        self.published_at, self.ended_at, self.end_reason = at, None, ""

    @transition(field=status, source=Status.PUBLISHED, target=Status.SUSPENDED)
    def suspend(self, *, at: datetime, reason: str = "") -> None:
        self.ended_at, self.end_reason = at, reason

    @transition(field=status, source=[Status.PUBLISHED, Status.SUSPENDED], target=Status.ABOLISHED)
    def abolish(self, *, at: datetime, reason: str = "", replaced_by: str = "") -> None:
        self.ended_at, self.end_reason, self.replaced_by = at, reason, replaced_by


class RefusedItem(models.Model):
    """A name that lists print and that no item may have, with the reason."""

    name = models.CharField(_("名称"), max_length=120, unique=True)
    reason = models.CharField(_("理由"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("不得作为事项的名称")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Approval(models.Model):
    """An approval of the administration; `ended_by` says by what it was abolished, if it was."""

    code = models.SlugField(_("代码"), max_length=32, unique=True)
    name = models.CharField(_("审批事项"), max_length=120, unique=True)
    department = models.CharField(_("审批部门"), max_length=60, blank=True)
    level = models.CharField(_("层级"), max_length=32, blank=True)
    ended_by = models.CharField(_("取消依据"), max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("审批事项")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class ApprovalDeliverable(models.Model):
    """
    What an approval asks for: the result of a service.

    `item_code` names the item of every version; empty where the catalogue has none, so that the
    result may not be demanded.
    """

    approval = models.ForeignKey(
        Approval,
        verbose_name=_("审批事项"),
        on_delete=models.CASCADE,
        related_name="deliverables",
    )
    deliverable = models.CharField(_("成果文件"), max_length=120)
    item_code = models.CharField(_("事项编码"), max_length=32, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("审批事项与成果")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="approval_deliverable_once", fields=["approval", "deliverable"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.approval}: {self.deliverable}"
