"""What all forms share: one line stays one line."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms

from marketplace.forms.fields import SingleLines, is_text

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
