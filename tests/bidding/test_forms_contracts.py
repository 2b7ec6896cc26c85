"""The forms of a contract: one file, a word on a result, five times one to five stars."""

from bidding.forms.contracts import DeliveryForm, FileForm, PaymentForm, RatingForm
from tests.uploads import PDF_BYTES, upload

LIMIT = len(PDF_BYTES)
CRITERIA = ["quality", "attitude", "timeliness", "charges", "conduct"]
STARS = dict.fromkeys(CRITERIA, "4")


def test_a_file_is_taken_up_to_the_limit_and_asked_for() -> None:
    assert FileForm({}, {"file": upload()}, limit=LIMIT).is_valid()
    assert not FileForm({}, {"file": upload()}, limit=LIMIT - 1).is_valid()
    assert list(FileForm({}, {}, limit=LIMIT).errors) == ["file"]


def test_a_word_on_the_result_may_be_left_out_and_is_one_line() -> None:
    def errors(note: str) -> list[str]:
        return list(DeliveryForm({"note": note}, {"file": upload()}, limit=LIMIT).errors)

    assert errors("") == errors("甲" * 300) == []
    assert errors("甲" * 301) == errors("一\t二") == errors("看不\u200b见") == ["note"]


def test_stars_are_numbers_of_all_five_criteria() -> None:
    form = RatingForm(STARS)

    assert form.is_valid()
    assert form.cleaned_data == {**dict.fromkeys(CRITERIA, 4), "comment": ""}
    assert list(RatingForm({}).errors) == CRITERIA
    for wrong in ("0", "6", "4.5", "五"):
        assert list(RatingForm({**STARS, "charges": wrong}).errors) == ["charges"]


def test_criteria_are_called_as_they_are_published_and_nothing_is_chosen_beforehand() -> None:
    labels = [str(field.label) for field in RatingForm.base_fields.values()]

    assert labels == ["服务质量", "服务态度", "服务时效", "收费规范", "诚信守约", "评语"]
    assert "checked" not in RatingForm().as_p()


def test_the_answer_about_the_payment_is_one_of_three_and_has_no_default() -> None:
    assert PaymentForm({"answer": "received"}).is_valid()
    assert [*PaymentForm({"answer": "unpaid", "reasons": " "}).errors] == ["reasons"]
    assert PaymentForm({"answer": "unpaid", "reasons": "尾款未付。"}).is_valid()
    for wrong in ({}, {"answer": ""}, {"answer": "soon"}):
        assert list(PaymentForm(wrong).errors) == ["answer"]
    assert PaymentForm().as_p().count("checked") == 0
