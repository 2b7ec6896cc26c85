"""A list asks whoever searches everything, and looks by itself where nobody knows."""

import pytest
from django.db.models import Q

from marketplace.web.words import Reading, words_of
from search.backends import database_index
from search.indexing import rebuild

pytestmark = pytest.mark.django_db


def own(text: str) -> Q:
    return Q(title=text)


def test_a_list_looks_by_itself_until_there_is_an_index_and_where_nothing_is_asked() -> None:
    before = words_of("环评", own, tender="code")
    rebuild(database_index())
    after = words_of("环评", own, tender="code", contract="number").condition

    assert before.condition == Q(title="环评")
    assert words_of(" ", own, tender="code").condition == Q(title=" ")
    assert [name for name, _keys in after.children] == ["code__in", "number__in"]
    assert after.connector == "OR"


def test_it_says_what_was_looked_for_where_that_was_not_typed() -> None:
    rebuild(database_index())

    assert words_of("水土保持", own, item="code").reading is None
    assert words_of("環評", own, item="code").reading == Reading("环评")
