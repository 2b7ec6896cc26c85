"""Searches that somebody wants to hear of, and what they were told of each, never twice."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models import Message, Organization, User
from marketplace.web.asked import LONGEST


class SavedSearchQuerySet(LockingQuerySet["SavedSearch"]):
    """Saved searches by owner and by whether something is to be looked up for them."""

    def of(self, user: User) -> SavedSearchQuerySet:
        """Those of one person, the newest first."""
        return self.filter(user=user).order_by("-created_at", "-pk")

    def to_look_up(self, version: str, morning: datetime) -> SavedSearchQuerySet:
        """
        Those for which something may have come: what is public has another version.

        Of the daily ones those that were not told since `morning`.
        """
        at_once = models.Q(pace=SavedSearch.Pace.AT_ONCE)
        daily = models.Q(pace=SavedSearch.Pace.DAILY, looked_at__lt=morning)
        changed = self.filter(at_once | daily).exclude(looked_version=version)
        return changed.filter(user__is_active=True).order_by("looked_at", "pk")


class SavedSearch(SlugModel):
    """
    One question to a public list or to the whole search, asked again whenever something changes.

    `asked` is the question as `marketplace.web.asked` writes it. `organization` is whom the person
    acted for: messages come to its inbox, and what an agency may sign up for is asked for it.
    """

    class Scope(models.TextChoices):
        SEARCH = "search", _("全站查找")
        TENDERS = "tenders", _("采购公告")
        AWARDS = "awards", _("中选与合同")
        AGENCIES = "agencies", _("中介机构")
        ITEMS = "items", _("服务事项")
        DISPUTES = "disputes", _("异议和投诉")

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("有新内容或变化立即通知")
        DAILY = "daily", _("每天早上汇总一次")

    user = models.ForeignKey(
        User, verbose_name=_("订阅人"), on_delete=models.CASCADE, related_name="saved_searches"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("单位"),
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
    )
    scope = models.CharField(_("范围"), max_length=8, choices=Scope)
    asked = models.CharField(_("条件"), max_length=LONGEST, blank=True)
    title = models.CharField(_("名称"), max_length=80)
    pace = models.CharField(_("通知"), max_length=8, choices=Pace, default=Pace.AT_ONCE)
    is_mailed = models.BooleanField(_("同时发邮件"), default=True)
    created_at = models.DateTimeField(_("订阅时间"))
    looked_at = models.DateTimeField(_("上次查找"))
    looked_version = models.CharField(_("上次查找时的版本"), max_length=64, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("订阅")
        constraints = [
            models.UniqueConstraint(name="search_saved_once", fields=["user", "scope", "asked"])
        ]
        indexes = [models.Index(name="saved_to_look_up", fields=["looked_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def parameters(self) -> QueryDict:
        """The question as the page of its list takes it."""
        return QueryDict(self.asked)


class Alert(SlugModel):
    """What somebody was told of at one time; its mail is sent once."""

    saved = models.ForeignKey(
        SavedSearch, verbose_name=_("订阅"), on_delete=models.CASCADE, related_name="alerts"
    )
    message = models.OneToOneField(
        Message, verbose_name=_("站内消息"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    told_at = models.DateTimeField(_("通知时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("订阅通知")

    def __str__(self) -> str:
        return self.slug


class AlertHit(models.Model):
    """
    One thing that was told of for one saved search: once, whoever looks and how often.

    `change` is empty where the thing was new, else it names what the thing had come to, and `word`
    says so.
    """

    saved = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="told")
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="hits")
    kind = models.CharField(_("类别"), max_length=8)
    key = models.CharField(_("编码"), max_length=120)
    title = models.CharField(_("标题"), max_length=300)
    change = models.CharField(_("变化"), max_length=40, blank=True)
    word = models.CharField(_("变化说明"), max_length=40, blank=True)
    text = models.CharField(_("要点"), max_length=300, blank=True)
    url = models.TextField(_("链接"))

    class Meta:
        verbose_name = verbose_name_plural = _("订阅所通知的内容")
        constraints = [
            models.UniqueConstraint(name="told_once", fields=["saved", "kind", "key", "change"]),
        ]

    def __str__(self) -> str:
        return self.title
