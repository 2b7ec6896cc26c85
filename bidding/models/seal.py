"""The secret of a possible draw: committed to before anybody bids, made public at the opening."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from bidding.models.tender import Tender
from marketplace.kernel.models.append_only import AppendOnlyModel


class Seal(AppendOnlyModel):
    """The seed of a possible draw of one round, sealed like a bid; its commitment is public."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="seals"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    sealed_seed = models.BinaryField(_("密封的种子"))
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


class BidList(AppendOnlyModel):
    """
    The hash of the sealed bids that a round chooses from, fixed before anything opens them.

    It stands for who bids and what was sealed, and tells neither, nor how many there are.
    """

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="bid_lists"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    sha256 = models.CharField(_("名单摘要"), max_length=64)
    frozen_at = models.DateTimeField(_("固定时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("密封名单")
        constraints = [
            models.UniqueConstraint(name="bid_list_once_per_round", fields=["tender", "round"]),
        ]

    def __str__(self) -> str:
        return self.sha256


class SealReveal(AppendOnlyModel):
    """That a seed was made public; a seal itself is never written again."""

    seal = models.OneToOneField(
        Seal, verbose_name=_("抽取承诺"), on_delete=models.PROTECT, related_name="reveal"
    )
    seed = models.CharField(_("种子"), max_length=64)
    revealed_at = models.DateTimeField(_("种子公开时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("种子公开")

    def __str__(self) -> str:
        return str(self.seal)
