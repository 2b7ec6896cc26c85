"""What the pages say of a method."""

from dataclasses import fields, replace

from bidding.selection.methods import METHODS
from bidding.selection.methods.words import Words


def test_lists_name_a_method_without_what_stands_in_brackets():
    words = METHODS["lowest"].words

    assert (str(words.name), words.short) == ("竞价（最低价中选）", "竞价")
    assert replace(words, name="直接选取").short == "直接选取"


def test_every_method_has_all_its_words():
    for method in METHODS.values():
        assert all(str(getattr(method.words, field.name)) for field in fields(Words))
