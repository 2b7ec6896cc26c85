"""Files that a spreadsheet opens as they are meant."""

import pytest

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


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_no_cell_is_a_formula(first: str) -> None:
    cell = content([[f"{first}1+1"]]).decode().removeprefix("\ufeff")

    assert cell.strip('"').startswith("'")


def test_quotes_commas_and_nothing_are_written_as_a_spreadsheet_expects() -> None:
    assert content([['甲"乙', "丙,丁", None, 1]]).decode() == '\ufeff"甲""乙","丙,丁",,1\r\n'
