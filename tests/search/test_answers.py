"""The first index that answers is asked; a reserve says that it is one."""

from dataclasses import replace

import pytest
from pytest_django import Settings

from search.answers import _asked, answer
from search.backends import database_index
from search.index import Index, IndexUnavailable
from search.models import SynonymGroup
from search.query import parse
from search.understanding import Reading
from tests.clock import NOON
from tests.factories.marketplace import UserFactory, division
from tests.search.asking import ORIGINAL, refusing_server, settle
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
            replace(ORIGINAL, key="four", title=f"{CODE} 附注"),
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
        ("境影响乙丙丁", "境影响", 1),  # of one term the longest piece that is found
        ("影响 飞碟", "影响", 2),
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
@pytest.mark.parametrize("asked", ["附注 影响", "影响 附注"])
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


# --- how it was read ------------------------------------------------------------------------------


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("asked", "reading", "keys", "correction", "left_out"),
    [
        ("环境影响", Reading.TYPED, ["one"], "", ()),
        ("环评", Reading.TYPED, ["one"], "", ()),  # in other words
        ("環境影響", Reading.TYPED, ["one"], "", ()),
        ("测量服务", Reading.TYPED, ["three"], "", ()),
        ("huanjing", Reading.SOUND, ["one"], "", ()),
        ("hjyxpj", Reading.SOUND, ["one"], "", ()),
        ("环竟影响", Reading.CORRECTED, ["one"], "环境影响", ()),
        ("环影境响", Reading.CORRECTED, ["one"], "环境影响", ()),
        ("环境影向评价", Reading.CORRECTED, ["one"], "环境影响评价", ()),
        ("评价环境", Reading.SPLIT, ["one"], "", ()),
        ("测绘公司哪里有", Reading.FEWER, ["three"], "", ("公司",)),
        ("飞碟 测绘", Reading.FEWER, ["three"], "", ("飞碟",)),
        ("飞碟", Reading.TYPED, [], "", ()),
        ("1=1", Reading.TYPED, [], "", ()),
    ],
)
def test_what_was_typed_is_read_in_another_way_only_where_it_finds_nothing(
    asked: str, reading: Reading, keys: list[str], correction: str, left_out: tuple[str, ...]
) -> None:
    found = answer(parse(asked))

    assert [hit.key for hit in found.found.hits] == keys
    assert (found.reading, found.correction, found.left_out) == (reading, correction, left_out)


@pytest.mark.parametrize(
    ("asked", "reading", "keys", "left_out", "in_passing"),
    [
        ("测绘资质", Reading.MOST, ["class", "law"], (), 1),
        ("cehui zizhi", Reading.FEWER, ["class", "law"], ("zizhi",), 0),
        ("园区环评", Reading.MOST, ["item", "law"], (), 0),  # its words stand in a law, apart
        ('"测绘资质"', Reading.TYPED, ["law"], (), 0),
        ("资质审查", Reading.TYPED, ["law"], (), 0),  # nothing is called so: a law is what there is
        ("测绘法", Reading.TYPED, ["law"], (), 0),  # it is called so
    ],
)
def test_what_stands_only_in_the_text_of_a_law_hides_no_thing_that_is_called_nearly_so(
    index: Index,
    asked: str,
    reading: Reading,
    keys: list[str],
    left_out: tuple[str, ...],
    in_passing: int,
) -> None:
    law = "测绘单位的测绘资质审查，园区的环境影响评价由国务院规定。"
    index.rebuild(
        [
            replace(ORIGINAL, kind="law", key="law", title="测绘法 第二十七条", body=law),
            replace(ORIGINAL, kind="class", key="class", title="测绘"),
            replace(ORIGINAL, kind="item", key="item", title="建设项目环境影响评价"),
        ],
        1,
    )
    settle(index)

    given = _asked(index, parse(asked), is_reserve=False)

    assert (given.reading, given.left_out, given.in_passing) == (reading, left_out, in_passing)
    assert [hit.key for hit in given.found.hits][: len(keys)] == keys


@pytest.mark.parametrize(
    ("asked", "reading", "keys"),
    [
        # the page has both words, and nothing to do with it
        ("测绘资质", Reading.MOST, ["class", "page"]),
        # but what is a matter of the trade and stands there alone is asked for there
        ("测绘外省", Reading.SPLIT, ["page"]),
        # and where nothing is called so, it is what there is
        ("平台资质", Reading.SPLIT, ["page"]),
        # few things are hardly all that is meant where a word says little
        ("外省怎样测绘报告", Reading.MOST, ["class", "page"]),
        # said in one piece it is said
        ("测绘成果", Reading.TYPED, ["page"]),
    ],
)
def test_words_that_stand_apart_in_a_page_hide_no_thing_that_is_called_nearly_so(
    index: Index, asked: str, reading: Reading, keys: list[str]
) -> None:
    about = "平台上有报告和测绘成果。\n行业部门管理本行业的资质，外省机构也一样。"
    index.rebuild(
        [
            replace(ORIGINAL, kind="page", key="page", title="关于平台", body=about),
            replace(ORIGINAL, kind="class", key="class", title="测绘"),
        ],
        1,
    )
    settle(index)

    given = _asked(index, parse(asked), is_reserve=False)

    assert (given.reading, [hit.key for hit in given.found.hits]) == (reading, keys)


@pytest.mark.parametrize(
    ("asked", "reading", "key", "in_passing"),
    [
        ("放坝", Reading.SHORT, "item", 1),  # the text has it across two words
        ("开放", Reading.TYPED, "page", 0),  # that is a word
        ("坝体", Reading.TYPED, "page", 0),  # and that shortens nothing
    ],
)
def test_a_short_form_is_not_hidden_by_a_text_that_has_it_across_two_words(
    index: Index, asked: str, reading: Reading, key: str, in_passing: int
) -> None:
    index.rebuild(
        [
            replace(ORIGINAL, kind="notice", key="page", title="通知", body="开放坝体参观"),
            replace(ORIGINAL, kind="item", key="item", title="放水大坝设计"),
        ],
        1,
    )
    settle(index)

    given = _asked(index, parse(asked), is_reserve=False)

    assert [hit.key for hit in given.found.hits] == [key]
    assert (given.reading, given.in_passing) == (reading, in_passing)


@pytest.fixture
def places() -> None:
    """Two counties of a city, one of another."""
    for code in ("360702", "360722", "360402"):
        division(code)


LOCAL = replace(ORIGINAL, facts=("赣州市章贡区",), body="测绘")


@pytest.mark.parametrize(
    ("asked", "keys", "left_out"),
    [
        ("章贡 测绘", ["agency", "class"], ()),
        ("赣州市测绘", ["agency", "class"], ()),
        ("ganzhou cehui", ["agency", "class"], ()),
        ("gzcehui", ["agency", "class"], ()),
        ("gzch", ["agency", "class"], ()),
        ("信丰县 测绘", ["class"], ()),
        ("信丰县 测惠", ["class"], ()),  # a slip in the matter
        ("信丰 飞碟", [], ()),  # what holds everywhere holds nothing about that
        ("信丰县 章贡区", ["agency"], ("信丰县",)),
        ("章贡区 机构", ["agency"], ()),
    ],
)
def test_beside_a_place_what_holds_in_every_place_is_found_after_what_is_there(
    places: None, index: Index, asked: str, keys: list[str], left_out: tuple[str, ...]
) -> None:
    index.rebuild(
        [
            replace(LOCAL, kind="agency", key="agency", title="知策测绘公司"),
            replace(ORIGINAL, kind="class", key="class", title="测绘"),
            replace(ORIGINAL, kind="class", key="other", title="公证"),
        ],
        1,
    )
    settle(index)

    given = _asked(index, parse(asked), is_reserve=False)

    assert ([hit.key for hit in given.found.hits], given.left_out) == (keys, left_out)


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("失信 机构", ["sanction"]),
        ("被暂停的机构", ["sanction"]),
        ("哪些公司被处罚了", ["sanction"]),
        ("处罚公告", ["sanction"]),
        ("机构", ["agency"]),
    ],
)
def test_who_asks_for_parties_of_some_state_asks_for_what_brought_them_there(
    index: Index, asked: str, keys: list[str]
) -> None:
    index.rebuild(
        [
            replace(ORIGINAL, kind="sanction", key="sanction", title="甲 限制", body=""),
            replace(ORIGINAL, kind="agency", key="agency", title="乙", body=""),
            replace(ORIGINAL, kind="tender", key="tender", title="丙", body=""),
        ],
        1,
    )
    settle(index)

    assert [hit.key for hit in _asked(index, parse(asked), is_reserve=False).found.hits] == keys


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("asked", "nearest"),
    [("被飞碟的机构", None), ("环境飞碟", "环境"), ("飞碟测绘服务", None)],
)
def test_what_is_near_is_made_of_whole_words_that_mean_something(
    asked: str, nearest: str | None
) -> None:
    found = answer(parse(asked))

    assert (found.nearest.text if found.nearest else None) == nearest


def test_who_asks_how_is_given_a_guide_first(index: Index) -> None:
    index.rebuild(
        [
            replace(ORIGINAL, kind="page", key="page", title="异议和投诉"),
            replace(ORIGINAL, kind="rule", key="rule", title="投诉前"),
        ],
        1,
    )
    settle(index)

    first = {
        asked: _asked(index, parse(asked), is_reserve=False).found.hits[0].key
        for asked in ("投诉", "怎么投诉", "怎样投诉呢")
    }

    assert first == {"投诉": "rule", "怎么投诉": "page", "怎样投诉呢": "page"}


@pytest.mark.usefixtures("written")
def test_a_word_of_the_manager_counts_at_once() -> None:
    assert answer(parse("飞碟")).total == 0

    SynonymGroup.objects.create(
        key="飞碟", version=1, words="飞碟\n测绘服务", added_by=UserFactory(), added_at=NOON
    )

    assert [hit.key for hit in answer(parse("飞碟")).found.hits] == ["three"]


def test_a_quoted_term_is_looked_for_as_it_stands(written: None) -> None:
    assert answer(parse('"环评"')).total == 0
