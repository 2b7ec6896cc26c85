"""What is suggested is called so; the catalogue comes from memory."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from marketplace.kernel import known
from search.backends import database_index
from search.suggestions import MOST, suggest
from tests.factories.marketplace import ServiceItemFactory, division
from tests.search.test_views_search import document
from tests.servers import closed_port

pytestmark = pytest.mark.django_db


def test_items_places_names_and_codes_are_suggested_by_any_piece_of_them() -> None:
    division("360702")
    item = ServiceItemFactory(published=True, name="水土保持方案编制")
    ServiceItemFactory(name="水土流失监测")  # a draft
    agency = document(1, kind="agency", title="赣州澄江测绘有限公司", codes=("91360702MA1",))
    body = document(2, kind="agency", title="江西某公司", body="澄江测绘")
    database_index().put([agency, body, document(3, title="澄江的通知")], 1)

    found = {
        text: [one.label for one in suggest(text)] for text in ("水土", "保持", "赣州", "澄江")
    }

    assert found["水土"] == found["保持"] == [item.name]
    assert found["赣州"] == ["赣州市", agency.title]
    assert found["澄江"] == [agency.title]
    assert [one.url for one in suggest("9136")] == [agency.url]
    assert suggest(" ，") == []


def test_there_are_never_many_and_the_catalogue_is_read_once() -> None:
    for number in range(9):
        ServiceItemFactory(published=True, name=f"测绘{number}")
    database_index().put([document(n, kind="agency", title=f"测绘{n}") for n in range(9)], 1)

    with known.at_version("1"):
        assert len(suggest("测绘")) == MOST
        with CaptureQueriesContext(connection) as captured:
            suggest("测绘")

    assert len(captured) <= 3
    tables = " ".join(query["sql"] for query in captured)
    assert "serviceitem" not in tables


def test_an_index_that_does_not_answer_keeps_nobody_from_the_catalogue(settings: Settings) -> None:
    settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{closed_port()}"
    item = ServiceItemFactory(published=True, name="水土保持方案编制")

    assert [one.label for one in suggest("水土")] == [item.name]


def test_letters_suggest_what_sounds_so_and_begins_at_any_character() -> None:
    division("360702")
    item = ServiceItemFactory(published=True, name="水土保持方案编制")
    agency = document(1, kind="agency", title="江西澄江测绘有限公司")
    database_index().put([agency, document(2, kind="agency", title="江西某公司")], 1)

    found = {
        text: [one.label for one in suggest(text)]
        for text in ("shuituba", "stbc", "baochi", "bcfa", "ganzhou", "chengjiang", "cjch")
    }

    assert found == {
        "shuituba": [item.name],
        "stbc": [item.name],
        "baochi": [item.name],
        "bcfa": [item.name],
        "ganzhou": ["赣州市"],
        "chengjiang": [agency.title],
        "cjch": [agency.title],
    }


def test_what_others_ask_is_suggested_beside_what_is_called_so_and_never_twice() -> None:
    item = ServiceItemFactory(published=True, name="水土保持方案编制")
    often = ["水土流失", item.name, "水土", "水土监测", "水土验收", "环评"]

    found = suggest("水土", often)
    spoken = suggest("stls", often)

    assert [(one.label, one.kind) for one in found] == [
        (item.name, "事项"),
        ("水土流失", "常查"),
        ("水土监测", "常查"),
    ]
    assert [one.url for one in spoken] == ["/search/?q=%E6%B0%B4%E5%9C%9F%E6%B5%81%E5%A4%B1"]
