"""Links of the live pages: those that lead nowhere here, and those that lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.views import serve

from bidding.models import Tender
from marketplace.kernel.models import Law
from marketplace.models import Organization, ServiceItem
from marketplace.web.components import Text

REPORT = gettext_lazy("失效链接")
WEB = {"http", "https"}
ROWS: Mapping[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
    "bidding:item": (
        "code",
        lambda: ServiceItem.objects.exclude(status=ServiceItem.Status.DRAFT),
    ),
    "bidding:tender": ("code", Tender.objects.public),
    "bidding:agency": ("slug", Organization.objects.public_agencies),
    "marketplace:law": ("slug", Law.objects.all),
}
"""What the address of a row names, by the name of its page."""


@dataclass(frozen=True)
class Link:
    """Where a page leads: to a row by its key, or to an address."""

    page: Page
    address: str
    target: type[Model] | None = None
    key: str = ""


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere, and why."""

    page: Page
    address: str
    why: Text


def links_of(page: Page) -> Iterator[Link]:
    """Yield the links of a page that is read as what it is."""
    for field in page._meta.get_fields():
        if not isinstance(field, StreamField):
            continue
        value = getattr(page, field.name)
        for model, key, _path, _content in field.extract_references(value):
            yield Link(page, "", model, str(key))
        for text in _texts(value.get_prep_value()):
            for address in _addresses(text):
                yield Link(page, address)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts(one)


class _Anchors(HTMLParser):
    """Keeps the addresses of a text; what names a row by its key has none."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.addresses.append(address)


def _addresses(text: str) -> list[str]:
    if "<a" not in text:
        return []
    anchors = _Anchors()
    anchors.feed(text)
    return anchors.addresses


def live_pages() -> Iterator[Page]:
    """Return the live pages, each as what it is."""
    rows: Iterator[Page] = iter(Page.objects.live().order_by("path").specific())
    return rows


def broken_links(pages: Iterable[Page]) -> list[Broken]:
    """Return what leads nowhere on this site."""
    check = _Check()
    found = ((link, check.why(link)) for page in pages for link in links_of(page))
    return [Broken(link.page, link.address or link.key, why) for link, why in found if why]


def external_links(pages: Iterable[Page]) -> dict[str, list[Page]]:
    """Return the addresses of other sites, each with the pages that lead there."""
    found: dict[str, list[Page]] = {}
    for page in pages:
        for link in links_of(page):
            if is_external(link.address):
                found.setdefault(link.address, []).append(page)
    return found


def is_external(address: str) -> bool:
    """Tell whether an address is one of another site."""
    parts = urlsplit(address)
    own = {"", urlsplit(settings.PUBLIC_URL).netloc}
    return parts.netloc not in own and parts.scheme in {"", *WEB}


class _Check:
    """What is there, read once for all links."""

    def __init__(self) -> None:
        rows = list(Page.objects.live().values_list("pk", "url_path"))
        self.live = {str(key) for key, _path in rows}
        # A path begins with the home page's own address, which the site's address has not.
        self.paths = {path.strip("/").partition("/")[2] for _key, path in rows}
        self.files = {str(key) for key in Document.objects.values_list("pk", flat=True)}
        self.moved = set(Redirect.objects.values_list("old_path", flat=True))

    def why(self, link: Link) -> Text:
        """Say why a link leads nowhere; nothing of one that does not, or leads elsewhere."""
        if link.target is not None:
            return self._why_row(link.target, link.key)
        parts = urlsplit(link.address)
        if is_external(link.address) or parts.scheme not in {"", *WEB} or not parts.path:
            return ""
        return "" if self._is_answered(unquote(parts.path)) else _("这个网址打不开")

    def _why_row(self, target: type[Model], key: str) -> Text:
        if issubclass(target, Page) and key not in self.live:
            return _("所指的页面没有发布或者已经撤下")
        if issubclass(target, Document) and key not in self.files:
            return _("所指的文件已经删除")
        return ""

    def _is_answered(self, path: str) -> bool:
        if Redirect.normalise_path(path) in self.moved:
            return True
        try:
            match = resolve(path)
        except Resolver404:
            return False
        if match.func is serve:
            return path.strip("/") in self.paths
        if match.view_name in ROWS:
            column, rows = ROWS[match.view_name]
            return rows().filter(**{column: match.kwargs[column]}).exists()
        return True
