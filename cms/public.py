"""What of the editors' is public, and where: what is live, not what is being written."""

from django.urls import Resolver404, resolve
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.views import serve

from cms.models import (
    ContentPage,
    DownloadPage,
    FAQPage,
    FormHelpPage,
    GuidePage,
    HomePage,
    ItemIndexPage,
    NoticeIndexPage,
    NoticePage,
    PolicyPage,
    SectionPage,
    ServiceItemPage,
    TopicPage,
)
from marketplace.kernel.public_triggers import PublicTable

LIVE = (
    "EXISTS (SELECT 1 FROM wagtailcore_page page WHERE page.id = {row}.page_ptr_id AND page.live)"
)
BEHIND_THE_DESK = (
    "draft_title",
    "has_unpublished_changes",
    "latest_revision_id",
    "latest_revision_created_at",
    "go_live_at",
    "expire_at",
    "locked",
    "locked_at",
    "locked_by_id",
    "numchild",
    "owner_id",
)

KINDS = (
    *(HomePage, NoticeIndexPage, NoticePage, ItemIndexPage, ServiceItemPage, SectionPage),
    *(ContentPage, GuidePage, FAQPage, DownloadPage, TopicPage, PolicyPage, FormHelpPage),
)
TABLES = (
    PublicTable(Page, "{row}.live", BEHIND_THE_DESK),
    *(PublicTable(model, LIVE) for model in KINDS),
    PublicTable(PageViewRestriction),
    PublicTable(Document),
    PublicTable(Image),
    PublicTable(Site),
)


def is_edited(path: str) -> bool:
    """Tell whether the editors' pages lie at `path`, if there is one: no other view takes it."""
    try:
        return resolve(path).func is serve
    except Resolver404:
        return False
