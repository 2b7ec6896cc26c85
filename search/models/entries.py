"""The index in our own database; what it is found under is kept beside it, per database."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class HitOrder(models.TextChoices):
    """How what was found can be sorted; the first is the one that nobody asks for."""

    BEST = "best", _("最相关的在前")
    NEWEST = "newest", _("最新的在前")
    OLDEST = "oldest", _("最早的在前")


class SearchEntry(models.Model):
    """
    One public thing as search shows it.

    Its grams are in the table `search_grams` on SQLite and in the column `grams` on PostgreSQL
    (see the migrations). A removed entry stays until the next rebuild, so that an older write
    cannot bring it back. `aliases`, `facts` and `codes` hold one value per line, `facets` pairs.
    `place` is where it stands among all.
    """

    class Kind(models.TextChoices):
        TENDER = "tender", _("公告")
        AWARD = "award", _("结果")
        CONTRACT = "contract", _("合同")
        AGENCY = "agency", _("机构")
        OWNER = "owner", _("业主")
        ITEM = "item", _("事项")
        CLASS = "class", _("类别")
        APPROVAL = "approval", _("审批")
        SANCTION = "sanction", _("信用限制")
        RULE = "rule", _("规则")
        LAW = "law", _("法规")
        NOTICE = "notice", _("通知")
        PAGE = "page", _("页面")

    kind = models.CharField(_("类别"), max_length=8, choices=Kind)
    key = models.CharField(_("编码"), max_length=120)
    title = models.CharField(_("标题"), max_length=300)
    aliases = models.TextField(_("别名"), blank=True)
    facts = models.TextField(_("要点"))
    body = models.TextField(_("正文"))
    codes = models.CharField(_("编号"), max_length=300)
    facets = models.TextField(_("分面"))
    url = models.TextField(_("链接"))  # a percent-encoded Chinese slug has thousands of characters
    place = models.BigIntegerField(_("位次"))
    sort_at = models.DateTimeField(_("时间"))
    version = models.BigIntegerField(_("版本"))
    is_removed = models.BooleanField(_("已移除"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("检索条目")
        constraints = [
            models.UniqueConstraint(name="entry_once", fields=["kind", "key"]),
            models.UniqueConstraint(name="entry_has_its_place", fields=["place"]),
        ]
        indexes = [
            models.Index(name="entry_newest", fields=["-sort_at"]),
            # answers how many of the hits have which facets without looking at the entries
            models.Index(name="entry_facets", fields=["place", "facets"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class FinishedRebuild(models.Model):
    """
    The rebuild of the index in our own database that finished last; before the first there is none.

    It has read everything that a smaller version can tell.
    """

    version = models.BigIntegerField(_("版本"))
    finished_at = models.DateTimeField(_("完成时间"), db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = _("检索重建")

    def __str__(self) -> str:
        return str(self.version)
