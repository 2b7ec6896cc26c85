"""Every query of `queries.json` finds what the file says, in its order, in every index."""

import pytest

from search.index import Index
from search.query import parse
from tests.search.corpus import CASES, Case, code_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_a_query_finds_what_the_file_says(filled: Index, case: Case) -> None:
    found = filled.find(parse(case.query, case.kind))

    assert [code_of(hit) for hit in found.hits] == case.codes
