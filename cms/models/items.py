"""One page per retained item: what editors add to what the catalogue says."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import FILES, GUIDANCE, QUESTIONS
from cms.guidance import written_on
from cms.models.base import PublicPage
from marketplace.models import ServiceItem

KEPT = HelpPanel(
    _("名称、依据、条件和期限来自目录清单，在目录里修改；这里写办事指引、流程图、样本和常见问题。")
)


class ItemIndexPage(PublicPage):
    """Where the pages of the items stand; readers see the catalogue itself at its address."""

    introduction = models.CharField(_("说明"), max_length=200, blank=True)

    content_panels = [FieldPanel("introduction")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ServiceItemPage"]
    max_count = 1

    class Meta:
        verbose_name = verbose_name_plural = _("服务事项栏目")


class ServiceItemPage(PublicPage):
    """
    What editors add to one item; the catalogue makes the page and its title, nobody else can.

    `code` names the item, whichever version of it is in force. The page stands in the tree where
    the item's own address is, so the one address shows both (docs/adr/0056).
    """

    code = models.CharField(_("事项编码"), max_length=20, unique=True, editable=False)
    guidance = StreamField(GUIDANCE, blank=True, verbose_name=_("办事指引"))
    questions = StreamField(QUESTIONS, blank=True, verbose_name=_("常见问题"))
    samples = StreamField(FILES, blank=True, verbose_name=_("样本和表格"))

    content_panels = [
        KEPT,
        FieldPanel("guidance"),
        FieldPanel("questions"),
        FieldPanel("samples"),
    ]
    promote_panels: list[Any] = []
    search_fields = [*Page.search_fields, index.SearchField("guidance")]
    parent_page_types = ["cms.ItemIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False

    class Meta:
        verbose_name = verbose_name_plural = _("服务事项")

    def clean(self) -> None:
        """Take the title from the catalogue: a draft may be older than the last list."""
        if (item := self.item) is not None:
            self.title = item.name
        super().clean()

    @property
    def item(self) -> ServiceItem | None:
        """The newest version that is or was public; one query."""
        return newest_versions().filter(code=self.code).first()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:  # noqa: ARG002 - as Wagtail calls it
        """Show the item's page with what the editor is writing in place of what is live."""
        from bidding.views.items import ItemView  # noqa: PLC0415 - views need all models

        view = ItemView.as_view(draft=partial(written_on, self))
        answer: Any = view(request, code=self.code)
        drawn: HttpResponse = answer.render()
        return drawn


def newest_versions() -> models.QuerySet[ServiceItem]:
    """Return the versions of the catalogue that are or were public, the newest first."""
    rows = ServiceItem.objects.exclude(status=ServiceItem.Status.DRAFT)
    return rows.order_by("-version")
