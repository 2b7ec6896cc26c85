"""A receipt is read as people copy it."""

import pytest

from bidding.forms.reports import ReceiptForm, ReportAnswerForm
from bidding.models.report import new_receipt
from bidding.pages.reports import written_receipt


def test_a_receipt_is_read_with_hyphens_blanks_and_small_letters() -> None:
    receipt = new_receipt()
    form = ReceiptForm({"receipt": f" {written_receipt(receipt).lower()} "})

    assert form.is_valid()
    assert form.cleaned_data["receipt"] == receipt


@pytest.mark.parametrize("typed", ["ABC", "I" * 20, "0" * 20])
def test_what_is_no_receipt_is_refused(typed: str) -> None:
    form = ReceiptForm({"receipt": typed})

    assert form.errors == {"receipt": ["回执号是 20 位字母和数字，请核对。"]}


def test_an_answer_says_whether_it_was_taken_up() -> None:
    form = ReportAnswerForm({"outcome": "set_aside", "answer": "没有线索。"})

    assert form.is_valid()
    assert form.given() == {"answer": "没有线索。", "is_taken_up": False}
