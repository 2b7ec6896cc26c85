"""What search engines are told."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cms.models import GuidePage, SectionPage
from marketplace.web.views import PersonView
from search.crawlers import PRIVATE
from tests.factories.bidding import TenderFactory, load_reference
from tests.factories.credit import active_agency
from tests.search import corpus

pytestmark = pytest.mark.django_db


def personal_places() -> set[str]:
    """Return the first part of each address that is somebody's own."""
    found = set()
    for entry in get_resolver().url_patterns:
        for pattern in entry.url_patterns if isinstance(entry, URLResolver) else []:
            view = getattr(getattr(pattern, "callback", None), "view_class", None)
            if isinstance(pattern, URLPattern) and view and issubclass(view, PersonView):
                found.add(str(pattern.pattern).split("/")[0])
    return found


def test_robots_are_kept_from_what_is_somebodys_own(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    closed = set(re.findall(r"Disallow: /([^/]+)/", text))
    assert personal_places() - closed == {"credit", "inspections", "tenders"} - closed
    assert {"credit/cases", "credit/record"} <= {*PRIVATE}


def test_the_map_leads_to_all_that_is_public_and_to_nothing_else(client: Client) -> None:
    load_reference()
    shown, hidden = TenderFactory(active=True), TenderFactory(submitted=True)
    agency = active_agency()
    section = (
        corpus.notice_index()
        .get_parent()
        .add_child(instance=SectionPage(title="指南", slug="guides"))
    )
    section.add_child(instance=GuidePage(title="怎样入驻", slug="join", reader="agency"))
    draft = GuidePage(title="没有写完", slug="unfinished", reader="owner", live=False)
    section.add_child(instance=draft)

    index = client.get("/sitemap.xml").content.decode()
    parts = re.findall(r"<loc>http://testserver(/[^<]+)</loc>", index)
    text = "".join(client.get(part).content.decode() for part in parts)

    assert len(parts) == 6
    assert f"http://testserver/tenders/{shown.code}/</loc>" in text
    assert f"http://testserver/agencies/{agency.slug}/</loc>" in text
    assert "http://testserver/front/guides/join/</loc>" in text
    assert hidden.slug not in text
    assert "unfinished" not in text


def described(page: str) -> str:
    """Return the sentence that a page has for search engines."""
    said = re.search(r'name="description"\s+content="\s*([^"]*?)\s*"', page)
    assert said
    return said[1]


def test_a_page_has_one_address_and_one_sentence(client: Client) -> None:
    load_reference()
    tender = TenderFactory(active=True, title="河道清淤监测")

    page = client.get(f"/tenders/{tender.code}/?utm=1").content.decode()
    lists = client.get("/tenders/?sort=newest&page=1").content.decode()

    assert f'rel="canonical" href="http://127.0.0.1:8000/tenders/{tender.code}/"' in page
    assert 'rel="canonical" href="http://127.0.0.1:8000/tenders/?page=1"' in lists
    assert described(page).endswith("的中介服务采购：河道清淤监测")
    names = ("tenders", "awards", "agencies", "items", "credit", "laws", "rules", "privacy")
    sentences = {described(client.get(f"/{name}/").content.decode()) for name in names}
    assert len(sentences) == len(names)
