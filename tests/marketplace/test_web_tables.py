"""A table is read as an office program saved it, and written without formulas."""

from datetime import date

import pytest
import tablib
from import_export.formats.base_formats import XLSX

from marketplace.reference import BadReferenceData
from marketplace.web.exports import csv_text
from marketplace.web.tables import excel, table_text

ROWS = [["名称", "数"], ["=甲", "-1"], ["乙，“丙”", "2026-11-24"]]


def test_a_sheet_says_what_was_written_and_holds_no_formula():
    content = excel(ROWS)

    assert table_text(content, "甲.xlsx") == csv_text(ROWS)
    assert b"<f>" not in content


def test_a_number_and_a_day_of_a_sheet_are_read_as_they_are_written():
    row = tablib.Dataset([15.0, date(2026, 11, 24), True], headers=list("甲乙丙"))
    typed = XLSX().export_data(row)

    assert table_text(typed, "甲.xlsx") == "甲,乙,丙\n15,2026-11-24,true\n"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x03\x04nothing", "not_a_sheet"),
        (b"\xff\xfea\x00", "utf_16"),
        ('甲,"乙'.encode(), "not_csv"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(content, problem):
    with pytest.raises(BadReferenceData) as refused:
        table_text(content, "甲.csv")

    assert refused.value.problem == problem
