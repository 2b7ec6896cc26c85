"""Names are compared in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.names import head_office_names, name_key, unseen_in

names = st.text(max_size=12)


@pytest.mark.parametrize(
    "name",
    [
        "A·B",
        "A•B",
        "A・B",
        "\uff21\uff0e\uff22",
        "A.B",
        "AB",
        "a b",
        "A\u200bB",
        "A\u3000B",
        "A･B",
        "A\u2027B",
        "A\ua78fB",
    ],
)
def test_k6_05_a_name_with_a_dot_is_one_name_however_it_is_typed(name):
    assert name_key(name) == "ab"


@pytest.mark.parametrize(
    ("one", "other"),
    [("張敏", "张敏"), ("陳 峯", "陈峰"), ("呂一", "吕一"), ("\uf9f4一", "林一")],
)
def test_variants_of_a_character_are_one(one, other):
    assert name_key(one) == name_key(other)


def test_different_names_stay_different():
    keys = {name_key(name) for name in ["周敏", "周敏敏", "周民", "A·C", "AB"]}

    assert len(keys) == 5
    assert name_key(" ·\u200b") == ""


@given(names)
def test_the_form_of_a_form_is_itself_and_holds_nothing_unseen(name):
    assert name_key(name_key(name)) == name_key(name)
    assert unseen_in(name_key(name)) == ()


@pytest.mark.parametrize(
    "text", ["", "采购　一", "a\r\nb\tc", "阿依古丽·买买提", "（０７９７）8123456", "𠮷野", "é"]
)
def test_what_people_write_holds_nothing_unseen(text):
    assert unseen_in(text) == ()


def test_each_unseen_mark_is_named_once():
    assert unseen_in("a\u200bb\u202e\u200b") == ("U+200B", "U+202E")


def test_the_head_office_of_a_branch_may_be_called_what_its_name_begins_with():
    assert head_office_names("岳阳咨询分公司") == ["岳阳咨询分"[:length] for length in (5, 4)]
    assert head_office_names("江西某某分所")[-1] == "江西某某"
    assert head_office_names("甲乙丙分院") == []
    assert head_office_names("江西某某咨询有限公司") == []
