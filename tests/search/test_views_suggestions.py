"""The script of a search field asks here."""

import pytest
from django.test import Client

from search.query import MAX_LENGTH
from tests.factories.marketplace import ServiceItemFactory

pytestmark = pytest.mark.django_db


def test_suggestions_are_plain_values_and_anything_may_be_typed(client: Client) -> None:
    item = ServiceItemFactory(published=True, name="水土<b>保持")

    found = client.get("/search/suggest/", {"q": "水土"}).json()
    odd = [client.get("/search/suggest/", {"q": text}) for text in ("", "'\"*(", "测" * MAX_LENGTH)]

    assert found == {
        "suggestions": [{"label": item.name, "kind": "事项", "url": f"/items/{item.code}/"}]
    }
    assert [one.json() for one in odd] == [{"suggestions": []}] * 3
    assert client.post("/search/suggest/").status_code == 405
