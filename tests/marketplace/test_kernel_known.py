from collections.abc import Callable
from copy import copy
from datetime import date

import pytest
from django.utils import translation

from marketplace.kernel.known import (
    asked_once,
    asking_once,
    at_version,
    once,
    once_each,
    read_version,
)
from marketplace.models import Division
from tests.connections import Act
from tests.factories.marketplace import ParameterFactory


@pytest.fixture
def counted() -> tuple[list[int], Callable[[], int]]:
    asked: list[int] = []

    def read() -> int:
        asked.append(1)
        return len(asked)

    return asked, read


def test_a_value_is_read_once_at_one_version(counted) -> None:
    asked, read = counted

    with at_version("1-1-1/once"):
        assert [once("value", "a", read=read), once("value", "a", read=read)] == [1, 1]
        assert once("value", "b", read=read) == 2
    with at_version("2-2-3/once"):
        assert once("value", "a", read=read) == 3

    assert len(asked) == 3


def test_each_language_has_values_of_its_own(counted) -> None:
    _asked, read = counted

    with at_version("1-1-1/spoken"):
        chinese = once("value", read=read), once_each("each", [1], read=lambda _keys: {1: read()})
        with translation.override("en"):
            english = (
                once("value", read=read),
                once_each("each", [1], read=lambda _keys: {1: read()}),
            )
        again = once("value", read=read), once_each("each", [1], read=lambda _keys: {1: read()})

    assert (chinese, english) == ((1, {1: 2}), (3, {1: 4}))
    assert again == chinese


def test_values_of_a_version_go_when_nobody_asks_for_it_any_more(counted) -> None:
    _asked, read = counted

    found = []
    for version in ("1/gone", "2/gone", "1/gone", "3/gone", "1/gone"):
        with at_version(version):
            found.append(once("value", read=read))

    assert found == [1, 2, 1, 3, 4]


def test_nothing_is_kept_where_there_is_no_version(counted) -> None:
    _asked, read = counted

    assert [once("value", read=read), once("value", read=read)] == [1, 2]
    with at_version(""):
        assert [once("value", read=read), once("value", read=read)] == [3, 4]


@pytest.mark.django_db
def test_inside_a_transaction_there_is_no_version() -> None:
    assert read_version() == ""


@pytest.mark.django_db(transaction=True)
def test_each_committed_change_makes_another_version() -> None:
    versions = [read_version()]
    for month in (1, 2, 3):
        ParameterFactory(in_force_from=date(2025, month, 1))
        versions.append(read_version())

    assert len(set(versions)) == 4


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_after_a_later_one_still_makes_another_version() -> None:
    """The number of a change is taken before its commit: the highest alone would not move."""
    division = ParameterFactory().division
    before = read_version()
    days = iter(date(2026, month, 1) for month in (1, 2))
    first = Act(lambda: ParameterFactory(division=division, in_force_from=next(days)), hold=True)
    assert first.acted.wait(20)
    assert first.error is None

    second = Act(lambda: ParameterFactory(division=division, in_force_from=next(days)))
    second.end()
    between = read_version()
    first.end()
    after = read_version()

    assert second.error is None
    assert between.partition("-")[0] == after.partition("-")[0]
    assert len({before, between, after}) == 3


def test_a_page_asks_once_for_the_same_and_an_act_each_time(counted) -> None:
    _asked, read = counted
    ask = asked_once(lambda *_args, **_kwargs: read())

    with asking_once():
        assert [ask("a"), ask("a"), ask("b"), ask("a", by="b"), ask("a", by="b")] == [1, 1, 2, 3, 3]
    with asking_once():
        assert ask("a") == 4
    assert [ask("a"), ask("a")] == [5, 6]


def test_what_can_change_is_asked_each_time_and_a_copy_of_a_row_is_another(counted) -> None:
    _asked, read = counted
    ask = asked_once(lambda *_args, **_kwargs: read())
    row = Division(code="360000")

    with asking_once():
        assert [ask([1]), ask([1])] == [1, 2]
        assert [ask(row), ask(copy(row)), ask(row), ask(by=row)] == [3, 4, 3, 5]
        assert [ask(copy(row)) for _number in range(3)] == [6, 7, 8]
