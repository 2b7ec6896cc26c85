"""What all forms share: one line stays one line."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms

from marketplace.forms.fields import SingleLines, is_line

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


def test_every_form_with_a_single_line_holds_it_to_one_line():
    found = set(our_forms())
    with_lines = {
        form for form in found if any(map(is_line, getattr(form, "base_fields", {}).values()))
    }

    assert len(with_lines) > 5
    assert {f"{form.__module__}.{form.__name__}" for form in with_lines} == {
        f"{form.__module__}.{form.__name__}" for form in with_lines if issubclass(form, SingleLines)
    }
