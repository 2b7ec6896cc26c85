"""What a value may be: unit, type, sign, bounds."""

from decimal import Decimal

import pytest

from marketplace.kernel.durations import Duration
from marketplace.kernel.kinds import (
    Choice,
    DaysBefore,
    Option,
    Period,
    Span,
    Switch,
    Unfit,
    Weights,
    Whole,
    money,
    points,
    share,
)

RATERS = Weights(names=("buyer", "regulator", "operator"))
DAYS = Period(units=("hour", "working_day"), least=1, most=60)


def accept(kind, raw, unit):
    value = kind.read(raw, unit)
    kind.check(value)
    return value


@pytest.mark.parametrize(
    ("kind", "raw", "unit", "value"),
    [
        (points(most=0), "-0.5", "points", Decimal("-0.5")),
        (points(most=0), 0, "points", Decimal(0)),
        (share(), "2.5", "percent", Decimal("2.5")),
        (money(), 500000, "yuan", Decimal(500000)),
        (money(), "0.01", "yuan", Decimal("0.01")),
        (Whole(least=1, most=9), 9, "count", 9),
        (DAYS, 48, "hour", Duration(48, "hour")),
        (Switch(), False, "switch", False),
        (
            Choice(options={"first": "第一", "last": "最后"}),
            "last",
            "choice",
            Option("last", "最后"),
        ),
        (Span(), [3, 12], "month", (3, 12)),
    ],
)
def test_a_fitting_value_is_read_exactly(kind, raw, unit, value):
    assert accept(kind, raw, unit) == value
    assert type(accept(kind, raw, unit)) is type(value)


def test_weights_keep_their_names():
    raw = {"operator": 20, "buyer": "50", "regulator": 30}

    assert dict(accept(RATERS, raw, "percent")) == {
        "buyer": 50,
        "regulator": 30,
        "operator": 20,
    }


@pytest.mark.parametrize(
    ("kind", "raw", "unit", "column", "problem"),
    [
        (DAYS, 3, "calendar_day", "unit", "wrong_unit"),
        (DAYS, 3, "", "unit", "wrong_unit"),
        (DAYS, 0, "hour", "value", "out_of_bounds"),
        (DAYS, 61, "hour", "value", "out_of_bounds"),
        (DAYS, -3, "hour", "value", "negative"),
        (DAYS, "2.5", "hour", "value", "not_whole"),
        (DAYS, True, "hour", "value", "not_a_number"),
        (DAYS, 3.0, "hour", "value", "not_a_number"),
        (DAYS, "three", "hour", "value", "not_a_number"),
        (DAYS, None, "hour", "value", "not_a_number"),
        (money(), "NaN", "yuan", "value", "not_a_number"),
        (money(), "Infinity", "yuan", "value", "not_a_number"),
        (money(), "-0.01", "yuan", "value", "negative"),
        (money(), "0.001", "yuan", "value", "too_many_digits"),
        (share(), 101, "percent", "value", "out_of_bounds"),
        (points(most=0), 10, "points", "value", "positive"),
        (points(least=0), -1, "points", "value", "negative"),
        (Whole(least=1), "1.5", "count", "value", "not_whole"),
        (Switch(), 1, "switch", "value", "not_a_switch"),
        (Switch(), "true", "switch", "value", "not_a_switch"),
        (Choice(options={"first": "第一"}), "third", "choice", "value", "not_an_option"),
        (Span(), [12, 3], "month", "value", "not_a_span"),
        (Span(), [3], "month", "value", "not_a_span"),
        (Span(), 3, "month", "value", "not_a_span"),
        (DaysBefore(), [7, 30], "calendar_day", "value", "not_days"),
        (DaysBefore(), [7, 7], "calendar_day", "value", "not_days"),
        (DaysBefore(), [], "calendar_day", "value", "not_days"),
        (DaysBefore(), 30, "calendar_day", "value", "not_days"),
        (DaysBefore(most=90), [91, 0], "calendar_day", "value", "out_of_bounds"),
        (RATERS, {"buyer": 50, "regulator": 50}, "percent", "value", "not_these_names"),
        (RATERS, [50, 30, 20], "percent", "value", "not_these_names"),
        (
            RATERS,
            {"buyer": 50, "regulator": 20, "operator": 20},
            "percent",
            "value",
            "not_a_hundred",
        ),
    ],
)
def test_an_unfit_value_is_named_and_not_guessed(kind, raw, unit, column, problem):
    with pytest.raises(Unfit) as unfit:
        accept(kind, raw, unit)

    assert (unfit.value.column, unfit.value.problem) == (column, problem)


def test_a_fixed_value_is_read_beyond_today_s_bounds():
    assert DAYS.read(99, "hour") == Duration(99, "hour")
