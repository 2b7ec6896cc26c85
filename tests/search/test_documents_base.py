"""What every kind of document is read with."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from search.documents.base import amount, dates, lines, midnight, moment, said, values
from tests.clock import NOON


def test_facts_and_texts_without_a_word_are_left_out() -> None:
    assert said(" 章贡区\n水利局 ", "") == ("章贡区 水利局",)
    assert lines("甲", "", "乙") == "甲\n乙"


def test_a_day_begins_and_a_year_and_its_months_turn_in_beijing() -> None:
    assert midnight(date(2026, 1, 1)) == datetime(2025, 12, 31, 16, tzinfo=UTC)
    assert dates(datetime(2025, 12, 31, 16, tzinfo=UTC)) == [("date", "2026"), ("date", "2026-01")]


def test_an_amount_has_a_step_and_none_has_none() -> None:
    assert amount(Decimal("99999.99")) == [("amount", "50000")]
    assert amount(None) == []


def test_a_value_is_there_once_and_an_empty_one_is_not() -> None:
    assert values(("class", "a"), ("class", "a"), ("fund", "")) == (("class", "a"),)


def test_a_moment_that_a_row_must_have_is_there() -> None:
    assert moment(NOON) == NOON
    with pytest.raises(AssertionError):
        moment(None)
