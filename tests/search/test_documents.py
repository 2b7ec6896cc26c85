"""What of our rows is public, and found; nothing else is in an index."""

import re

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from search.backends import database_index
from search.documents import find, sources
from search.indexing import rebuild
from search.models import SearchEntry
from search.query import parse
from tests.clock import NOON
from tests.search import corpus
from tests.search.world import SECRETS, store_world

pytestmark = pytest.mark.django_db


def test_reading_everything_takes_the_same_queries_however_much_there_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    corpus.store_corpus()
    for read in sources(NOON):  # the addresses of the sites are kept from the first page on
        read()

    with django_assert_num_queries(30):
        found = [read() for read in sources(NOON)]
    assert len([one for one in found if one.kind in corpus.SOUGHT]) == 7


def test_an_index_holds_one_of_everything_and_nothing_that_nobody_may_see() -> None:
    store_world()
    index = database_index()
    rebuild(index)

    kinds = set(SearchEntry.objects.values_list("kind", flat=True))
    raw = raw_index()

    assert kinds == set(SearchEntry.Kind.values)
    assert [secret for secret in sorted(SECRETS) if secret in raw] == []
    assert [one for one in sorted(SECRETS) if index.find(parse(one)).total] == []


def raw_index() -> str:
    """Return all that the tables of the index hold, grams put together again."""
    tables = ["search_searchentry"]
    if connection.vendor == "sqlite":
        tables.append("search_grams_content")
    texts = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - one of ours
            texts += [str(value) for row in cursor.fetchall() for value in row]
    whole = "\n".join(texts)
    overlapping = re.sub(r"(?<=[\u4e00-\u9fff])(.) \1", r"\1", whole)
    return whole + overlapping


def test_a_document_is_found_by_its_key_as_it_is_by_reading_all() -> None:
    store_world()
    found = [read() for read in sources(NOON)]

    assert len({(one.kind, one.key) for one in found}) == len(found)
    assert [find(one.kind, one.key, NOON) for one in found] == found
    assert find("tender", "none", NOON) is None
