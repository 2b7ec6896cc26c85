"""The order in which workers finish does not matter, and a rebuild loses nothing."""

import pytest
from pytest_django import Settings

from search.checks import check_search_url

pytestmark = pytest.mark.django_db


# --- one entry that cannot be had -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "ids"),
    [
        ("", []),
        ("elasticsearch://127.0.0.1:9200/marketplace", []),
        ("elasticsearchs://search.example", []),
        ("redis://127.0.0.1", ["search.E001"]),
        ("elasticsearch:///marketplace", ["search.E001"]),
    ],
)
def test_a_wrong_address_is_refused(settings: Settings, url: str, ids: list[str]) -> None:
    settings.SEARCH_URL = url

    assert [finding.id for finding in check_search_url()] == ids


# --- Elasticsearch alone --------------------------------------------------------------------------
