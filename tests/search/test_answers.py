"""The first index that answers is asked; a reserve says that it is one."""

from dataclasses import replace

import pytest
from pytest_django import Settings

from search.answers import answer
from search.backends import database_index
from search.index import IndexUnavailable
from search.query import parse
from tests.search.asking import ORIGINAL, refusing_server
from tests.servers import closed_port

pytestmark = pytest.mark.django_db
CODE = "JX360702-2026-00012"


@pytest.fixture
def written() -> None:
    """Four notices; one has a code, another names it."""
    database_index().rebuild(
        [
            replace(ORIGINAL, key="one", title="环境影响评价"),
            replace(ORIGINAL, key="two", title="影响范围"),
            replace(ORIGINAL, key="three", title="测绘服务", codes=(CODE,)),
            replace(ORIGINAL, key="four", title=f"{CODE} 更正"),
        ],
        10,
    )


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("asked", "page", "key"),
    [
        (CODE, 1, "three"),
        ("jx360702 2026 00012", 1, "three"),
        (CODE, 2, None),
        ("JX360702-2026-000", 1, None),
        ("测绘", 1, None),
    ],
)
def test_the_one_thing_whose_whole_code_was_typed_is_told(
    asked: str, page: int, key: str | None
) -> None:
    exact = answer(replace(parse(asked), page=page)).exact

    assert (exact.key if exact else None) == key


@pytest.mark.usefixtures("written")
def test_a_code_that_two_things_have_tells_none() -> None:
    database_index().put([replace(ORIGINAL, key="five", title="乙", codes=(CODE,))], 11)

    found = answer(parse(CODE))

    assert (found.total, found.exact) == (3, None)


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("asked", "nearest", "count"),
    [
        ("环竟影响", "影响", 2),  # of one term the longest piece that is found
        ("影响 飞碟", "影响", 2),
        ("飞碟 测绘", "测绘", 1),
        ("飞碟", None, 0),
        ("环境影响", None, 0),  # it was found itself
    ],
)
def test_the_nearest_query_is_offered_only_when_nothing_was_found(
    asked: str, nearest: str | None, count: int
) -> None:
    found = answer(parse(asked))

    near = "".join(term.text for term in found.nearest.terms) if found.nearest else None
    assert (near, found.nearest_count) == (nearest, count)


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("asked", ["测绘 影响", "影响 测绘"])
def test_of_several_terms_the_one_with_most_hits_is_the_nearest(asked: str) -> None:
    found = answer(parse(asked))

    assert found.total == 0
    assert found.nearest is not None
    assert [term.text for term in found.nearest.terms] == ["影响"]


@pytest.mark.usefixtures("written")
def test_the_hits_of_the_asked_kind_are_counted() -> None:
    database_index().put([replace(ORIGINAL, kind="tender", key="t", title="影响")], 11)

    assert [answer(parse("影响", kind)).total for kind in ("", "tender", "item")] == [3, 1, 0]


@pytest.mark.usefixtures("written")
def test_the_database_answers_while_elasticsearch_refuses(settings: Settings) -> None:
    with refusing_server() as address:
        settings.SEARCH_URL = f"elasticsearch://{address}"
        found = answer(parse("影响"))

    assert (found.is_degraded, found.total) == (True, 2)


def test_the_first_index_is_no_reserve_and_answers_before_it_is_built(settings: Settings) -> None:
    settings.SEARCH_URL = ""

    found = answer(parse("影响"))

    assert (found.is_degraded, found.total) == (False, 0)


def test_a_reserve_that_was_never_built_does_not_answer(settings: Settings) -> None:
    settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{closed_port()}"

    with pytest.raises(IndexUnavailable):
        answer(parse("影响"))
