"""The order in which workers finish does not matter, and a rebuild loses nothing."""

import pytest
from pytest_django import DjangoAssertNumQueries

from search.documents import sources
from tests.clock import NOON
from tests.search import corpus

pytestmark = pytest.mark.django_db


def test_reading_everything_takes_the_same_queries_however_much_there_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    corpus.store_corpus()
    for read in sources(NOON):  # the addresses of the sites are kept from the first page on
        read()

    with django_assert_num_queries(23):
        found = [read() for read in sources(NOON)]
    assert len([one for one in found if one.kind in corpus.SOUGHT]) == 7


# --- one entry that cannot be had -----------------------------------------------------------------
