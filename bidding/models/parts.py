"""What an order has several of: papers, and agencies that its buyer avoids."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.models.tender import Tender
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models import Document, Organization, User


class PaperKind(models.TextChoices):
    """What a paper is for, and so who reads it."""

    REQUIREMENT = "requirement", _("需求材料（公开，供报价参考）")
    APPROVAL = "approval", _("批准文件（只供审核，不公开）")


class CheckedLimit(models.TextChoices):
    """What a buyer may be exempted from: the guards that compare amounts with limits, by name."""

    FISCAL_LIMIT = "fiscal_order_is_below_limit", _("达到限额，按政府采购的规定办理")
    SPLIT = "order_is_not_split", _("同一项目同一事项合计达到限额")
    YEAR = "year_of_class_is_below_limit", _("同一服务类别一段时间合计达到限额")
    ENGINEERING = "engineering_is_not_split", _("同一项目勘察、设计、监理合计达到招标金额")


class TenderPaper(SlugModel):
    """A paper of an order; it is fixed with the order, and a requirement is public with it."""

    Kind = PaperKind

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.CASCADE, related_name="papers"
    )
    kind = models.CharField(_("用途"), max_length=12, choices=PaperKind)
    document = models.ForeignKey(
        Document, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("添加时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("采购材料")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.document)

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may read it: what bidders need, once the order is public."""
        return self.kind == PaperKind.REQUIREMENT and self.tender.is_published


class AvoidedAgency(SlugModel):
    """An agency that may not bid for an order, with the reason that everybody reads."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.CASCADE, related_name="avoided"
    )
    agency = models.ForeignKey(
        Organization, verbose_name=_("回避的机构"), on_delete=models.PROTECT, related_name="+"
    )
    reasons = models.CharField(_("回避理由"), max_length=300)
    added_at = models.DateTimeField(_("添加时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("回避机构")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="avoided_once_per_order", fields=["tender", "agency"]),
            models.CheckConstraint(name="avoided_has_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return f"{self.agency}：{self.reasons}"


class Exemption(SlugModel):
    """Why a check of limits or of splitting does not bind an order, with the paper that says so."""

    Check = CheckedLimit

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.CASCADE, related_name="exemptions"
    )
    check_name = models.CharField(_("豁免的核对"), max_length=40, choices=CheckedLimit)
    reasons = models.CharField(_("豁免理由"), max_length=300)
    document = models.ForeignKey(
        Document, verbose_name=_("证明文件"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("添加时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("豁免")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="exempted_once", fields=["tender", "check_name"]),
            models.CheckConstraint(name="exemption_has_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_check_name_display()}：{self.reasons}"


class Witness(SlugModel):
    """Somebody whom the buyer asks to watch the opening; named with it, unit before person."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.CASCADE, related_name="witnesses"
    )
    unit = models.CharField(_("见证人单位"), max_length=100)
    name = models.CharField(_("见证人姓名"), max_length=32)
    added_at = models.DateTimeField(_("添加时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("见证人")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="witness_once", fields=["tender", "unit", "name"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.name}"


class OrderTemplate(SlugModel):
    """An order under a name, with whose content its unit begins others."""

    buyer = models.ForeignKey(
        Organization, verbose_name=_("项目业主"), on_delete=models.PROTECT, related_name="+"
    )
    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.CASCADE, related_name="templates"
    )
    name = models.CharField(_("模板名称"), max_length=60)
    created_by = models.ForeignKey(
        User, verbose_name=_("经办人"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("创建时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("采购模板")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(name="template_name_once", fields=["buyer", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


def copy_parts(source: Tender, target: Tender, at: datetime) -> None:
    """Let another order have the papers, avoided agencies and witnesses of `source`."""
    # no exemptions: they were for that order's amount
    Witness.objects.bulk_create(
        [
            Witness(tender=target, unit=one.unit, name=one.name, added_at=at)
            for one in Witness.objects.filter(tender=source)
        ]
    )
    TenderPaper.objects.bulk_create(
        [
            TenderPaper(tender=target, kind=one.kind, document=one.document, added_at=at)
            for one in TenderPaper.objects.filter(tender=source).select_related("document")
        ]
    )
    AvoidedAgency.objects.bulk_create(
        [
            AvoidedAgency(tender=target, agency=one.agency, reasons=one.reasons, added_at=at)
            for one in AvoidedAgency.objects.filter(tender=source).select_related("agency")
        ]
    )
