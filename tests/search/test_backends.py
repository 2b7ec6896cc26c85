"""Which indexes are kept, and which of them answers first."""

import pytest
from django.db import connection
from pytest_django import Settings

from search.backends import database_index, elasticsearch_index, indexes
from search.backends.elastic import ElasticsearchIndex
from search.backends.postgres import PostgresIndex
from search.backends.sqlite import SqliteIndex


def test_the_index_in_the_database_is_written_as_this_database_likes() -> None:
    expected = {"sqlite": SqliteIndex, "postgresql": PostgresIndex}

    assert type(database_index()) is expected[connection.vendor]


@pytest.mark.parametrize(
    ("url", "names"),
    [("", ["database"]), ("elasticsearch://localhost", ["elasticsearch", "database"])],
)
def test_a_server_answers_before_the_database_which_is_always_kept(
    settings: Settings, url: str, names: list[str]
) -> None:
    settings.SEARCH_URL = url

    assert [index.name for index in indexes()] == names


def test_one_process_has_one_set_of_connections_for_each_address() -> None:
    first = elasticsearch_index("elasticsearch://localhost/one")

    assert isinstance(first, ElasticsearchIndex)
    assert elasticsearch_index("elasticsearch://localhost/one") is first
    assert elasticsearch_index("elasticsearch://localhost/two") is not first
