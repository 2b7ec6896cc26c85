"""What is searched for is counted by the day, without persons, and written every few seconds."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from search.counting import EVERY, KEPT, forget_old, note_asked, note_opened, tally, term_of, write
from search.models import TermCount
from search.query import parse
from tests.clock import NOON

pytestmark = pytest.mark.django_db
ROW = ("text", "asked_count", "empty_count", "opened_count")


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    tally.take()
    yield
    tally.take()


def rows() -> list[tuple[object, ...]]:
    return list(TermCount.objects.order_by("day", "text").values_list(*ROW))


def test_terms_are_added_up_and_written_when_they_have_waited_long_enough() -> None:
    note_asked(parse("环评"), 3, NOON)
    note_asked(parse("环 评"), 0, NOON)
    note_asked(parse("环评", page=2), 3, NOON)
    before = rows()
    note_asked(parse("环评"), 0, NOON + EVERY)
    first = rows()
    note_opened(parse("环评"), NOON)
    write()

    assert before == []
    assert first == [("环 评", 1, 1, 0), ("环评", 2, 1, 0)]
    assert rows() == [("环 评", 1, 1, 0), ("环评", 2, 1, 1)]


def test_nothing_is_counted_that_may_name_somebody_or_that_nobody_asked() -> None:
    typed = ("13807971234", "张三 13807971234", "91360702MA00000019", "测", "长" * 41)

    note_opened(parse("没有人查过"), NOON)
    write()

    assert [term_of(parse(text)) for text in typed] == [""] * 5
    assert term_of(parse("环境影响报告表")) == "环境影响报告表"
    assert rows() == []


def test_old_counts_are_forgotten() -> None:
    for at in (NOON, NOON - KEPT - timedelta(days=1)):
        note_asked(parse("环评"), 1, at)
    write()

    assert forget_old(NOON) == 1
    assert TermCount.objects.count() == 1
