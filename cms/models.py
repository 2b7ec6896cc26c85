"""Pages that editors write: the home page and notices."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageQuerySet
from wagtail.search import index

from marketplace.web.components import Order, order_of, sorting_of

RICH_TEXT = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]
EDITORS = _("编辑")
NOTICES_PER_PAGE = 20


class PublicPage(Page):
    """What our pages share: everybody may read them, so they cannot be hidden from some."""

    private_page_options: list[str] = []
    show_in_menus_default = False

    class Meta:
        abstract = True


class HomePage(PublicPage):
    """The front page: one sentence by the editors, everything else from the running business."""

    introduction = models.CharField(_("首页说明"), max_length=120, blank=True)

    template = "cms/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.NoticeIndexPage"]
    max_count = 1

    class Meta:
        verbose_name = verbose_name_plural = _("首页")


class NoticeIndexPage(PublicPage):
    """The list of notices, the latest first unless asked otherwise."""

    template = "cms/notice_index_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NoticePage"]
    max_count = 1

    class Meta:
        verbose_name = verbose_name_plural = _("通知公告栏目")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        orders = notice_orders()
        notices = latest_notices().order_by(*order_of(orders, request.GET).by)
        paginator = Paginator(notices, NOTICES_PER_PAGE)
        context["page_obj"] = paginator.get_page(request.GET.get("page"))
        context["sorting"] = sorting_of(orders, request.GET, is_in_form=False)
        return context


class NoticePage(PublicPage):
    """One notice."""

    published_on = models.DateField(_("发布日期"))
    source = models.CharField(_("发布单位"), max_length=60, blank=True)
    summary = models.CharField(_("摘要"), max_length=200, blank=True)
    body = RichTextField(_("正文"), features=RICH_TEXT)

    template = "cms/notice_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("published_on"),
        FieldPanel("source"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    parent_page_types = ["cms.NoticeIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = verbose_name_plural = _("通知公告")


def notice_orders() -> list[Order]:
    """Return how the list of notices can be sorted, the first as `latest_notices` does."""
    return [
        Order("newest", _("最新发布的在前"), ("-published_on", "-pk")),
        Order("oldest", _("最早发布的在前"), ("published_on", "pk")),
    ]


def latest_notices() -> PageQuerySet[NoticePage]:
    """Return the live notices, the latest first."""
    return NoticePage.objects.live().order_by("-published_on", "-pk")
