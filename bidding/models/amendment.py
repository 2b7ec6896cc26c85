"""What a buyer changed of an open order: old and new side by side, for all to read, for good."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.models.tender import Tender
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.models import User


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    """Amendments by order."""

    def of(self, tender: Tender) -> AmendmentQuerySet:
        """Return the amendments of `tender`, the first first."""
        return self.filter(tender=tender).order_by("number")


class Amendment(AppendOnlyModel):
    """
    One amendment; a material one began the round of the selection that it names.

    `changes` are the fields in the order of the form: name, old text, new text.
    """

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="amendments"
    )
    number = models.PositiveSmallIntegerField(_("序号"))
    is_material = models.BooleanField(_("实质性变更"))
    round = models.PositiveSmallIntegerField(_("选取轮次"))
    changes = models.JSONField(_("变更内容"))
    reasons = models.CharField(_("变更理由"), max_length=500)
    made_at = models.DateTimeField(_("变更时间"))
    made_by = models.ForeignKey(
        User, verbose_name=_("变更人"), on_delete=models.PROTECT, related_name="+"
    )

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("公告变更")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="amendment_number_once", fields=["tender", "number"]),
            models.CheckConstraint(name="amendment_has_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return f"{self.tender} {self.number}"
