"""Ratings: the buyer rates the service, the agency rates the buyer."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bidding.models.contract import Contract
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.models import User


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Ratings by version."""

    def current(self) -> EvaluationQuerySet:
        """Ratings in the version that counts: no later one of the same side exists."""
        later = Evaluation.objects.filter(
            contract=models.OuterRef("contract"),
            side=models.OuterRef("side"),
            version__gt=models.OuterRef("version"),
        )
        return self.exclude(models.Exists(later))


STARS = [MinValueValidator(1), MaxValueValidator(5)]


class Evaluation(AppendOnlyModel):
    """One version of one side's rating; the highest version counts."""

    class Side(models.TextChoices):
        BUYER = "buyer", _("业主评价机构")
        AGENCY = "agency", _("机构评价业主")

    contract = models.ForeignKey(
        Contract, verbose_name=_("合同"), on_delete=models.PROTECT, related_name="evaluations"
    )
    side = models.CharField(_("评价方"), max_length=8, choices=Side)
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    quality = models.PositiveSmallIntegerField(_("服务质量"), validators=STARS)
    attitude = models.PositiveSmallIntegerField(_("服务态度"), validators=STARS)
    timeliness = models.PositiveSmallIntegerField(_("服务时效"), validators=STARS)
    charges = models.PositiveSmallIntegerField(_("收费规范"), validators=STARS)
    conduct = models.PositiveSmallIntegerField(_("诚信守约"), validators=STARS)
    comment = models.CharField(_("评语"), max_length=500, blank=True)
    rated_by = models.ForeignKey(
        User, verbose_name=_("评价人"), on_delete=models.PROTECT, related_name="+"
    )
    rated_at = models.DateTimeField(_("评价时间"))

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("评价")
        ordering = ["contract", "side", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="evaluation_version_once", fields=["contract", "side", "version"]
            ),
            *[
                models.CheckConstraint(
                    name=f"evaluation_{criterion}_has_1_to_5_stars",
                    condition=models.Q(**{f"{criterion}__range": (1, 5)}),
                )
                for criterion in ("quality", "attitude", "timeliness", "charges", "conduct")
            ],
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.side} {self.version}"
