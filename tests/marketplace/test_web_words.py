"""A list asks whoever searches everything, and looks by itself where nobody knows."""

import pytest

from marketplace.web.words import found_by
from search.backends import database_index
from search.indexing import rebuild

pytestmark = pytest.mark.django_db


def test_a_list_looks_by_itself_until_there_is_an_index_and_where_nothing_is_asked() -> None:
    before = found_by("环评", tender="code")
    rebuild(database_index())
    after = found_by("环评", tender="code", contract="number")

    assert before is None
    assert found_by(" ", tender="code") is None
    assert after is not None
    assert [name for name, _keys in after.children] == ["code__in", "number__in"]
    assert after.connector == "OR"
