"""What keeps a rule from having a value: its kind, its area, its day, its basis."""

from datetime import date
from typing import Any

import pytest

from marketplace.guards.rules import (
    Finding,
    area_may_differ,
    basis_can_be_opened,
    basis_is_in_force,
    beginning_is_ahead,
    may_hold,
    rule_is_declared,
    rules_go_together,
    stored_value_is_kept,
    unfitness,
)
from marketplace.kernel.declarations import Declaration, Group, Override, Rules
from marketplace.kernel.kinds import Period
from marketplace.kernel.laws import Held, Library
from marketplace.reference import Parameter

TODAY = date(2026, 11, 24)
ENDS = date(2026, 12, 1)
WAIT: Declaration[Any] = Declaration(
    key="order.wait",
    kind=Period(units=("hour", "working_day"), least=1, most=60),
    label="等待",
    sentence="等待 {value}。",
    consumer="tests",
)
LAWS = Library(
    {
        "某条例": Held(
            is_reference=False,
            grounds_an_item=True,
            articles=frozenset({"第一条"}),
            periods=((None, ENDS),),
        )
    }
)


def row(**changed: Any) -> Parameter:
    facts = {
        "key": "order.signup_min",
        "scope": "360000",
        "value": 5,
        "unit": "working_day",
        "legal_basis": "平台默认",
        "source_note": "",
        "in_force_from": date(2027, 1, 1),
        "line": 4,
    }
    return Parameter(**(facts | changed))


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"key": "order.signup_mim"}, [("key", "rule_is_declared")]),
        ({"unit": "month"}, [("unit", "value_fits")]),
        ({"value": 0}, [("value", "value_fits")]),
        ({"key": "credit.base", "unit": "points", "value": 90}, [("scope", "area_may_differ")]),
    ],
)
def test_each_fault_of_a_row_of_a_county_is_found_with_its_column(
    changed: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    findings = list(may_hold(row(**changed), is_province=False))

    assert [(one.column, one.verdict.guard) for one in findings] == found
    assert {one.line for one in findings} <= {4}


def test_a_finding_says_its_line_its_column_and_the_reason() -> None:
    finding = Finding(4, "key", rule_is_declared(None, "a.b"))

    assert str(finding) == "第 4 行，键（key）：没有“a.b”这条规则"
    assert [*Finding.failed(4, {"key": rule_is_declared(WAIT, "order.wait")})] == []


@pytest.mark.parametrize(
    ("value", "unit", "problem"),
    [(60, "hour", None), (61, "hour", "out_of_bounds"), (3, "month", "wrong_unit")],
)
def test_a_value_is_of_the_kind_that_its_rule_declares(
    value: int, unit: str, problem: str | None
) -> None:
    found = unfitness(WAIT, value, unit)

    assert (found and found.problem) == problem


def test_only_what_the_province_leaves_to_them_differs_in_an_area() -> None:
    assert not area_may_differ(WAIT, is_province=False).holds
    assert area_may_differ(WAIT, is_province=True).holds
    free = Declaration(**(vars(WAIT) | {"override": Override.FREE}))
    assert area_may_differ(free, is_province=False).holds


@pytest.mark.parametrize(
    ("day", "is_known", "holds"),
    [
        (TODAY, True, True),
        (date(2026, 11, 23), True, False),
        (date(2020, 1, 1), False, True),
    ],
)
def test_a_value_begins_today_at_the_earliest_unless_nobody_has_the_key_yet(
    day: date, is_known: bool, holds: bool
) -> None:
    assert beginning_is_ahead(day, TODAY, is_known=is_known).holds is holds


@pytest.mark.parametrize(("given", "holds"), [(1, True), (2, False), (True, False)])
def test_what_is_stored_is_kept_in_value_and_type(given: object, *, holds: bool) -> None:
    assert stored_value_is_kept(1, given, TODAY).holds is holds


@pytest.mark.parametrize(
    ("basis", "refusal"),
    [
        ("《某条例》第一条", ""),
        ("《某条例》第二条", "依据无法核对：法规库没有这一条"),
        ("《某条例》", "依据无法核对：没有写明条款"),
        ("《别的条例》第一条", "依据无法核对：法规库没有这个文件"),
        ("某人说的", "依据无法核对：写法无法识别"),
    ],
)
def test_a_basis_must_be_one_that_can_be_opened(basis: str, refusal: str) -> None:
    verdict = basis_can_be_opened(basis, LAWS)

    assert ("" if verdict.holds else verdict.refusal) == refusal


@pytest.mark.parametrize(("day", "holds"), [(date(2026, 11, 30), True), (ENDS, False)])
def test_a_basis_must_be_in_force_on_the_first_day(day: date, *, holds: bool) -> None:
    verdict = basis_is_in_force("平台默认；《某条例》第一条", LAWS, day)

    assert verdict.holds is holds
    if not holds:
        assert verdict.refusal == "依据在 2026-12-01 不在有效期内：《某条例》第一条"


def test_rules_that_contradict_each_other_say_so_in_their_own_words() -> None:
    group = Group(keys=("a.b",), holds=lambda rules: rules.values["a.b"] < 3, refusal="太多")

    assert rules_go_together(group, Rules({"a.b": 2})).holds
    assert rules_go_together(group, Rules({"a.b": 3})).refusal == "太多"
