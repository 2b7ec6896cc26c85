"""Every query of `queries.json` finds what the file says, in its order, in every index."""

import pytest

from search.index import Index
from search.query import parse
from tests.search.corpus import CASES, codes_of

pytestmark = pytest.mark.django_db


def test_every_query_finds_what_the_file_says(filled: Index) -> None:
    # given once for all of them: to fill an index takes as long as forty questions
    found = {case.why: codes_of(filled.find(parse(case.query, case.kind)).hits) for case in CASES}

    assert found == {case.why: case.codes for case in CASES}
    assert len(found) == len(CASES) >= 24
