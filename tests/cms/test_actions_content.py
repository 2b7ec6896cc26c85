"""The texts that come with the platform are written once and are the editors' from then on."""

import tomllib
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from cms.actions.content import NoPlace, load_content
from cms.management.commands.load_content import CONTENT
from cms.models import (
    ContentPage,
    DownloadPage,
    FAQPage,
    FormHelpPage,
    GuidePage,
    HomePage,
    PolicyPage,
    SectionPage,
    TopicPage,
)
from marketplace.kernel.laws import parse
from marketplace.kernel.library import library
from marketplace.kernel.rules import is_declared
from tests.factories.bidding import load_reference
from tests.factories.marketplace import load_laws

pytestmark = pytest.mark.django_db


def texts() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(CONTENT.read_text(encoding="utf-8"))["page"]
    return rows


def test_every_text_is_a_page_that_can_be_read_and_is_written_once(pages: str) -> None:
    load_reference()
    load_laws()
    made = load_content(texts())
    page = ContentPage.objects.get(slug="about")
    page.title = "编辑改过的标题"
    page.save()

    again = load_content(texts())

    kinds = (ContentPage, GuidePage, FAQPage, DownloadPage, PolicyPage, FormHelpPage, TopicPage)
    assert [kind.objects.count() for kind in kinds] == [3, 6, 1, 1, 6, 71, 1]
    assert (made, again) == (89, 0)
    assert ContentPage.objects.get(slug="about").title == "编辑改过的标题"
    assert len(FAQPage.objects.get().questions) == 12
    gathered = [block.value.slug for block in TopicPage.objects.get().pages]
    assert gathered == ["buy", "faq", "downloads"]
    assert PolicyPage.objects.filter(law=None).count() == 0
    for kind in kinds:
        for one in kind.objects.all():
            assert Client().get(one.url).status_code == 200, one.url
    with translation.override("en"):
        rows = [one for kind in (*kinds, HomePage, SectionPage) for one in kind.objects.all()]
        chinese = [one.slug for one in rows if one.spoken().is_chinese]
    assert len(rows) == 93
    assert chinese == ["about"]  # whose title the editor has changed


def test_a_text_names_what_is_there() -> None:
    load_laws()
    blocks = [block for row in texts() for block in row.get("block", [])]
    sources = [block["value"]["source"] for block in blocks if block["type"] == "law"]
    keys = [block["value"]["key"] for block in blocks if block["type"] == "parameter"]

    assert [text for text in sources if library().problem_in(text) or not parse(text)] == []
    assert [key for key in keys if not is_declared(key)] == []


def test_a_page_without_a_place_is_refused(pages: str) -> None:
    with pytest.raises(NoPlace):
        load_content([{"kind": "content", "section": "nowhere", "slug": "x", "title": "无处可放"}])

    assert not ContentPage.objects.exists()
