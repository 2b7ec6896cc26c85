"""Whether an agency had what an item requires, as it was asked and answered."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from credit.models import StandingCheck
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.models import Organization, ServiceItem


class RequirementCheck(AppendOnlyModel):
    """
    What the item required at one of the three moments, and what the agency lacked.

    `lacking` holds the leaves that stood in the way, as they are kept with the item. A check at
    sign-up tells that the agency signed up: before the opening nobody but the agency may be shown
    it.
    """

    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    moment = models.CharField(_("环节"), max_length=12, choices=StandingCheck.Moment)
    reference = models.CharField(_("关联业务"), max_length=64)
    item = models.ForeignKey(
        ServiceItem, verbose_name=_("服务事项"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("核查时间"))
    recorded_at = models.DateTimeField(_("记录时间"), db_default=Now())
    requirement = models.JSONField(_("承接条件"))
    lacking = models.JSONField(_("不具备的条件"), default=list)
    is_met = models.BooleanField(_("具备条件"))

    class Meta:
        verbose_name = verbose_name_plural = _("承接条件核查")
        ordering = ["-pk"]
        indexes = [models.Index(name="requirement_by_reference", fields=["reference", "moment"])]

    def __str__(self) -> str:
        """Name neither agency nor order: who signs up for what is secret until the opening."""
        return f"{self.get_moment_display()} {self.asked_at:%Y-%m-%d %H:%M}"
