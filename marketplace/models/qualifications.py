"""What an agency may do, and who does it there."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.models.catalogue import ServiceClass
from marketplace.models.organizations import Agency
from marketplace.requirements import COMPREHENSIVE, Certificate, Commitment, Filing


class QualificationQuerySet(models.QuerySet["Qualification"]):
    """Qualifications by validity."""

    def valid_on(self, day: date) -> QualificationQuerySet:
        """Qualifications that hold on `day`, both ends inclusive; no end means for good."""
        return self.filter(valid_from__lte=day).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )


class Qualification(models.Model):
    """
    What lets an agency work in a service class: a certificate, a filing, or its own word.

    Where no law asks for a certificate, none can be asked for: a commitment has no number.
    """

    class Kind(models.TextChoices):
        CERTIFICATE = Certificate.kind, _("资质证书")
        FILING = Filing.kind, _("备案")
        COMMITMENT = Commitment.kind, _("承诺")

    class Level(models.TextChoices):
        COMPREHENSIVE = COMPREHENSIVE, _("综合")
        FIRST = "first", _("甲级")
        SECOND = "second", _("乙级")
        THIRD = "third", _("丙级")
        FOURTH = "fourth", _("丁级")
        GRADE_ONE = "grade_one", _("一级")
        GRADE_TWO = "grade_two", _("二级")
        GRADE_THREE = "grade_three", _("三级")
        NONE = "none", _("不分级")

    agency = models.ForeignKey(
        Agency, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="qualifications"
    )
    service_class = models.ForeignKey(
        ServiceClass, verbose_name=_("服务类别"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("凭什么承接"), max_length=12, choices=Kind, default=Kind.CERTIFICATE)
    name = models.CharField(_("证书名称"), max_length=80)
    certificate_number = models.CharField(_("证书编号"), max_length=60, blank=True)
    discipline = models.CharField(_("专业"), max_length=80, blank=True)
    level = models.CharField(_("等级"), max_length=16, choices=Level, default=Level.NONE)
    issuer = models.CharField(_("发证机关"), max_length=80, blank=True)
    valid_from = models.DateField(_("有效期自"))
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)

    objects = QualificationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("资质")
        ordering = ["service_class", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="qualification_certificate_once",
                fields=["agency", "service_class", "certificate_number", "valid_from"],
                violation_error_message=_("这个类别下已有同一编号的证书。"),
            ),
            models.CheckConstraint(
                name="qualification_has_number_and_issuer_but_for_a_commitment",
                condition=Q(kind=Commitment.kind) | (~Q(certificate_number="") & ~Q(issuer="")),
                violation_error_message=_("资质证书和备案须填写编号和发证（备案）机关。"),
            ),
            models.CheckConstraint(
                name="qualification_period_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("有效期的结束不能早于开始。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.certificate_number}".strip()


class Practitioner(models.Model):
    """A professional; one person works for one agency only."""

    agency = models.ForeignKey(
        Agency, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="practitioners"
    )
    name = models.CharField(_("姓名"), max_length=32)
    certificate_name = models.CharField(_("执业资格"), max_length=80)
    certificate_number = models.CharField(
        _("执业证书编号"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("这个执业证书已由一家机构登记，一人只能在一家机构执业。")},
    )

    class Meta:
        verbose_name = verbose_name_plural = _("执业人员")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
