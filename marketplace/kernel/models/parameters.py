"""Rule values with their legal basis and dates, and the fixed versions that orders are bound to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.append_only import AppendOnlyModel


class ParameterQuerySet(models.QuerySet["Parameter"]):
    """Parameters by place and day."""

    def in_force(self, on: date) -> ParameterQuerySet:
        """Parameters whose half-open period [in_force_from, in_force_until) contains `on`."""
        return self.filter(in_force_from__lte=on).exclude(in_force_until__lte=on)

    def planned(self, on: date) -> ParameterQuerySet:
        """Parameters that will be in force after `on`."""
        return self.filter(in_force_from__gt=on)


class Parameter(models.Model):
    """One value set by regulation or by the platform, for one area, from one day on."""

    key = models.CharField(_("键"), max_length=64)
    division = models.ForeignKey(
        "marketplace.Division",
        verbose_name=_("适用地区"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    value: models.JSONField[Any, Any] = models.JSONField(_("值"))
    unit = models.CharField(_("单位"), max_length=16, blank=True)
    legal_basis = models.CharField(_("依据"), max_length=200)
    source_note = models.CharField(_("来源说明"), max_length=300, blank=True)
    in_force_from = models.DateField(_("生效日期"))
    in_force_until = models.DateField(_("失效日期"), null=True, blank=True)

    objects = ParameterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("规则参数")
        ordering = ["key", "division", "in_force_from"]
        constraints = [
            models.UniqueConstraint(
                name="parameter_once_per_day", fields=["key", "division", "in_force_from"]
            ),
            models.CheckConstraint(
                name="parameter_has_basis", condition=models.Q(legal_basis__regex=r"\S")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class RulebookVersion(AppendOnlyModel):
    """
    All values in force together, as canonical JSON, named by its SHA-256.

    `content` is what code executes, and nothing else: the same values are one version wherever they
    are in force. `words` is what was said about each value when the version was fixed, and
    `division` the widest area in which the values were in force then.
    """

    sha256 = models.CharField(_("校验值"), max_length=64, unique=True)
    number = models.CharField(_("版本"), max_length=16, unique=True)
    division = models.ForeignKey(
        "marketplace.Division",
        verbose_name=_("适用地区"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    content = models.TextField(_("内容"))
    words: models.JSONField[Any, Any] = models.JSONField(_("说明"), default=dict)
    created_at = models.DateTimeField(_("形成时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("规则手册版本")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number
