"""What is counted once an hour: rows that the pages of figures add up."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.models import Division, Organization, ServiceClass


class Figure(models.TextChoices):
    """What a row counts; of an order by the month of its notice, of an award by its own."""

    PUBLISHED = "published", _("采购公告")
    ENDED = "ended", _("没有选出机构")
    OFFERS = "offers", _("报名家数")
    AWARDED = "awarded", _("中选")
    TO_AWARD = "to_award", _("从公告到中选")
    TO_CONTRACT = "to_contract", _("从中选到签约")
    DELIVERED = "delivered", _("交付")


class Ending(models.TextChoices):
    """Why an order came to nothing."""

    TOO_FEW = "too_few", _("有效报名不足")
    FELL_AWAY = "fell_away", _("中选后取消")
    CANCELLED = "cancelled", _("业主取消采购")


class Tally(models.Model):
    """
    How many there are of one kind, and for how much.

    `value` is what they have in common besides: an amount, working days, how many signed up; `word`
    why, or whether in time. `compared` is the sum of those amounts that have a ceiling.
    """

    Figure = Figure
    Ending = Ending
    IN_TIME, LATE = "in_time", "late"

    figure = models.CharField(_("统计项"), max_length=12, choices=Figure)
    month = models.DateField(_("月份"))
    division = models.ForeignKey(
        Division, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+"
    )
    service_class = models.ForeignKey(
        ServiceClass,
        verbose_name=_("服务类别"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    item = models.CharField(_("事项编码"), max_length=32)
    method = models.CharField(_("选取方式"), max_length=16)
    fund = models.CharField(_("资金来源"), max_length=12)
    value = models.DecimalField(_("数值"), max_digits=14, decimal_places=2, null=True, blank=True)
    word = models.CharField(_("类别"), max_length=12, blank=True)
    count = models.PositiveIntegerField(_("项数"))
    amount = models.DecimalField(_("金额"), max_digits=16, decimal_places=2, default=0)
    compared = models.DecimalField(_("有限价的金额"), max_digits=16, decimal_places=2, default=0)
    ceiling = models.DecimalField(_("限价"), max_digits=16, decimal_places=2, default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("统计行")
        indexes = [models.Index(name="tally_by_figure", fields=["figure", "month"])]
        constraints = [
            models.CheckConstraint(name="tally_counts_something", condition=Q(count__gte=1))
        ]

    def __str__(self) -> str:
        return f"{self.get_figure_display()} {self.month:%Y-%m} {self.count}"


class RankList(models.TextChoices):
    """The rankings."""

    CREDIT = "credit", _("机构信用")
    IN_TIME = "in_time", _("机构按时交付")
    OWNERS = "owners", _("业主按期评价")


class Rank(models.Model):
    """
    The place of an organisation in one ranking.

    `basis` is what it is ranked by: the score, or the lower bound of the share of `good` in `cases`
    in percent. `word` is the grade.
    """

    List = RankList

    list = models.CharField(_("排名"), max_length=8, choices=RankList)
    place = models.PositiveIntegerField(_("名次"))
    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="+"
    )
    cases = models.PositiveIntegerField(_("次数"), default=0)
    good = models.PositiveIntegerField(_("按时"), default=0)
    basis = models.DecimalField(_("排名依据"), max_digits=6, decimal_places=2)
    word = models.CharField(_("等级"), max_length=8, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("排名行")
        ordering = ["list", "place", "organization"]
        constraints = [
            models.UniqueConstraint(name="rank_once", fields=["list", "organization"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_list_display()} {self.place}"


class Reckoning(models.Model):
    """When the figures were counted: the one row there is names the moment that they are of."""

    at = models.DateTimeField(_("截至"))

    class Meta:
        verbose_name = verbose_name_plural = _("统计时间")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
