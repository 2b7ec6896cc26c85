"""Where a filled-in value of a party came from, when nobody typed it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.models.organizations import Organization


class FieldSource(models.Model):
    """One field of one party that a port has filled; typing another value ends it."""

    class Port(models.TextChoices):
        REGISTRY = "registry", _("市场监管登记信息")
        CERTIFICATES = "certificates", _("电子证照")
        SOCIAL_SECURITY = "social_security", _("社会保险信息")

    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="sources"
    )
    field = models.CharField(_("字段"), max_length=40)
    port = models.CharField(_("来源"), max_length=16, choices=Port)
    reference = models.CharField(_("来源编号"), max_length=120, blank=True)
    fetched_at = models.DateTimeField(_("取得时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("字段来源")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="field_source_once", fields=["organization", "field"]),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.field}"
