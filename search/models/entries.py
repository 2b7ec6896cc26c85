"""The index in our own database; what it is found under is kept beside it, per database."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class HitOrder(models.TextChoices):
    """How what was found can be sorted; the first is the one that nobody asks for."""

    NEWEST = "newest", _("最新的在前")
    OLDEST = "oldest", _("最早的在前")


class SearchEntry(models.Model):
    """
    One public thing as search shows it.

    Its grams are in the table `search_grams` on SQLite and in the column `grams` on PostgreSQL
    (see the migrations). A removed entry stays until the next rebuild, so that an older write
    cannot bring it back. `facts` and `codes` hold one value per line.
    """

    class Kind(models.TextChoices):
        TENDER = "tender", _("公告")
        AGENCY = "agency", _("机构")
        ITEM = "item", _("事项")
        NOTICE = "notice", _("通知")

    kind = models.CharField(_("类别"), max_length=8, choices=Kind)
    key = models.CharField(_("编码"), max_length=64)
    title = models.CharField(_("标题"), max_length=300)
    facts = models.CharField(_("要点"), max_length=500)
    body = models.TextField(_("正文"))
    codes = models.CharField(_("编号"), max_length=300)
    url = models.TextField(_("链接"))  # a percent-encoded Chinese slug has thousands of characters
    sort_at = models.DateTimeField(_("时间"))
    version = models.BigIntegerField(_("版本"))
    is_removed = models.BooleanField(_("已移除"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("检索条目")
        constraints = [models.UniqueConstraint(name="entry_once", fields=["kind", "key"])]
        indexes = [models.Index(name="entry_newest", fields=["-sort_at"])]

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
