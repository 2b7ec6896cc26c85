"""The script of a search field asks here."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from marketplace.kernel.calendar import day_of
from search.models import TermCount
from search.popular import LEAST, LEAST_DAYS
from search.query import MAX_LENGTH
from tests.clock import NOON
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


def test_what_is_asked_often_is_suggested_to_others(client: Client) -> None:
    for days_ago in range(LEAST_DAYS):
        day = day_of(NOON) - timedelta(days=days_ago)
        TermCount.objects.create(day=day, text="环评报告", asked_count=LEAST, opened_count=1)

    assert client.get("/search/suggest/", {"q": "环评"}).json() == {
        "suggestions": [
            {
                "label": "环评报告",
                "kind": "常查",
                "url": f"/search/?q={quote('环评报告')}",
            }
        ]
    }
