"""How a query is written for a vector of grams."""

from dataclasses import replace

import pytest
from django.db import connection

from search.backends import database_index
from search.backends.postgres import written
from search.expression import matching
from search.query import parse
from tests.search.asking import ORIGINAL


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            "环境影响",
            "(('0n环境影响':D) | ('环境':ABC <-> '境影':ABC <-> '影响':ABC))",
        ),
        (
            "测 绘图",
            "(('0n测绘图':D) | (('测':*ABC) & ('绘图':ABC)))",
        ),
        (
            "S1-2",
            "(('0ns12':D) | (('s1':ABC <-> '2':*ABC) | ('s12':*ABC)))",
        ),
        (
            "or",
            "(('0nor':D) | ('or':*ABC))",
        ),
    ],
)
def test_a_query_is_written_in_the_language_of_tsquery(typed: str, expected: str) -> None:
    assert written(matching(parse(typed))) == expected


@pytest.mark.postgresql
@pytest.mark.django_db
def test_after_a_rebuild_plans_are_for_as_many_entries_as_there_are() -> None:
    database_index().rebuild([replace(ORIGINAL, key=str(number)) for number in range(300)], 1)

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'search_searchentry'")
        assert cursor.fetchone() == (300,)
