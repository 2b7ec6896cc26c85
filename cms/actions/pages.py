"""The pages that every installation begins with, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, Site

from cms.models import HomePage, ItemIndexPage, NoticeIndexPage, SectionPage
from marketplace.kernel.audit import record

HOME, NOTICES, ITEMS = "home", "notices", "items"


@dataclass(frozen=True)
class Section:
    """A section of the home page as the data file names it."""

    slug: str
    title: str
    introduction: str


@transaction.atomic
def set_up_home(
    *,
    titles: Mapping[str, str],
    introduction: str,
    sections: Sequence[Section],
    at: datetime,
) -> HomePage:
    """Put the home page with its lists in the place of Wagtail's welcome page; once."""
    known: HomePage | None = HomePage.objects.first()
    home = known or _new_home(titles[HOME], introduction, at)
    if not NoticeIndexPage.objects.exists():
        home.add_child(instance=NoticeIndexPage(title=titles[NOTICES], slug=NOTICES))
    if not ItemIndexPage.objects.exists():
        home.add_child(instance=ItemIndexPage(title=titles[ITEMS], slug=ITEMS))
    there = set(home.get_children().values_list("slug", flat=True))
    for one in sections:
        if one.slug not in there:
            page = SectionPage(title=one.title, slug=one.slug, introduction=one.introduction)
            home.add_child(instance=page)
    return home


def _new_home(title: str, introduction: str, at: datetime) -> HomePage:
    root = _root()
    welcome = root.get_children().filter(slug=HOME).first()
    home: HomePage = root.add_child(
        instance=HomePage(title=title, slug=f"{HOME}-new", introduction=introduction)
    )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "site_name": title},
        create_defaults={"root_page": home, "site_name": title, "hostname": "localhost"},
    )
    if welcome is not None:
        welcome.delete()
    home.refresh_from_db()
    home.slug = HOME
    home.save()
    record(by=None, verb="home.set_up", target=home, at=at)
    return home


def _root() -> Page:
    """Return the root of all pages; Wagtail's own first rows are missing after a flush."""
    Locale.objects.get_or_create(
        language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE)
    )
    root: Page | None = Page.get_first_root_node()
    return root or Page.add_root(title="Root", slug="root")
