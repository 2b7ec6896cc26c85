"""Notices: by column, the pinned first, and no longer than they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageQuerySet
from wagtail.search import index

from bidding.models import Tender
from cms.blocks import FILES
from cms.models.base import PublicPage, WrittenPage
from marketplace.models import ServiceItem
from marketplace.web.components import Order, Tab, Tabs, order_of, sorting_of

NOTICES_PER_PAGE = 20


class NoticeIndexPage(PublicPage):
    """The list of notices, the pinned first, then the latest unless asked otherwise."""

    template = "cms/notice_index_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NoticePage"]
    max_count = 1

    class Meta:
        verbose_name = verbose_name_plural = _("通知公告栏目")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        orders = notice_orders()
        asked = request.GET.get("column", "")
        column = asked if asked in NoticePage.Column.values else ""
        notices = latest_notices().order_by("-is_pinned", *order_of(orders, request.GET).by)
        if column:
            notices = notices.filter(column=column)
        paginator = Paginator(notices, NOTICES_PER_PAGE)
        context["page_obj"] = paginator.get_page(request.GET.get("page"))
        context["sorting"] = sorting_of(orders, request.GET, is_in_form=False)
        context["columns"] = _columns(column)
        return context


def _columns(chosen: str) -> Tabs:
    every = Tab(_("全部"), "?", not chosen)
    kinds = NoticePage.Column
    tabs = [Tab(kind.label, f"?column={kind.value}", kind == chosen) for kind in kinds]
    return Tabs(_("栏目"), [every, *tabs])


class NoticePage(WrittenPage):
    """One notice; `code` and `order` name what it is about."""

    class Column(models.TextChoices):
        NOTICE = "notice", _("通知公告")
        POLICY = "policy", _("政策动态")
        SYSTEM = "system", _("系统公告")
        ADVICE = "advice", _("风险提示")

    column = models.CharField(_("栏目"), max_length=8, choices=Column, default=Column.NOTICE)
    published_on = models.DateField(_("发布日期"))
    valid_until = models.DateField(
        _("有效期至"), null=True, blank=True, help_text=_("过后仍可查阅，注明已经失效")
    )
    is_pinned = models.BooleanField(_("置顶"), default=False)
    source = models.CharField(_("发布单位"), max_length=60, blank=True)
    summary = models.CharField(_("摘要"), max_length=200, blank=True)
    files = StreamField(FILES, blank=True, verbose_name=_("附件"))
    about_items = models.CharField(
        _("相关事项"), max_length=120, blank=True, help_text=_("事项编码，用空格隔开")
    )
    about_orders = models.CharField(
        _("相关采购"), max_length=200, blank=True, help_text=_("采购项目编号，用空格隔开")
    )

    template = "cms/notice_page.html"
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("column"), FieldPanel("is_pinned")]),
        FieldRowPanel([FieldPanel("published_on"), FieldPanel("valid_until")]),
        FieldPanel("source"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("files"),
        MultiFieldPanel(
            [FieldPanel("about_items"), FieldPanel("about_orders")], heading=_("与什么有关")
        ),
    ]
    search_fields = [*WrittenPage.search_fields, index.SearchField("summary")]
    parent_page_types = ["cms.NoticeIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = verbose_name_plural = _("通知公告")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["items"] = self.items()
        context["orders"] = self.orders()
        return context

    def has_lapsed(self, on: date) -> bool:
        """Tell whether the notice holds no more on `on`; its last day is included."""
        return self.valid_until is not None and self.valid_until < on

    def items(self) -> list[ServiceItem]:
        """Return the items in the catalogue that the notice is about; a query if there are any."""
        codes = self.about_items.split()
        if not codes:
            return []
        return list(ServiceItem.objects.published().filter(code__in=codes).order_by("code"))

    def orders(self) -> list[Tender]:
        """Return the public orders that the notice is about; a query if there are any."""
        codes = self.about_orders.split()
        return list(Tender.objects.public().filter(code__in=codes)) if codes else []


def notice_orders() -> list[Order]:
    """Return how the list of notices can be sorted, the first as `latest_notices` does."""
    return [
        Order("newest", _("最新发布的在前"), ("-published_on", "-pk")),
        Order("oldest", _("最早发布的在前"), ("published_on", "pk")),
    ]


def latest_notices() -> PageQuerySet[NoticePage]:
    """Return the live notices, the latest first."""
    return NoticePage.objects.live().order_by("-published_on", "-pk")


def notices_in_force(on: date) -> PageQuerySet[NoticePage]:
    """Return the live notices that hold on `on`, the pinned first, then the latest."""
    holding = Q(valid_until=None) | Q(valid_until__gte=on)
    return latest_notices().filter(holding).order_by("-is_pinned", "-published_on", "-pk")
