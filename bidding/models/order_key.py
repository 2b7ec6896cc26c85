"""The key that an order's bids are sealed for: public here, its private half in shares."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bidding.models.tender import Tender
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.models import Organization, User


class OrderKey(AppendOnlyModel):
    """The public key of one order; `threshold` shares give its private one back."""

    tender = models.OneToOneField(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="order_key"
    )
    suite = models.CharField(_("密码套件"), max_length=40)
    public = models.CharField(_("公钥"), max_length=64)
    threshold = models.PositiveSmallIntegerField(_("开启所需份数"))
    is_by_officers = models.BooleanField(_("由工作人员开启"), default=False)
    """Whether officers give their shares; else the schedule gives what it takes by itself."""
    made_at = models.DateTimeField(_("生成时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("密封公钥")

    def __str__(self) -> str:
        return self.public


class KeyShare(models.Model):
    """
    One share of an order's private key, wrapped with a key of its holder outside the database.

    Only the rotation of that key writes it again: `key` names the one that it is wrapped with.
    """

    order_key = models.ForeignKey(
        OrderKey, verbose_name=_("密封公钥"), on_delete=models.PROTECT, related_name="shares"
    )
    number = models.PositiveSmallIntegerField(_("序号"))
    holder = models.CharField(_("保管方"), max_length=16)
    key = models.CharField(_("保管密钥"), max_length=16)
    wrapped = models.BinaryField(_("加密的份额"))

    class Meta:
        verbose_name = verbose_name_plural = _("密钥份额")
        ordering = ["order_key", "number"]
        constraints = [
            models.UniqueConstraint(name="share_number_once", fields=["order_key", "number"]),
            models.UniqueConstraint(name="share_holder_once", fields=["order_key", "holder"]),
        ]

    def __str__(self) -> str:
        return f"{self.order_key_id}/{self.number}"


class ShareGiven(AppendOnlyModel):
    """That somebody gave a share for the opening of one round."""

    share = models.ForeignKey(
        KeyShare, verbose_name=_("密钥份额"), on_delete=models.PROTECT, related_name="given"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"))
    given_by = models.ForeignKey(
        User, verbose_name=_("交出人"), on_delete=models.PROTECT, related_name="+"
    )
    office = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("交出时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("交出的份额")
        constraints = [
            models.UniqueConstraint(name="share_given_once_a_round", fields=["share", "round"]),
        ]

    def __str__(self) -> str:
        return f"{self.share_id}/{self.round}"
