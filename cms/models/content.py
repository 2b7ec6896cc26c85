"""The home page, and the pages that explain: guides, answers, policies, files, topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import DOWNLOADS, QUESTIONS
from cms.models.base import PublicPage, WrittenPage
from cms.spoken import Spoken, spoken
from marketplace.kernel.models import Law
from marketplace.web.components import Fact, Facts
from marketplace.web.moments import cn_date

Text = str | Promise
SECTIONS = ["cms.HomePage", "cms.SectionPage"]
EXPLAINING = [
    "cms.GuidePage",
    "cms.FAQPage",
    "cms.DownloadPage",
    "cms.TopicPage",
    "cms.ContentPage",
]


@dataclass(frozen=True)
class Listed:
    """
    A page as its section lists it; `group` is the head under which it stands.

    `is_chinese` of one that stays Chinese for who reads English.
    """

    title: str
    url: str
    summary: str
    about: Text = ""
    on: date | None = None
    group: Text = ""
    is_chinese: bool = False


class HomePage(PublicPage):
    """The front page: one sentence by the editors, everything else from the running business."""

    introduction = models.CharField(_("首页说明"), max_length=120, blank=True)
    announcement = models.CharField(
        _("重要提示"),
        max_length=120,
        blank=True,
        help_text=_("停机维护等必须让每个人看到的事，显示在首页最上方；过后请清空"),
    )
    announced = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("重要提示的详细页面"),
    )

    template = "cms/home_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("announcement"), FieldPanel("announced")], heading=_("重要提示")
        ),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.NoticeIndexPage", "cms.ItemIndexPage", "cms.SectionPage", *EXPLAINING]
    max_count = 1

    class Meta:
        verbose_name = verbose_name_plural = _("首页")


class SectionPage(PublicPage):
    """A list of pages that belong together: guides, policies, files."""

    introduction = models.CharField(_("说明"), max_length=200, blank=True)

    template = "cms/section_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PolicyPage", "cms.FormHelpPage", *EXPLAINING]

    class Meta:
        verbose_name = verbose_name_plural = _("栏目")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["groups"] = grouped(
            [_listed(page.spoken()) for page in self.get_children().live().specific()]
        )
        return context


def _listed(read: Spoken) -> Listed:
    listed: Listed = read.page.listed()
    return replace(listed, is_chinese=read.is_chinese)


def grouped(rows: Sequence[Listed]) -> list[tuple[Text, list[Listed]]]:
    """Return the rows under their heads, heads and rows as they come; the newest first by day."""
    dated = sorted(rows, key=lambda row: row.on or date.min, reverse=True)
    found: dict[str, list[Listed]] = {}
    for row in dated:
        found.setdefault(str(row.group), []).append(row)
    return list(found.items())


class SummedUpPage(WrittenPage):
    """A page with a summary, which lists and search engines show."""

    summary = models.CharField(_("摘要"), max_length=200, blank=True)

    template = "cms/content_page.html"
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*WrittenPage.search_fields, index.SearchField("summary")]
    parent_page_types = SECTIONS
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def listed(self) -> Listed:
        """Return the page as its section lists it."""
        return Listed(self.title, self.url or "", self.summary)

    @property
    def facts(self) -> Facts | None:
        """What stands above the text."""
        return None


class ContentPage(SummedUpPage):
    """A page of text: about, contact, a statement."""

    template = SummedUpPage.template  # which Wagtail gives each class anew

    class Meta:
        verbose_name = verbose_name_plural = _("内容页")


class GuidePage(SummedUpPage):
    """How something is done, step by step, for one kind of reader."""

    class Reader(models.TextChoices):
        AGENCY = "agency", _("中介服务机构")
        OWNER = "owner", _("项目业主")
        PUBLIC = "public", _("社会公众")

    reader = models.CharField(_("读者"), max_length=8, choices=Reader)

    template = SummedUpPage.template
    content_panels = [
        *Page.content_panels,
        FieldPanel("reader"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = verbose_name_plural = _("办事指南")

    def listed(self) -> Listed:
        return Listed(self.title, self.url or "", self.summary, group=self.get_reader_display())


class FAQPage(SummedUpPage):
    """Questions that are often asked."""

    questions = StreamField(QUESTIONS, blank=True, verbose_name=_("问答"))

    template = "cms/faq_page.html"
    content_panels = [*SummedUpPage.content_panels, FieldPanel("questions")]
    search_fields = [*SummedUpPage.search_fields, index.SearchField("questions")]

    class Meta:
        verbose_name = verbose_name_plural = _("常见问题")


class DownloadPage(SummedUpPage):
    """Files to take away: contract templates and forms."""

    files = StreamField(DOWNLOADS, blank=True, verbose_name=_("文件"))

    template = "cms/download_page.html"
    content_panels = [*SummedUpPage.content_panels, FieldPanel("files")]

    class Meta:
        verbose_name = verbose_name_plural = _("下载")


class TopicPage(SummedUpPage):
    """What belongs to one topic, wherever it stands."""

    pages = StreamField(
        [("page", PageChooserBlock(label=_("页面")))], blank=True, verbose_name=_("相关页面")
    )

    template = "cms/topic_page.html"
    content_panels = [*SummedUpPage.content_panels, FieldPanel("pages")]

    class Meta:
        verbose_name = verbose_name_plural = _("专题")

    def listed(self) -> Listed:
        return Listed(self.title, self.url or "", self.summary, group=_("专题"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        chosen = [block.value for block in self.pages if block.value]
        context["related"] = [spoken(page).page for page in chosen if page.live]
        return context


class PolicyPage(SummedUpPage):
    """A document of the authorities with our own summary of it; the text itself is elsewhere."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", _("现行有效")
        AMENDED = "amended", _("已被修改")
        REPEALED = "repealed", _("已废止")

    document_number = models.CharField(_("文号"), max_length=60)
    issuer = models.CharField(_("发布机关"), max_length=60)
    dated_on = models.DateField(_("成文日期"), null=True, blank=True)
    state = models.CharField(_("效力"), max_length=8, choices=State, default=State.IN_FORCE)
    law = models.ForeignKey(
        Law,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("法规库里的文件"),
    )

    template = SummedUpPage.template
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("document_number"),
                FieldPanel("issuer"),
                FieldPanel("dated_on"),
                FieldPanel("state"),
                FieldPanel("law"),
            ],
            heading=_("文件"),
        ),
        FieldPanel("summary"),
        FieldPanel("body", heading=_("解读")),
    ]
    parent_page_types = ["cms.SectionPage"]

    class Meta:
        verbose_name = verbose_name_plural = _("政策文件")

    def listed(self) -> Listed:
        about = f"{self.document_number} {self.get_state_display()}"
        return Listed(self.title, self.url or "", self.summary, about, self.dated_on)

    @property
    def facts(self) -> Facts:
        law = reverse("marketplace:law", args=[self.law.slug]) if self.law else ""
        dated = cn_date(self.dated_on) if self.dated_on else _("待核对")
        return Facts(
            [
                Fact(_("文号"), self.document_number, url=law, is_wide=True),
                Fact(_("发布机关"), self.issuer),
                Fact(_("成文日期"), dated),
                Fact(_("效力"), self.get_state_display()),
            ]
        )
