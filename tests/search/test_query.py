import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import (
    GAP,
    MAX_GRAMS,
    MAX_LENGTH,
    MAX_PAGE,
    MAX_TERMS,
    Phrase,
    alternatives,
    compact,
    exactly,
    fold,
    grams_of,
    parse,
)

MARKS = re.compile(r"""[\s"'\\*:&|!<>()]""")
IDEOGRAPHS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2)


def phrases(text: str) -> list[tuple[Phrase, ...]]:
    return [term.phrases for term in parse(text).terms]


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
    ],
)
def test_width_case_and_blanks_are_folded(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_a_run_of_ideographs_is_its_pairs_and_its_last_character() -> None:
    assert grams_of(["环境影响"], []) == ["环境", "境影", "影响", "响", GAP]


def test_letters_and_digits_are_one_token_between_ideographs() -> None:
    assert grams_of(["分2标段，含BIM"], []) == ["分", "2", "标段", "段", "含", "bim", GAP]


def test_a_code_is_found_by_its_parts_and_as_a_whole() -> None:
    grams = grams_of([], ["JX360702-2026-00012"])

    assert grams == ["jx360702", "2026", "00012", GAP, "jx360702202600012", GAP]


def test_a_text_is_indexed_up_to_a_limit() -> None:
    assert len(grams_of(["编" * 2 * MAX_GRAMS], [])) == MAX_GRAMS


def test_one_character_asks_for_what_begins_with_it() -> None:
    assert phrases("评") == [(Phrase(("评",), is_prefix=True),)]


def test_marks_between_words_separate_terms_and_marks_within_do_not() -> None:
    assert [term.text for term in parse("赣州，测绘；国发〔2004〕20号").terms] == [
        "赣州",
        "测绘",
        "国发〔2004〕20号",
    ]


def test_a_code_is_asked_for_by_parts_and_as_a_whole() -> None:
    assert phrases("JX360702-2026-0") == [
        (
            Phrase(("jx360702", "2026", "0"), is_prefix=True),
            Phrase(("jx36070220260",), is_prefix=True),
        )
    ]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("JX360702-2026-00012", "jx360702202600012"),
        ("9136 0702 MA00 0000 19", "91360702ma00000019"),
        ("S01", "s01"),
        ("S1", ""),
        ("BIM", ""),
        ("国发〔2004〕20号", ""),
    ],
)
def test_what_may_be_a_code_is_known_without_its_separators(typed: str, code: str) -> None:
    assert parse(typed).code == code


def test_a_query_for_a_whole_code_finds_nothing_longer() -> None:
    assert exactly("s01").terms[0].phrases == (Phrase(("s01",)),)


def test_a_query_without_a_letter_has_no_terms() -> None:
    assert parse("！？ -- ，").terms == ()


def test_a_query_is_cut_to_its_limits() -> None:
    long = parse("测" * 2 * MAX_LENGTH)
    many = parse(" ".join(f"甲{n}" for n in range(2 * MAX_TERMS)))

    assert len(long.text) == MAX_LENGTH
    assert len(many.terms) == MAX_TERMS


@pytest.mark.parametrize(("asked", "page"), [(-3, 1), (0, 1), (7, 7), (10**9, MAX_PAGE)])
def test_pages_are_kept_in_range(asked: int, page: int) -> None:
    assert parse("测绘", page=asked).page == page


def test_terms_left_out_are_the_alternatives_to_several_terms() -> None:
    near = alternatives(parse("赣州 测绘", kind="agency", page=3))

    assert [(query.text, query.kind, query.page) for query in near] == [
        ("测绘", "", 1),
        ("赣州", "", 1),
    ]


def test_beginnings_and_ends_are_the_alternatives_to_one_term() -> None:
    texts = [query.text for query in alternatives(parse("环竟影响"))]

    assert texts == ["环竟影", "竟影响", "环竟", "影响"]


def test_a_code_has_only_beginnings_as_alternatives() -> None:
    assert [query.text for query in alternatives(parse("S0123456"))] == [
        "s012345",
        "s01234",
        "s012",
        "s0",
    ]


@given(text=IDEOGRAPHS, data=st.data())
def test_every_piece_of_a_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    piece = text[start:end][:MAX_LENGTH]

    phrase = parse(piece).terms[0].phrases[0]

    assert is_found(phrase, grams_of([text], []))


@given(text=IDEOGRAPHS, piece=IDEOGRAPHS)
def test_nothing_is_found_that_does_not_stand_there(text: str, piece: str) -> None:
    phrase = parse(piece[:MAX_LENGTH]).terms[0].phrases[0]

    if is_found(phrase, grams_of([text], [])):
        pairs = [fold(piece)[n : n + 2] for n in range(len(piece) - 1)]
        assert all(pair in fold(text) for pair in pairs[: MAX_LENGTH - 1])


@given(text=st.text(max_size=200))
def test_tokens_hold_no_blank_and_no_mark(text: str) -> None:
    for gram in grams_of([text], [text]):
        assert gram == GAP or not MARKS.search(gram)


@given(text=st.text(max_size=200))
def test_any_text_can_be_read_as_a_query(text: str) -> None:
    query = parse(text)

    for term in [*query.terms, *(term for near in alternatives(query) for term in near.terms)]:
        assert not any(MARKS.search(gram) for phrase in term.phrases for gram in phrase.grams)


@given(code=st.text(max_size=200))
def test_a_compact_code_stays_as_it_is(code: str) -> None:
    assert compact(compact(code)) == compact(code)
