"""Where nothing was found only what has hits is named."""

import pytest
from django.http import QueryDict
from django.test import Client

from search.backends import database_index
from search.pages.nothing import similar, wider
from search.questions import query_of
from tests.factories.marketplace import ServiceItemFactory, division
from tests.search.test_views_search import document

pytestmark = pytest.mark.django_db


def test_a_wider_place_and_all_kinds_are_named_only_if_something_is_there() -> None:
    division("360702")
    database_index().put([document(1)], 1)
    asked = QueryDict("q=通知&in=tender")

    ways = wider(query_of(asked), asked)
    none = wider(query_of(QueryDict("q=飞碟&in=tender")), QueryDict("q=飞碟&in=tender"))
    places = QueryDict("q=通知&region=360702")
    around = [(str(one.label), one.url) for one in wider(query_of(places), places)]

    assert [(str(one.label), one.url, one.count) for one in ways] == [
        ("全部类别", "?q=%E9%80%9A%E7%9F%A5", 1)
    ]
    assert none == []
    assert ("不限“章贡区”", "?q=%E9%80%9A%E7%9F%A5") in around


def test_items_that_are_called_so_are_named_and_nothing_that_is_not() -> None:
    item = ServiceItemFactory(published=True, name="水土保持方案编制")

    assert [one.label for one in similar("水土保持 飞碟")] == [item.name]
    assert similar("飞碟") == []


def test_the_page_leads_on_to_the_catalogue_and_to_being_told(client: Client) -> None:
    html = client.get("/search/", {"q": "飞碟"}).content.decode()

    assert 'href="/saved/new/?scope=search&amp;q=%E9%A3%9E%E7%A2%9F"' in html
    assert 'href="/items/"' in html
