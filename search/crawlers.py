"""What search engines are told: which addresses are theirs to read, and all that are public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from bidding.models import Tender
from marketplace.models import Organization, ServiceItem
from marketplace.web.private import PERSONAL, PRIVATE
from search.documents.texts import address_of, other_pages, public_notices

Entry = tuple[str, datetime | None]


class Listed(Sitemap[Entry]):
    """Addresses by the last part of each, with the moment of the last change."""

    limit = 5000
    name = ""

    def location(self, item: Entry) -> str:
        return reverse(self.name, args=[item[0]])

    def lastmod(self, item: Entry) -> datetime | None:
        return item[1]


class Tenders(Listed):
    """Published orders."""

    name = "bidding:tender"

    def items(self) -> Any:
        rows = Tender.objects.public().order_by("published_at", "pk")
        return rows.values_list("code", "published_at")


class Agencies(Listed):
    """Agencies whose record is public."""

    name = "bidding:agency"

    def items(self) -> Any:
        rows = Organization.objects.public_agencies().order_by("pk")
        return rows.values_list("slug", "agency__activated_at")


class Items(Listed):
    """The catalogue."""

    name = "bidding:item"

    def items(self) -> Any:
        return ServiceItem.objects.published().order_by("code").values_list("code", "published_at")


class OfEditors(Sitemap[Page]):
    """Live pages of the editors, with the moment when each was published last."""

    def location(self, item: Page) -> str:
        return address_of(item)

    def lastmod(self, item: Page) -> datetime | None:
        at: datetime | None = item.last_published_at
        return at


class Notices(OfEditors):
    """Live notices."""

    def items(self) -> Any:
        return public_notices().order_by("pk")


class Guides(OfEditors):
    """Live guides, answers, policies, topics, and the lists that they stand in."""

    def items(self) -> Any:
        return other_pages().order_by("pk")


class Pages(Sitemap[str]):
    """The lists and the rules."""

    def items(self) -> Iterable[str]:
        return (
            *("bidding:tender_list", "bidding:award_list", "bidding:item_list"),
            *("bidding:agency_list", "bidding:agency_publicity", "credit:restriction_list"),
            *("marketplace:rulebook", "marketplace:law_list", "marketplace:privacy"),
        )

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS: dict[str, type[Sitemap[Any]]] = {
    "pages": Pages,
    "tenders": Tenders,
    "agencies": Agencies,
    "items": Items,
    "notices": Notices,
    "guides": Guides,
}


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Keep robots from pages that are somebody's own, and show them the map of the rest."""
    private = [f"Disallow: /{prefix}/" for prefix in PRIVATE]
    personal = [f"Disallow: {pattern}" for pattern in PERSONAL]
    where = f"Sitemap: {settings.PUBLIC_URL}{reverse('search:sitemap_index')}"
    lines = ["User-agent: *", *private, *personal, "", where, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
