"""Canonical JSON: fixed bytes for fixed values, and no second form for any value."""

import enum
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.canonical import NotCanonical, canonical_json, sha256_hex


class Fund(enum.StrEnum):
    FISCAL = "fiscal"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    texts,
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12),
    st.dates(),
    st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)),  # noqa: DTZ001 - Hypothesis adds the zone
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def test_the_form_is_fixed_to_the_byte():
    value = {
        "规则": ["“三”家", None, True, 3],
        "price": Decimal("86000.00"),
        "at": datetime(2026, 11, 24, 1, 0, tzinfo=UTC),
        "on": date(2026, 11, 24),
    }

    assert (
        canonical_json(value)
        == (
            '{"at":"2026-11-24T09:00:00+08:00","on":"2026-11-24","price":"86000",'
            '"规则":["“三”家",null,true,3]}'
        ).encode()
    )


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("100", "100"),
        ("100.00", "100"),
        ("1E+2", "100"),
        ("0.020", "0.02"),
        ("2E-7", "0.0000002"),
        ("-0.00", "0"),
        ("-5.50", "-5.5"),
        ("500000", "500000"),
    ],
)
def test_equal_decimals_have_one_form(number, text):
    assert canonical_json(Decimal(number)) == f'"{text}"'.encode()


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        [1, 2.0],
        {"a": {"b": float("nan")}},
        Decimal("NaN"),
        Decimal("-Infinity"),
        2**53,
        -(2**53),
        datetime(2026, 11, 24, tzinfo=UTC).replace(tzinfo=None),
        {1: "a"},
        {None: "a"},
        {"a", "b"},
        b"bytes",
        "\ud800",
        {"\udfff": 1},
        timedelta(days=1),
        object(),
    ],
)
def test_what_two_programs_could_write_differently_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical_json(value)


def test_the_refusal_says_where():
    with pytest.raises(NotCanonical, match=r"^\$\.rules\[1\]\.step: float$"):
        canonical_json({"rules": [{}, {"step": 0.02}]})


def test_a_text_that_is_a_choice_is_its_value():
    assert canonical_json({Fund.FISCAL: Fund.FISCAL}) == b'{"fiscal":"fiscal"}'


def test_a_moment_is_the_same_in_every_zone_and_keeps_its_microseconds():
    moment = datetime(2026, 11, 24, 16, 0, 0, 5, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=-7)))

    assert canonical_json(moment) == b'"2026-11-25T00:00:00.000005+08:00"'
    assert canonical_json(elsewhere) == canonical_json(moment)


def test_keys_are_sorted_by_utf16_as_browsers_do():
    assert canonical_json({"\ufb33": 1, "\U0001f600": 2, "é": 3, "z": 4}) == (
        '{"z":4,"é":3,"\U0001f600":2,"\ufb33":1}'.encode()
    )


@given(values)
def test_reading_and_writing_again_changes_nothing(value):
    once = canonical_json(value)

    assert canonical_json(json.loads(once)) == once


@given(st.dictionaries(texts, leaves, max_size=6))
def test_the_order_of_insertion_does_not_matter(value):
    assert canonical_json(dict(reversed(value.items()))) == canonical_json(value)


@given(st.lists(texts, max_size=4), st.lists(texts, max_size=4))
def test_different_lists_have_different_forms(one, other):
    assert (canonical_json(one) == canonical_json(other)) is (one == other)


def test_sha256_is_the_published_one():
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
