"""Whether a value has the one form it must have, and where it has not."""

import pytest

from bidding.selection.shapes import MOMENT, MONEY, SHA256, TEXT, USCC, misfits


@pytest.mark.parametrize(
    ("form", "value", "fits"),
    [
        (MONEY, "0.00", True),
        (MONEY, "999999999999.99", True),
        (MONEY, "1000000000000.00", False),
        (MONEY, "01.00", False),
        (MONEY, "-1.00", False),
        (MONEY, 1, False),
        (USCC, "91360102MA36E8JC50", True),
        (USCC, "91360102ma36e8jc50", False),
        (SHA256, "a" * 64, True),
        (SHA256, "a" * 63, False),
        (TEXT, "\n", True),
        (TEXT, "", False),
        (MOMENT, "2026-11-24T00:00:00+08:00", True),
        (MOMENT, "2026-11-24T00:00:00Z", False),
        ((None, MONEY), None, True),
        ((None, MONEY), "x", False),
        (range(1, 3), 2, True),
        (range(1, 3), 3, False),
        (range(1, 3), True, False),
        (object, ["anything"], True),
    ],
)
def test_a_value_fits_its_form_or_not(form, value, fits):
    assert ([*misfits(value, form)] == []) is fits


def test_a_misfit_is_named_by_its_path():
    form = {"list": [{"amount": MONEY}], "word": ("a", "b")}
    value = {"list": [{"amount": "1.00"}, {"amount": "1"}], "word": "c"}

    assert [*misfits(value, form)] == ["$.list[1].amount", "$.word"]


def test_a_key_too_many_or_too_few_is_a_misfit_of_the_whole():
    assert [*misfits({"a": "x", "b": "x"}, {"a": TEXT})] == ["$"]
    assert [*misfits({}, {"a": TEXT})] == ["$"]
