"""One folding and one cutting, for what is typed and what is indexed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from search.analysis import (
    GAP,
    MAX_GRAMS,
    _of_the_other_script,
    compact,
    fold,
    grams_of,
    names_of,
    near_spellings,
    sounds_of,
    spellings,
    syllables,
    token,
    without_broad,
)
from search.query import MAX_LENGTH, Phrase, parse

MARKS = re.compile(r"""[\s"'\\*:&|!<>()]""")
IDEOGRAPHS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2)


def is_found(phrase: Phrase, grams: list[str]) -> bool:
    """Do what every index does: look for the grams in a row, the last one perhaps cut short."""
    *whole, last = phrase.grams
    for start in range(len(grams) - len(whole)):
        row = grams[start : start + len(whole) + 1]
        ends = row[-1].startswith(last) if phrase.is_prefix else row[-1] == last
        if row[:-1] == whole and ends:
            return True
    return False


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("\uff2a\uff38３６-２０２６", "jx36-2026"),
        ("  南昌\u3000 测绘 ", "南昌 测绘"),
        ("BIM", "bim"),
        ("㎡", "m2"),
        ("Straße", "strasse"),
        ("環境影響評價", "环境影响评价"),
        ("仲介計畫", "中介计划"),
        ("测\u200b绘\u202e图\ufeff", "测绘图"),
        ("测绘\x00图", "测绘 图"),
    ],
)
def test_width_case_blanks_scripts_and_what_cannot_be_seen_are_folded(
    typed: str, folded: str
) -> None:
    assert fold(typed) == folded


def test_what_gb_2312_holds_is_in_our_script_but_for_what_the_vocabulary_names() -> None:
    """So nearly every text is folded without the dictionaries of the other script."""
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    held = [bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells]
    change = OpenCC("t2s").convert

    assert {one for one in held if change(one) != one} == _of_the_other_script()
    assert fold("\u4e7e\u71e5") == fold("\u5e72\u71e5")


def test_a_run_of_ideographs_is_its_pairs_and_its_last_character() -> None:
    assert grams_of(["环境影响"]) == ["环境", "境影", "影响", "响", GAP]


def test_letters_and_digits_are_one_token_between_ideographs() -> None:
    assert grams_of(["分2标段，含BIM"]) == ["分", "2", "标段", "段", "含", "bim", GAP]


def test_a_code_is_found_by_its_parts_and_as_a_whole() -> None:
    grams = grams_of([], ["JX360702-2026-00012"])

    assert grams == ["jx360702", "2026", "00012", GAP, "jx360702202600012", GAP]


def test_a_text_is_indexed_up_to_a_limit() -> None:
    assert len(grams_of(["编" * 2 * MAX_GRAMS])) == MAX_GRAMS


def test_a_whole_name_is_one_mark_however_it_is_bracketed() -> None:
    assert names_of(["赣州（市）", "赣州市"]) == ["0n赣州市", GAP]


def test_a_name_sounds_by_its_syllables_and_by_their_first_letters() -> None:
    assert sounds_of(["重庆BIM"]) == [
        *("0schong", "0sqing", "0sbim", GAP),
        *("0ic", "0iq", "0ib", "0ii", "0im", GAP),
    ]


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("nanchang", ("nan", "chang")),
        ("huanj", ("huan", "j")),  # its last syllable is being typed
        ("lvhua", ("lv", "hua")),
    ],
)
def test_letters_are_read_as_few_syllables(letters: str, first: tuple[str, ...]) -> None:
    assert spellings(letters)[0] == first


def test_letters_that_are_no_syllables_are_read_as_none() -> None:
    assert spellings("gzzc") == []


def test_one_syllable_may_be_written_as_many_people_say_it() -> None:
    near = near_spellings("suizhi")

    assert ("shui", "zhi") in near
    assert ("sui", "zi") in near
    assert ("shui", "zi") not in near
    assert ("sui", "zhi") not in near
    assert ("ling", "xia") in near_spellings("linxia")
    assert near_spellings("xyz") == []


def test_places_are_said_as_there() -> None:
    assert syllables("于都县") == ("yu", "du", "xian")
    assert syllables("宁都") == ("ning", "du")
    assert syllables("都是") == ("dou", "shi")


def test_a_value_that_is_no_word_is_kept_as_one_token() -> None:
    assert [token("kind", "law"), token("fund", "state_owned")] == [
        "0fkind0law",
        "0ffund073746174655f6f776e6564",
    ]


@given(text=IDEOGRAPHS, data=st.data())
def test_every_piece_of_a_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    piece = text[start:end][:MAX_LENGTH]

    phrase = parse(piece).terms[0].alternatives[0].phrases[0]

    assert is_found(phrase, grams_of([text]))


@given(text=IDEOGRAPHS, piece=IDEOGRAPHS)
def test_nothing_is_found_that_does_not_stand_there(text: str, piece: str) -> None:
    phrase = parse(piece[:MAX_LENGTH]).terms[0].alternatives[0].phrases[0]

    if is_found(phrase, grams_of([text])):
        pairs = [fold(piece)[n : n + 2] for n in range(len(piece) - 1)]
        assert all(pair in fold(text) for pair in pairs[: MAX_LENGTH - 1])


@given(text=st.text(max_size=200))
def test_tokens_hold_no_blank_and_no_mark(text: str) -> None:
    for gram in [*grams_of([text], [text]), *names_of([text]), *sounds_of([text])]:
        assert gram == GAP or not MARKS.search(gram)


@given(code=st.text(max_size=200))
def test_a_compact_code_stays_as_it_is(code: str) -> None:
    assert compact(compact(code)) == compact(code)


def test_of_a_title_that_is_a_broad_word_alone_nothing_is_taken() -> None:
    assert without_broad("建设项目环境影响评价") == "环境影响评价"
    assert without_broad("环境影响评价") == "环境影响评价"
    assert without_broad("建设项目") == "建设项目"
