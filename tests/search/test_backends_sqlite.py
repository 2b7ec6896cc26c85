"""How a query is written for FTS5."""

import pytest

from search.backends.sqlite import written
from search.expression import matching
from search.query import parse


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            "环境影响",
            '({marks} : "0n环境影响" OR {title facts body} : "环境 境影 影响")',
        ),
        (
            "测 绘图",
            '({marks} : "0n测绘图" OR '
            '({title facts body} : "测" * AND {title facts body} : "绘图"))',
        ),
        (
            "or",
            '({marks} : "0nor" OR {title facts body} : "or" *)',
        ),
    ],
)
def test_a_query_is_written_in_the_language_of_match(typed: str, expected: str) -> None:
    assert written(matching(parse(typed))) == expected
