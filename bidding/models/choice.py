"""Whom the owner chose, or experts scored best, among those that a selection listed; public."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bidding.models.bid import Bid
from bidding.models.tender import Tender
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.models import User


class Choice(AppendOnlyModel):
    """One choice in a round, for good: the evidence of the round says among whom."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="choices"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    bid = models.ForeignKey(
        Bid, verbose_name=_("选定的报名"), on_delete=models.PROTECT, related_name="choices"
    )
    reasons = models.CharField(_("选定理由"), max_length=500, blank=True)
    chosen_by = models.ForeignKey(
        User,
        verbose_name=_("选定人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """Who chose for the owner; nobody where the sheets of a panel did."""
    chosen_at = models.DateTimeField(_("选定时间"))
    scores = models.TextField(_("评分"), blank=True)
    """Where scores decide: their document in canonical JSON, as `scoring.published` makes it."""

    class Meta:
        verbose_name = verbose_name_plural = _("业主选定")
        constraints = [
            models.UniqueConstraint(name="choice_once_per_round", fields=["tender", "round"]),
            models.CheckConstraint(
                name="choice_has_reasons", condition=Q(chosen_by__isnull=True) | ~Q(reasons="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tender_id}/{self.round}"

    @cached_property
    def document(self) -> dict[str, Any]:
        """The scores as values; empty where none decided."""
        document: dict[str, Any] = json.loads(self.scores) if self.scores else {}
        return document
