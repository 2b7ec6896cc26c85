"""What the public source of a draw said, as officers enter it one by one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bidding.models.tender import Tender
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.models import Organization, User

ENOUGH = 2
"""How many officers must have entered the same, none having seen what another entered."""


class PublicValue(AppendOnlyModel):
    """One officer's entry; the value that two have entered alike counts."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="public_values"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"))
    value = models.CharField(_("公共随机数"), max_length=200)
    entered_by = models.ForeignKey(
        User, verbose_name=_("录入人"), on_delete=models.PROTECT, related_name="+"
    )
    office = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("公共随机数")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="public_value_once_a_person", fields=["tender", "round", "entered_by"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tender_id}/{self.round}"
