"""What the tests of search share: the rows of `queries.json` and each index that can be had."""

import pytest

from search.backends.sqlite import SqliteIndex
from search.index import Index
from search.indexing import rebuild
from tests.search.corpus import store_corpus


@pytest.fixture
def index() -> Index:
    """Return an empty index in the database of this run."""
    return SqliteIndex()


@pytest.fixture
def filled(index: Index, db: None) -> Index:
    """Return the index, built from the rows of the file."""
    store_corpus()
    rebuild(index)
    return index
