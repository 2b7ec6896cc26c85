"""Lines of a table and members of an object: a fault names its line and column."""

from datetime import date

import pytest

from marketplace.reference import parse_service_classes
from marketplace.reference.sources import (
    Row,
    line_of,
    read_member,
    read_object,
    read_rows,
    refuse_long,
)
from tests.reference_files import fault, library

CLASS_HEADER = "code,name,icon,group,requirement,legal_basis\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("code,name,icon,requirement,legal_basis\n", (1, "group", "missing_column", "")),
        (f"{CLASS_HEADER}C01,测绘\n", (2, "", "wrong_number_of_cells", "2")),
        (f"{CLASS_HEADER}C01,测绘,,甲,,\nC02,,,甲,,\n", (3, "name", "empty", "")),
        (f"{CLASS_HEADER}C01,测绘,,甲,,\nC01,勘察,,甲,,\n", (3, "code", "duplicate", "C01")),
        (f"{CLASS_HEADER}C01,测绘,,甲,,\nC02,测绘,,甲,,\n", (3, "name", "duplicate", "测绘")),
        (f"{CLASS_HEADER}C01, 测绘,,甲,,\n", (2, "name", "surrounding_space", " 测绘")),
        (f'{CLASS_HEADER}C01,"测\n绘",,甲,,\nC02,,,甲,,\n', (4, "name", "empty", "")),
    ],
)
def test_a_fault_in_a_table_names_its_line_and_column(content, expected):
    assert fault(parse_service_classes, content, library()) == expected


def test_a_cell_is_as_long_as_its_column_and_no_longer():
    rows, limits = "a,b\n很很,x\n很很很,y\n", {"a": 3}

    refuse_long(rows, ("a", "b"), limits)
    assert fault(refuse_long, f"{rows}{'很' * 21},z\n", ("a", "b"), limits) == (
        *(4, "a", "too_long"),
        f"{'很' * 20}…",
    )


def test_an_open_quote_is_refused():
    line, _column, problem, _value = fault(
        parse_service_classes, f'{CLASS_HEADER}C01,"测绘\n', library()
    )

    assert (line, problem) == (2, "not_csv")


def test_the_columns_stand_in_their_order():
    assert fault(read_rows, "b,a\n1,2\n", "file.csv", ("a", "b")) == (
        *(1, "", "unexpected_columns"),
        "b,a",
    )


def row(cell):
    return Row("file.csv", 7, {"cell": cell})


def test_a_cell_is_read_as_what_its_column_holds():
    assert (row("12").number("cell"), row("").number("cell")) == (12, None)
    assert row("2026-02-28").day("cell") == date(2026, 2, 28)
    assert row("").day_if_any("cell") is None
    assert row("b").one_of("cell", {"a", "b"}) == "b"


@pytest.mark.parametrize(
    ("cell", "read", "problem"),
    [
        ("", Row.text, "empty"),
        ("0", Row.number, "not_a_number"),
        ("012", Row.number, "not_a_number"),
        ("2026-02-29", Row.day, "not_a_date"),
        ("2026-2-8", Row.day_if_any, "not_a_date"),
    ],
)
def test_a_cell_of_another_kind_is_refused_where_it_stands(cell, read, problem):
    assert fault(read, row(cell), "cell") == (7, "cell", problem, cell)


def test_a_member_is_of_its_kind_and_found_at_its_line():
    text = '{"a": {"x": 1},\n "b": {\n  "x": true}}'
    content = read_object(text, "file.json")

    assert read_member(content, "b", dict, "file.json") == {"x": True}
    assert line_of(text, "x", within="b") == 3
    assert fault(read_member, content["b"], "x", int, "file.json")[1:3] == ("x", "missing_member")
