"""How a query is written for FTS5."""

import pytest

from search.backends.sqlite import expression
from search.query import parse


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("环境影响", '("环境 境影 影响")'),
        ("测 绘图", '("测"*) AND ("绘图")'),
        ("JX360702-00012", '("jx360702 00012"* OR "jx36070200012"*)'),
        ("or", '("or"*)'),  # a word, and no operator
    ],
)
def test_a_query_is_written_in_the_language_of_match(typed: str, written: str) -> None:
    assert expression(parse(typed)) == written
