"""What the tests of search share: the rows of `queries.json` and each index that can be had."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from pytest_django import Settings

from search.backends import database_index, elasticsearch_index
from search.backends.elastic import ElasticsearchIndex
from search.index import Index
from search.indexing import rebuild
from tests.search.corpus import store_corpus


@pytest.fixture
def elasticsearch_url() -> str:
    """Return the address of a real server; a test that asks for it never passes without one."""
    return os.environ.get("ELASTICSEARCH_TEST_URL") or os.environ["SEARCH_URL"]


@pytest.fixture
def elastic(elasticsearch_url: str, settings: Settings) -> Iterator[ElasticsearchIndex]:
    """
    Return an index under a name of its own on a real server, dropped after the test.

    It is the one that the platform keeps meanwhile, beside that of the database.
    """
    server = elasticsearch_url.partition("://")[2].partition("/")[0]
    settings.SEARCH_URL = f"elasticsearch://{server}/test-{uuid4().hex}"
    elasticsearch_index.cache_clear()
    index = elasticsearch_index(settings.SEARCH_URL)
    assert isinstance(index, ElasticsearchIndex)
    yield index
    elasticsearch_index.cache_clear()
    for name in index.patient.indices.get(index=f"{index.alias}-*"):
        index.patient.indices.delete(index=name)
    index.client.close()


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def index(request: pytest.FixtureRequest, settings: Settings, db: None) -> Index:
    """Return each empty index in turn: that of this run's database, and Elasticsearch."""
    if request.param == "database":
        settings.SEARCH_URL = ""
        return database_index()
    made: Index = request.getfixturevalue("elastic")
    return made


@pytest.fixture
def filled(index: Index) -> Index:
    """Return the index, built from the rows of the file."""
    store_corpus()
    rebuild(index)
    return index
