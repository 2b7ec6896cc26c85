"""What an order has several of: papers, and agencies that its buyer avoids."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.models.tender import Tender
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models import Document, Organization


class PaperKind(models.TextChoices):
    """What a paper is for, and so who reads it."""

    REQUIREMENT = "requirement", _("需求材料（公开，供报价参考）")
    APPROVAL = "approval", _("批准文件（只供审核，不公开）")


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


def copy_parts(source: Tender, target: Tender, at: datetime) -> None:
    """Let another order have the papers and the avoided agencies of `source`."""
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
