"""The order in which workers finish does not matter, and a rebuild loses nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from search.expression import NAMED as NAMED_SO
from search.index import Document, Index
from search.query import alternatives, parse
from search.understanding import Understanding
from search.vocabulary import standard
from tests.search.asking import CHANGED, ORIGINAL, settle, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(index: Index) -> Index:
    """Return each index, empty but built with version 10."""
    index.rebuild([], 10)
    return index


def test_a_document_comes_back_as_it_was_put(built: Index) -> None:
    built.put([ORIGINAL], 11)
    settle(built)

    assert built.find(parse("维护")).hits == [ORIGINAL]


def test_a_newer_write_replaces_an_older_one(built: Index) -> None:
    built.put([ORIGINAL], 11)
    built.put([CHANGED], 12)

    assert titles(built, "通知") == ["平台升级的通知"]
    assert titles(built, "维护的通知") == []


@pytest.mark.parametrize("version", [11, 12])
def test_a_write_that_is_not_newer_changes_nothing(built: Index, version: int) -> None:
    built.put([CHANGED], 12)
    built.put([ORIGINAL], version)
    built.remove("notice", "one", version)

    assert titles(built, "通知") == ["平台升级的通知"]


def test_an_older_write_does_not_bring_back_what_was_removed(built: Index) -> None:
    built.put([ORIGINAL], 11)
    built.remove("notice", "one", 13)
    built.put([CHANGED], 12)

    assert titles(built, "通知") == []
    assert built.find(parse("通知")).counts == {}


def test_what_was_removed_can_come_back_with_a_newer_write(built: Index) -> None:
    built.remove("notice", "one", 11)
    built.put([ORIGINAL], 12)

    assert titles(built, "通知") == ["平台维护的通知"]


def test_an_older_write_does_not_bring_back_what_a_rebuild_has_forgotten(built: Index) -> None:
    built.put([ORIGINAL], 11)
    built.remove("notice", "one", 13)
    built.rebuild([], 14)

    built.put([CHANGED], 12)
    assert titles(built, "通知") == []

    built.put([CHANGED], 15)
    assert titles(built, "通知") == ["平台升级的通知"]


def test_an_older_write_does_not_bring_back_what_a_running_rebuild_did_not_read(
    built: Index,
) -> None:
    def read_nothing() -> Iterator[Document]:
        built.put([ORIGINAL], 11)
        yield from ()

    built.rebuild(read_nothing(), 12)

    assert titles(built, "通知") == []


def test_a_rebuild_forgets_what_is_no_longer_public(built: Index) -> None:
    built.put([ORIGINAL, replace(CHANGED, key="two")], 11)
    built.rebuild([ORIGINAL], 12)

    assert titles(built, "通知") == ["平台维护的通知"]


def test_what_is_written_during_a_rebuild_is_not_lost(built: Index) -> None:
    built.put([replace(ORIGINAL, key="three", title="撤下的通知")], 11)

    def read_slowly() -> Iterator[Document]:
        yield ORIGINAL
        built.put([CHANGED], 13)
        built.put([replace(ORIGINAL, key="two", title="新发的通知")], 14)
        built.remove("notice", "three", 15)
        yield replace(ORIGINAL, key="two", title="读得太早的通知")
        yield replace(ORIGINAL, key="three", title="读得太早的通知")

    built.rebuild(read_slowly(), 12)

    assert sorted(titles(built, "通知")) == ["平台升级的通知", "新发的通知"]


def test_what_an_older_worker_writes_after_a_rebuild_is_refused(built: Index) -> None:
    built.rebuild([CHANGED], 12)
    built.put([ORIGINAL], 11)

    assert titles(built, "通知") == ["平台升级的通知"]


def test_a_rebuild_that_fails_takes_nothing_out(built: Index) -> None:
    built.put([ORIGINAL], 11)

    def fail() -> Iterator[Document]:
        yield replace(CHANGED, key="two")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        built.rebuild(fail(), 12)

    assert titles(built, "通知") == ["平台维护的通知"]


def test_an_index_is_built_by_its_first_rebuild_and_by_no_single_write(index: Index) -> None:
    index.put([CHANGED], 9)
    assert not index.is_built()

    index.rebuild([ORIGINAL], 10)

    assert index.is_built()


# --- one entry that cannot be had -----------------------------------------------------------------


def test_counts_of_several_queries_come_in_their_order(built: Index) -> None:
    built.put([ORIGINAL, replace(CHANGED, key="two")], 11)
    settle(built)

    assert built.count([parse("升级"), parse("通知"), parse("飞碟")]) == [1, 2, 0]
    assert built.count([parse("升级"), parse("数据局")], NAMED_SO) == [1, 0]
    assert built.count([]) == []
    assert built.count(alternatives(parse("通"))) == []


NAMED = [
    *("建设项目环境影响评价文件编制", "水土保持方案编制", "可行性研究报告编制", "安全预评价"),
    *("地质灾害危险性评估", "华测（集团）有限公司", "少儿活动中心", "𨨏元素检测"),
    *("赣府发〔2022〕5号", "JX360号地块"),
]


def named(built: Index, text: str) -> list[str]:
    """Return what is found for `text` in the first reading that finds."""
    documents = [
        replace(ORIGINAL, key=title, title=title, facts=(), body="", url=f"/{n}/")
        for n, title in enumerate(NAMED)
    ]
    built.put(documents, 11)
    settle(built)
    understanding = Understanding(parse(text), built, standard())
    readings = (understanding.typed, *understanding.others())
    found = ([hit.title for hit in built.find(read.query).hits] for read in readings)
    return next(filter(None, found), [])


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("环评", NAMED[0]),
        ("水保", NAMED[1]),
        ("可研", NAMED[2]),
        ("安评", NAMED[3]),
        ("地灾", NAMED[4]),
        ("华测集团", NAMED[5]),
    ],
)
def test_words_of_the_trade_and_names_without_brackets_are_found_k7_05(
    built: Index, asked: str, title: str
) -> None:
    assert named(built, asked) == [title]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("儿", [NAMED[6]]),
        ("𨨏", [NAMED[7]]),
        ("〔2022〕", [NAMED[8]]),
        ("[2022]", [NAMED[8]]),
        ("\uff2a\uff38\uff13\uff16\uff10", [NAMED[9]]),
    ],
)
def test_rare_and_single_characters_brackets_and_widths_are_found_k7_06(
    built: Index, asked: str, found: list[str]
) -> None:
    assert named(built, asked) == found


def test_a_comma_alone_asks_nothing_k7_06() -> None:
    assert parse("，").terms == ()
