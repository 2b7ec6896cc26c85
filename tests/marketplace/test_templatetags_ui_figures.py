"""Figures as people read them."""

from decimal import Decimal

import pytest

from marketplace.templatetags import ui_figures


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal(86000), "¥86,000.00"),
        (Decimal("1234567.005"), "¥1,234,567.01"),
        (0, "¥0.00"),
        (Decimal("-1.5"), "\N{MINUS SIGN}¥1.50"),
        (None, ""),
    ],
)
def test_money_is_written_to_the_cent(value: object, written: str) -> None:
    assert ui_figures.money(value) == written
