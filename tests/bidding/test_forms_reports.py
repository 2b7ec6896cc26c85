"""A receipt is read as people copy it."""

import pytest

from bidding.actions.reports import Suspicion
from bidding.forms.reports import ReceiptForm, ReportAnswerForm
from bidding.models.report import new_receipt
from bidding.pages.reports import written_receipt
from tests.clock import NOON
from tests.factories.bidding import rulebook
from tests.factories.credit import active_agency


def test_a_receipt_is_read_with_hyphens_blanks_and_small_letters() -> None:
    receipt = new_receipt()
    form = ReceiptForm({"receipt": f" {written_receipt(receipt).lower()} "})

    assert form.is_valid()
    assert form.cleaned_data["receipt"] == receipt


@pytest.mark.parametrize("typed", ["ABC", "I" * 20, "0" * 20])
def test_what_is_no_receipt_is_refused(typed: str) -> None:
    form = ReceiptForm({"receipt": typed})

    assert form.errors == {"receipt": ["回执号是 20 位字母和数字，请核对。"]}


@pytest.mark.django_db
def test_an_answer_says_whether_it_was_taken_up_and_whom_to_look_into_for_what() -> None:
    rulebook()
    agency = active_agency()

    def given(**typed: str) -> ReportAnswerForm:
        return ReportAnswerForm({"outcome": "set_aside", "answer": "没有线索。", **typed}, at=NOON)

    form = given()
    assert form.is_valid()
    answer = {"answer": "没有线索。", "is_taken_up": False}
    assert form.given() == {**answer, "suspicion": None}
    form = given(accused=f" {agency.uscc.lower()} ", conduct="bribery")
    assert form.is_valid()
    assert form.given() == {**answer, "suspicion": Suspicion(agency, "bribery")}
    assert given(accused=agency.uscc).errors.keys() == {"conduct"}
    assert given(conduct="bribery").errors.keys() == {"accused"}
    assert given(accused="91350203M0001QKT19", conduct="bribery").errors == {
        "accused": ["没有这个代码的入驻机构，请核对。"]
    }
