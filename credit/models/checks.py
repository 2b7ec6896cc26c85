"""What was asked about standing, and answered."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.models import Organization


class StandingCheck(AppendOnlyModel):
    """
    What was asked about an agency's standing at one of the three moments, and the answer.

    `restriction_ids` are the slugs of the restrictions that stood in the way. A check at sign-up
    tells that the agency signed up: before the opening nobody but the agency may be shown it.
    """

    class Moment(models.TextChoices):
        SIGN_UP = "sign_up", _("报名")
        SELECTION = "selection", _("选取")
        CONTRACT = "contract", _("签约")

    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    moment = models.CharField(_("环节"), max_length=12, choices=Moment)
    reference = models.CharField(_("关联业务"), max_length=64)
    asked_at = models.DateTimeField(_("核查时间"))
    recorded_at = models.DateTimeField(_("记录时间"), db_default=Now())
    restriction_ids = models.JSONField(_("查到的限制"), default=list)
    rulebook_sha256 = models.CharField(_("规则版本"), max_length=64)
    is_clear = models.BooleanField(_("没有限制"))

    class Meta:
        verbose_name = verbose_name_plural = _("信用核查")
        ordering = ["-pk"]
        indexes = [models.Index(name="check_by_reference", fields=["reference", "moment"])]

    def __str__(self) -> str:
        """Name neither agency nor order: who signs up for what is secret until the opening."""
        return f"{self.get_moment_display()} {self.asked_at:%Y-%m-%d %H:%M}"
