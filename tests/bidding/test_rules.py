"""Every rule is read from the shipped rulebook under its key, and nothing is guessed."""

from dataclasses import FrozenInstanceError, fields
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.rules import (
    FUNDS,
    METHODS,
    NoRulesInForce,
    RuleMalformed,
    RuleMissing,
    Rules,
    in_force,
)
from tests.bidding.shipped import RULES, VALUES

NUMBERS = {
    "signup_min_days": ("order.signup_min", 3),
    "signup_max_days": ("order.signup_max", 60),
    "service_max_days": ("order.service_max", 1250),
    "max_failed_rounds": ("order.max_failed_rounds", 2),
    "tender_limit": ("order.tender_limit", 1000000),
    "opening_grace_seconds": ("opening.grace", 60),
    "direct_accept_days": ("direct.accept", 2),
    "selection_register_days": ("selection.register", 1),
    "result_publicity_days": ("result.publicity", 3),
    "complaint_file_days": ("complaint.file", 5),
    "complaint_answer_days": ("complaint.answer", 10),
    "contract_sign_days": ("contract.sign", 10),
    "late_tolerance_days": ("service.late_tolerance", 10),
    "acceptance_window_calendar_days": ("acceptance.window", 180),
    "payment_public_body_calendar_days": ("payment.public_body", 30),
    "payment_contract_max_calendar_days": ("payment.by_contract_max", 60),
    "rating_window_days": ("rating.window", 15),
    "rating_amend_days": ("rating.amend", 3),
    "rating_high_stars": ("rating.high_stars", 23),
    "rating_low_stars": ("rating.low_stars", 12),
    "reminder_days": ("reminder.before", 2),
    "archive_years": ("archive.years", 15),
    "auction_countdown_minutes": ("auction.countdown", 5),
    "auction_step_percent": ("auction.step", 2),
    "auction_rate_step_percent": ("auction.rate_step", 20),
}
KEYS = {
    *(key for key, _value in NUMBERS.values()),
    *(f"order.min_signups.{method}.{fund}" for method in METHODS for fund in FUNDS),
    *(f"method.enabled.{method}.{fund}" for method in METHODS for fund in FUNDS),
    *(f"order.must_use_limit.{level}" for level in ("province", "city", "county")),
    "rating.weights",
    "best_price.percents",
}


@pytest.mark.parametrize(("name", "key", "value"), [(n, *kv) for n, kv in NUMBERS.items()])
def test_a_number_comes_from_its_key(name, key, value):
    assert getattr(RULES, name) == value
    assert getattr(Rules.from_values({**VALUES, key: value + 7}), name) == value + 7


def test_every_field_is_covered_here():
    assert {field.name for field in fields(Rules)} == {
        *NUMBERS,
        "min_signups",
        "is_enabled",
        "must_use_limit",
        "rating_weights",
        "best_price_percents",
    }


@pytest.mark.parametrize(
    ("method", "fund", "count"),
    [
        ("lowest", "fiscal", 3),
        ("lowest", "private", 1),
        ("credit_shortlist", "private", 2),
        ("plan", "fiscal", 1),
        ("direct", "state_owned", 1),
    ],
)
def test_the_fewest_signups_depend_on_method_and_fund(method, fund, count):
    changed = Rules.from_values({**VALUES, f"order.min_signups.{method}.{fund}": 9})

    assert RULES.min_signups[method, fund] == count
    assert changed.min_signups == {**RULES.min_signups, (method, fund): 9}


def test_methods_are_switched_by_fund():
    off = {pair for pair, enabled in RULES.is_enabled.items() if not enabled}

    assert off == {("random", "fiscal"), ("direct", "fiscal")}
    assert len(RULES.is_enabled) == 24


def test_limits_depend_on_the_level():
    assert RULES.must_use_limit == {"province": 500000, "city": 300000, "county": 300000}


def test_lists_and_weights_keep_their_names_and_order():
    assert RULES.rating_weights == {"buyer": 50, "regulator": 30, "operator": 20}
    assert RULES.best_price_percents == (95, 96, 97, 98)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_missing_key_is_named(key):
    values = {other: value for other, value in VALUES.items() if other != key}

    with pytest.raises(RuleMissing, match=f"{key}$") as missing:
        Rules.from_values(values)

    assert missing.value.key == key


def test_no_other_key_is_needed():
    assert Rules.from_values({key: VALUES[key] for key in KEYS}) == RULES


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("order.signup_min", 3.0),
        ("order.signup_min", "three"),
        ("order.signup_min", True),
        ("order.signup_min", None),
        ("order.signup_min", -1),
        ("order.signup_min", "2.5"),
        ("order.signup_min", 10000),
        ("order.signup_max", 10000),
        ("order.service_max", 10000),
        ("acceptance.window", 10000),
        ("order.min_signups.lowest.fiscal", 0),
        ("order.min_signups.lowest.fiscal", 1000),
        ("order.tender_limit", "NaN"),
        ("order.tender_limit", "Infinity"),
        ("method.enabled.lowest.fiscal", 1),
        ("method.enabled.lowest.fiscal", "true"),
        ("opening.grace", 59),
        ("rating.weights", {"buyer": 50, "regulator": 30, "operator": 21}),
        ("rating.weights", {"buyer": 50, "regulator": 50}),
        ("rating.weights", [50, 30, 20]),
        ("best_price.percents", []),
        ("best_price.percents", "95"),
        ("best_price.percents", [95, 101]),
        ("best_price.percents", [0]),
    ],
)
def test_a_malformed_value_is_named_and_not_guessed(key, value):
    with pytest.raises(RuleMalformed, match=key) as malformed:
        Rules.from_values({**VALUES, key: value})

    assert malformed.value.key == key


def test_the_least_and_the_greatest_values_are_read():
    fewest = {"order.min_signups.lowest.fiscal": 1, "order.service_max": 9999}
    most = {"order.min_signups.lowest.fiscal": 999, "order.service_max": 0}

    least, greatest = (Rules.from_values({**VALUES, **values}) for values in (fewest, most))

    assert (least.min_signups["lowest", "fiscal"], least.service_max_days) == (1, 9999)
    assert (greatest.min_signups["lowest", "fiscal"], greatest.service_max_days) == (999, 0)


@pytest.mark.parametrize("value", [5, "5", "5.0", Decimal(5)])
def test_a_number_may_be_written_as_text(value):
    assert Rules.from_values({**VALUES, "order.signup_min": value}).signup_min_days == 5


def test_rules_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        RULES.signup_min_days = 1
    with pytest.raises(TypeError):
        RULES.min_signups["lowest", "fiscal"] = 1


HISTORY = [(date(2025, 1, 1), "first"), (date(2026, 4, 1), "second")]


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2025, 1, 1), "first"),
        (date(2026, 3, 31), "first"),
        (date(2026, 4, 1), "second"),
        (date(2030, 1, 1), "second"),
    ],
)
def test_a_version_holds_from_its_first_day(day, version):
    assert in_force(HISTORY, day) == version
    assert in_force(reversed(HISTORY), day) == version


def test_before_the_first_version_nothing_holds():
    with pytest.raises(NoRulesInForce):
        in_force(HISTORY, date(2024, 12, 31))


def test_of_two_versions_from_one_day_the_later_listed_holds():
    assert in_force([*HISTORY, (date(2026, 4, 1), "third")], date(2026, 4, 1)) == "third"


@given(st.lists(st.tuples(st.dates(), st.integers()), min_size=1), st.dates())
def test_no_version_that_began_later_is_passed_over(history, day):
    begun = [first for first, _version in history if first <= day]

    if begun:
        assert (max(begun), in_force(history, day)) in history
    else:
        with pytest.raises(NoRulesInForce):
            in_force(history, day)
