"""What goes back says why: thing by thing, in words, or both."""

import pytest

from marketplace.forms.remarks import CheckItem, RemarksForm

ITEMS = [CheckItem("name", "名称", "江西测试"), CheckItem("paper-licence", "材料：营业执照")]


@pytest.mark.parametrize(
    ("typed", "words", "about"),
    [
        ({"reasons": "请盖章"}, "请盖章", []),
        ({"reason-name": "differs"}, "名称：与证照不一致。", ["name"]),
        (
            {"reason-name": "differs", "note-paper-licence": "第二页缺失"},
            "名称：与证照不一致。\n材料：营业执照：第二页缺失。",
            ["name", "paper-licence"],
        ),
        ({"reasons": "见下", "note-name": "少一个字"}, "见下", ["name"]),
    ],
)
def test_words_are_made_of_the_remarks_where_none_are_given(
    typed: dict[str, str], words: str, about: list[str]
) -> None:
    form = RemarksForm(typed, items=ITEMS)

    assert form.is_valid()
    assert form.cleaned_data["reasons"] == words
    assert [one["about"] for one in form.cleaned_data["remarks"]] == about


@pytest.mark.parametrize("typed", [{}, {"reasons": "  "}, {"reason-name": "nonsense"}])
def test_nothing_goes_back_without_a_reason(typed: dict[str, str]) -> None:
    assert not RemarksForm(typed, items=ITEMS).is_valid()
