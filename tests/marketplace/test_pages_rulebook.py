"""The rulebook for readers: by subject and by table, where it differs, and what has changed."""

from collections.abc import Sequence
from datetime import date

import pytest

from marketplace.kernel.rules import rules_in_force
from marketplace.pages.rulebook import (
    HEADS,
    Line,
    changes,
    chapters,
    csv_rows,
    lines,
    matching,
    matrices,
)
from tests.factories.marketplace import PROVINCE, ParameterFactory, division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
TODAY = date(2026, 11, 24)
CELL = "order.min_signups.lowest.fiscal"


def read(code: str = PROVINCE) -> list[Line]:
    return lines(rules_in_force(division(code), TODAY), {})


def by_key(shown: Sequence[Line]) -> dict[str, Line]:
    return {line.rule.key: line for line in shown}


def test_a_value_is_written_as_people_read_it() -> None:
    shown = by_key(read())

    assert {key: shown[key].value for key in VALUES} == VALUES
    assert shown["credit.points.abandonment"].sentence == (
        "无正当理由放弃中选，信用分变动 −10 分。"
    )
    assert shown["sanction.months.general"].sentence == "一般失信的信用限制期为 3 至 12 个月。"
    assert shown["order.signup_min"].since == date(2025, 1, 1)


VALUES = {
    "order.signup_min": "3 个工作日",
    "order.tender_limit": "1,000,000 元",
    "credit.points.abandonment": "−10 分",
    "method.enabled.direct.fiscal": "停用",
    "method.enabled.direct.private": "可用",
    "sanction.months.general": "3 至 12 个月",
    "order.max_failed_rounds": "2",
}


def test_what_refines_a_rule_of_one_dimension_is_told_in_words() -> None:
    entries = [entry for chapter in chapters(read()) for entry in chapter.entries]

    [tendered] = [entry for entry in entries if entry.key == "order.tendered"]
    assert [name for name, _line in tendered.cells][:2] == [
        "财政资金",
        "财政资金 · 服务类别 C01",
    ]
    assert [name for entry in entries for name, _line in entry.cells if "." in name] == []


def test_every_rule_stands_once_in_its_chapter_or_in_its_table() -> None:
    ParameterFactory(key=f"{CELL}.C01", value=7, unit="count")
    shown = read()

    named = [line.rule.key for chapter in chapters(shown) for line in chapter.lines]
    tables = matrices(shown)
    squared = [line.rule.key for table in tables for line in table.lines]

    assert sorted([*named, *squared]) == sorted(by_key(shown))
    [least] = [table for table in tables if table.key == "order.min_signups"]
    [cell] = [one for _name, row in least.rows for one in row if one and one.line.rule.key == CELL]
    assert ("服务类别 C01", "7") in [(name, line.value) for name, line in cell.finer]
    assert [chapter.name for chapter in chapters(shown)][:2] == ["admission", "order"]
    assert {table.key for table in tables} == {
        "method.enabled",
        "order.min_signups",
        "order.outcome",
    }


def test_what_one_name_tells_apart_stands_in_one_row_under_the_name_of_all() -> None:
    shown = chapters(matching(read(), "应当使用平台"))

    [entry] = [one for chapter in shown for one in chapter.entries]

    assert (entry.key, entry.label) == ("order.must_use_limit", "财政资金应当使用平台的限额")
    assert [(name, line.value) for name, line in entry.cells] == [
        ("省级", "1,000,000 元"),
        ("省级 · 按货物计", "1,000,000 元"),
        ("省级 · 按工程计", "600,000 元"),
        ("市级", "500,000 元"),
        ("市级 · 按货物计", "500,000 元"),
        ("市级 · 按工程计", "600,000 元"),
        ("县级", "500,000 元"),
        ("县级 · 按货物计", "500,000 元"),
        ("县级 · 按工程计", "600,000 元"),
    ]
    assert entry.alone is None
    assert [basis.names for basis in entry.bases] == [()]
    assert shown[0].total == 9


def test_what_rests_on_another_basis_is_named_beside_it() -> None:
    ParameterFactory(
        key="order.must_use_limit.county",
        value=400000,
        unit="yuan",
        in_force_from=date(2026, 1, 1),
    )
    shown = chapters(matching(read(), "应当使用平台"))

    [entry] = [one for chapter in shown for one in chapter.entries]

    assert [basis.names for basis in entry.bases] == [["县级"], ()]


def test_a_table_says_what_its_values_rest_on() -> None:
    [enabled] = [table for table in matrices(read()) if table.key == "method.enabled"]

    [basis] = [one for one in enabled.bases if one.source == "《优化营商环境条例》第四十三条第三款"]
    assert basis.names == ["直接选取，财政资金"]
    assert [one.is_of_the_rest for one in enabled.bases] == [False] * 4 + [True]


def test_a_subject_of_which_nothing_is_shown_has_no_chapter_and_no_table() -> None:
    [line] = matching(read(), "order.signup_min")

    assert [chapter.name for chapter in chapters([line])] == ["order"]
    assert matrices([line]) == []


def test_what_differs_by_area_is_shown_where_it_differs() -> None:
    county = division("360702")
    ParameterFactory(key="order.signup_min", value=6, division=county)
    ParameterFactory(key="order.review", value=2, division=county)
    province = rules_in_force(division(PROVINCE), TODAY)

    shown = lines(province, {county: rules_in_force(county, TODAY)})

    found = {line.rule.key: line.local for line in shown if line.local}
    assert found == {"order.signup_min": [("章贡区", "6 个工作日")]}


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("报名 最短", "order.signup_min"),
        ("ORDER.SIGNUP_MIN", "order.signup_min"),
        ("报名期不少于 3", "order.signup_min"),
        ("直接选取 国有", "method.enabled.direct.state_owned"),
        ("评标专家库", None),
    ],
)
def test_a_rule_is_found_by_all_words_of_its_name_key_and_sentence(
    asked: str, key: str | None
) -> None:
    found = by_key(matching(read(), asked))

    assert len(found) < 5
    assert key in found if key else found == {}


def test_a_table_of_it_has_a_row_for_each_rule_under_its_heads() -> None:
    heads, *rows = csv_rows(read())

    assert heads == HEADS
    assert [row[0] for row in rows] == [line.rule.key for line in read()]
    assert {len(row) for row in rows} == {len(HEADS)}


def test_only_another_value_is_a_change_and_what_one_side_lacks_is_told() -> None:
    before = rules_in_force(division(PROVINCE), TODAY)
    county = division("360702")
    ParameterFactory(key="order.signup_min", value=9, division=county)
    ParameterFactory(key=f"{CELL}.C01", value=7, unit="count", division=county)
    ParameterFactory(
        key="order.signup_max",
        value=60,
        division=county,
        legal_basis="平台默认（参考：湖南省规定）",
    )
    after = rules_in_force(county, TODAY)
    gone = {key: rule for key, rule in before.items() if key != "opening.grace"}

    told = [
        (change.key, *(one.value if one else None for one in (change.before, change.after)))
        for change in changes(before.values(), (after | {}).values())
    ]

    assert told == [(f"{CELL}.C01", None, "7"), ("order.signup_min", "3 个工作日", "9 个工作日")]
    [lost] = changes(before.values(), gone.values())
    assert (lost.key, lost.after) == ("opening.grace", None)
