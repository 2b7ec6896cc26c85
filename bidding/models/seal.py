"""The secret of a possible draw: committed to before anybody bids, made public at the opening."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from bidding.models.tender import Tender
from marketplace.kernel.models.append_only import AppendOnlyModel


class Seal(AppendOnlyModel):
    """The secret seed of a possible draw of one round; its commitment is public from then on."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="seals"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    seed = models.CharField(_("种子"), max_length=64)
    commitment = models.CharField(_("承诺值"), max_length=64)
    terms_version = models.CharField(_("条款版本"), max_length=32)
    """The version in which the terms were hashed; the evidence states them in the same one."""
    committed_at = models.DateTimeField(_("承诺公布时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("抽取承诺")
        constraints = [
            models.UniqueConstraint(name="seal_once_per_round", fields=["tender", "round"]),
        ]

    def __str__(self) -> str:
        return self.commitment

    @property
    def revealed_at(self) -> datetime | None:
        """When the seed was made public; None while it is secret."""
        reveal = SealReveal.objects.filter(seal=self).first()
        return None if reveal is None else reveal.revealed_at


class SealReveal(AppendOnlyModel):
    """That a seed was made public; a seal itself is never written again."""

    seal = models.OneToOneField(
        Seal, verbose_name=_("抽取承诺"), on_delete=models.PROTECT, related_name="reveal"
    )
    revealed_at = models.DateTimeField(_("种子公开时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("种子公开")

    def __str__(self) -> str:
        return str(self.seal)
