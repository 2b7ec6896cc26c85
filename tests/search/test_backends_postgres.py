"""How a query is written for a vector of grams."""

import pytest

from search.backends.postgres import expression
from search.query import parse


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("环境影响", "(('环境' <-> '境影' <-> '影响'))"),
        ("测 绘图", "(('测':*)) & (('绘图'))"),
        ("JX360702-00012", "(('jx360702' <-> '00012':*) | ('jx36070200012':*))"),
        ("or", "(('or':*))"),
    ],
)
def test_a_query_is_written_in_the_language_of_tsquery(typed: str, written: str) -> None:
    assert expression(parse(typed)) == written
