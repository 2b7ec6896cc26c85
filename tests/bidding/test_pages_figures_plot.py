"""How the numbers of a figure are written."""

from decimal import Decimal

import pytest

from bidding.pages.figures.plot import PlotRow, in_wan, percent, points, row, says, written


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "—"), (1234, "1,234"), (Decimal("12.25"), "12.3"), (Decimal("9999.95"), "10,000.0")],
)
def test_a_number_is_written_as_a_table_shows_it(value, text):
    assert written(value) == text


def test_amounts_are_in_ten_thousands_and_a_share_of_nothing_is_none():
    assert (in_wan(Decimal(123_450)), in_wan(Decimal("50.49"))) == (
        Decimal("12.35"),
        Decimal("0.01"),
    )
    assert (percent(1, 8), percent(1, 0)) == (Decimal("12.5"), None)


def test_a_line_is_shown_and_said_by_its_first_number():
    line = row("竞价", 3, None, url="/tenders/")

    assert line == PlotRow("竞价", (3, None), ["3", "—"], "/tenders/")
    assert [(one.label, one.number, one.written) for one in points([line], unit=" 项")] == [
        ("竞价", 3.0, "3 项")
    ]
    assert says("按选取方式", [line], "项") == "按选取方式：竞价 3项"
