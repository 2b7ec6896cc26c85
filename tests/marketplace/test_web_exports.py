"""Files that a spreadsheet opens as they are meant."""

from pathlib import Path

from marketplace.web import exports
from marketplace.web.exports import csv_response


def content(rows: list[list[object]]) -> bytes:
    return b"".join(csv_response("orders", rows).streaming_content)


def test_excel_is_told_the_encoding_and_the_browser_the_name() -> None:
    response = csv_response("orders", [["编号"]])

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="orders.csv"'
    assert b"".join(response.streaming_content) == "\ufeff编号\r\n".encode()


def test_a_row_is_not_asked_for_before_it_is_sent() -> None:
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    lines = iter(csv_response("orders", rows()).streaming_content)

    assert (next(lines), next(lines), asked) == ("\ufeff".encode(), b"0\r\n", [0])


FORMULA_STARTS = [
    *("=", "+", "-", "@", "\t", "\r", "\n", " ="),
    *("＝", "＋", "－", "\N{FULLWIDTH COMMERCIAL AT}", "﹢", "﹣", "\N{MINUS SIGN}"),
    *("\u3000=", "\u00a0@", "\u200b=", "\ufeff=", " \u3000\t＝", "\x1f="),
]


def test_no_cell_is_a_formula_in_whatever_width_and_behind_whatever_blank() -> None:
    for first in FORMULA_STARTS:
        cell = content([[f"{first}1+1"]]).decode().removeprefix("\ufeff")
        assert cell.strip('"').startswith("'"), repr(first)

    harmless = ["甲=乙", "2026-03-01", "（=）", "\u3000甲", ""]
    assert content([harmless]).decode() == f"\ufeff{','.join(harmless)}\r\n"


def test_nothing_else_writes_lists_for_spreadsheets() -> None:
    root = Path(exports.__file__).parents[2]
    apps = ("marketplace", "credit", "bidding", "cms", "search")
    modules = [path for app in apps for path in (root / app).rglob("*.py")]

    writing = [path for path in modules if "csv.writer" in path.read_text(encoding="utf-8")]
    assert writing == [Path(exports.__file__)]


def test_quotes_commas_and_nothing_are_written_as_a_spreadsheet_expects() -> None:
    assert content([['甲"乙', "丙,丁", None, 1]]).decode() == '\ufeff"甲""乙","丙,丁",,1\r\n'
