"""What is asked and answered fits, and holds nothing that cannot be seen."""

import pytest

from bidding.forms.questions import AnswerForm, QuestionForm


@pytest.mark.parametrize(
    ("form", "field", "most"), [(QuestionForm, "text", 500), (AnswerForm, "answer", 1000)]
)
def test_a_text_is_there_and_not_too_long(form, field, most) -> None:
    assert form({field: "字" * most}).is_valid()
    for wrong in ("", "字" * (most + 1), "看不见\u200b的"):
        assert field in form({field: wrong}).errors
