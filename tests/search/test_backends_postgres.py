"""How a query is written for a vector of grams."""

import pytest

from search.backends.postgres import written
from search.expression import matching
from search.query import parse


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
