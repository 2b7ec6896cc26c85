"""What all forms share: one line stays one line."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms

from marketplace.forms.fields import OutsidePlaceField, SingleLines, is_text
from tests.factories.marketplace import place_codes

PACKAGES = ("marketplace.forms", "credit.forms", "bidding.forms")
BREAKS = {
    "a line feed": "a\nb",
    "a carriage return": "a\rb",
    "a tab": "a\tb",
    "a null": "a\x00b",
    "a vertical tab": "a\x0bb",
    "a line separator": "a\u2028b",
    "a next line": "a\x85b",
}


class Sample(SingleLines, forms.Form):
    line = forms.CharField()
    text = forms.CharField(widget=forms.Textarea)


@pytest.mark.parametrize("value", BREAKS.values(), ids=BREAKS)
def test_a_single_line_field_refuses_what_would_break_the_line(value):
    form = Sample({"line": value, "text": "a\r\nb"})

    assert list(form.errors) == ["line"]


def test_a_line_break_at_either_end_is_cut_off_and_a_text_keeps_its_own():
    form = Sample({"line": "\r\n采购　一 \n", "text": "a\r\nb"})

    assert form.is_valid()
    assert form.cleaned_data == {"line": "采购　一", "text": "a\r\nb"}


@pytest.mark.parametrize(
    "mark", ["\u200b", "\u202e", "\ufeff", "\u2066", "\u00ad", "\u3164", "\ufe0f"]
)
def test_what_cannot_be_seen_is_refused_in_a_line_and_in_a_text(mark):
    form = Sample({"line": f"a{mark}b", "text": f"a{mark}b\r\nc"})

    assert list(form.errors) == ["line", "text"]
    said = f"含有看不见的字符（U+{ord(mark):04X}），请删去，或者用键盘重新输入。"
    assert form.errors["text"] == [said]


def our_forms() -> Iterator[type[forms.BaseForm]]:
    for package in PACKAGES:
        for found in pkgutil.iter_modules(import_module(package).__path__, f"{package}."):
            import_module(found.name)
    waiting: list[type[forms.BaseForm]] = [forms.BaseForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            if form.__module__.startswith(PACKAGES):
                yield form


def test_every_form_with_a_text_holds_it_to_what_can_be_seen_and_a_line_to_one_line():
    found = set(our_forms())
    with_texts = {
        form for form in found if any(map(is_text, getattr(form, "base_fields", {}).values()))
    }

    assert len(with_texts) > 10
    assert {f"{form.__module__}.{form.__name__}" for form in with_texts} == {
        f"{form.__module__}.{form.__name__}" for form in with_texts if issubclass(form, SingleLines)
    }


def refusal(text: str) -> str:
    with pytest.raises(forms.ValidationError) as refused:
        OutsidePlaceField().clean(text)
    return refused.value.messages[0]


@pytest.mark.django_db
def test_a_place_outside_is_known_by_its_code_or_name_and_a_gone_one_says_what_came() -> None:
    hangzhou, west, other = place_codes("330100", "330106", "360103")
    place_codes("500105", "500157", "362324", "361124")

    assert [
        OutsidePlaceField().clean(text) for text in ("330106", "浙江省 杭州市 西湖区", "杭州市")
    ] == [*(west, west, hangzhou)]
    assert OutsidePlaceField().clean("") is None
    assert refusal("西湖区") == (
        "有几个地方可以这样写：浙江省杭州市西湖区（330106）、江西省南昌市西湖区（360103）。请写全称或者代码。"
    )
    assert refusal("500105") == (
        "重庆市江北区（500105）已在 2025 年停用，现为重庆市两江新区（500157）。"
    )
    assert refusal("362324") == (
        "江西省上饶地区铅山县（362324）已在 2000 年停用，现为江西省上饶市铅山县（361124）。"
    )
    assert refusal("无此县") == "没有这个地方，请写省、市、县（区）的全称，或者六位行政区划代码。"
    assert OutsidePlaceField().prepare_value(other) == "江西省南昌市西湖区"
