"""Pages that editors write: the home page and notices."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

RICH_TEXT = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]


class HomePage(Page):
    """The front page: one sentence by the editors, everything else from the running business."""

    introduction = models.CharField(_("首页说明"), max_length=120, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.NoticeIndexPage"]
    max_count = 1

    class Meta:
        verbose_name = verbose_name_plural = _("首页")


class NoticeIndexPage(Page):
    """The list of notices."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NoticePage"]
    max_count = 1

    class Meta:
        verbose_name = verbose_name_plural = _("通知公告栏目")


class NoticePage(Page):
    """One notice."""

    published_on = models.DateField(_("发布日期"))
    source = models.CharField(_("发布单位"), max_length=60, blank=True)
    summary = models.CharField(_("摘要"), max_length=200, blank=True)
    body = RichTextField(_("正文"), features=RICH_TEXT)

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
