"""What somebody typed, read as terms."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import (
    MAX_LENGTH,
    MAX_PAGE,
    MAX_TERMS,
    Phrase,
    alternatives,
    by_sound,
    in_other_words,
    in_two,
    of_kinds,
    or_of_kinds,
    parse,
    sounding_like,
    term_of,
)

MARKS = re.compile(r"""[\s"'\\*:&|!<>()]""")


def phrases(text: str) -> list[tuple[Phrase, ...]]:
    return [
        tuple(phrase for one in term.alternatives for phrase in one.phrases)
        for term in parse(text).terms
    ]


def texts(text: str) -> list[str]:
    return [term.text for term in parse(text).terms]


def test_one_character_asks_for_what_begins_with_it() -> None:
    assert phrases("评") == [(Phrase(("评",), is_prefix=True),)]


def test_marks_between_words_separate_terms_and_marks_within_do_not() -> None:
    assert texts("赣州，测绘；国发〔2004〕20号") == ["赣州", "测绘", "国发〔2004〕20号"]


@pytest.mark.parametrize("typed", ["1=1", "' OR '1'='1", "x", "a b", "！？ -- ，", "\x00", "👍"])
def test_a_single_letter_or_digit_is_no_question(typed: str) -> None:
    assert texts(typed) in ([], ["or"])


@pytest.mark.parametrize(
    ("typed", "terms", "is_quoted"),
    [
        ('"环境 影响" 测绘', ["环境 影响", "测绘"], [True, False]),
        ("“初步设计”", ["初步设计"], [True]),
        ('环境"影响', ["环境", "影响"], [False, False]),
        ("初设 OR 可研 赣州", ["初设 / 可研", "赣州"], [True, False]),
        ("初设 或 可研", ["初设 / 可研"], [True]),
        ("OR 可研", ["可研"], [False]),
        ("bim or", ["bim", "or"], [False, False]),
    ],
)
def test_quotes_keep_words_together_and_or_lets_either_do(
    typed: str, terms: list[str], is_quoted: list[bool]
) -> None:
    read = parse(typed).terms

    assert [(term.text, term.is_quoted) for term in read] == list(
        zip(terms, is_quoted, strict=True)
    )


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("行政处罚法第44条", ["行政处罚法", "第四十四条"]),
        ("测绘法27条", ["测绘法", "第二十七条"]),
        ("支付条例 13 条", ["支付条例", "第十三条"]),
        ("行政处罚法第四十四条", ["行政处罚法", "第四十四条"]),
        ("民法典 第 510 条", ["民法典", "第五百一十条"]),
        ("3条管线", ["3条管线"]),  # no law before it
        ("办法5条件", ["办法5条件"]),
        ("第36号", ["第36号"]),
        ('"第44条"', ["第44条"]),  # between quotes it is as it stands
    ],
)
def test_an_article_is_a_word_by_itself_numbered_as_laws_are_printed(
    typed: str, terms: list[str]
) -> None:
    assert texts(typed) == terms


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


def test_a_query_is_cut_to_its_limits() -> None:
    long = parse("测" * 2 * MAX_LENGTH)
    many = parse(" ".join(f"甲{n}" for n in range(2 * MAX_TERMS)))

    assert len(long.text) == MAX_LENGTH
    assert len(many.terms) == MAX_TERMS
    assert len(parse("测绘 " * 60).terms) == 1


@pytest.mark.parametrize(("asked", "page"), [(-3, 1), (0, 1), (7, 7), (10**9, MAX_PAGE)])
def test_pages_are_kept_in_range(asked: int, page: int) -> None:
    assert parse("测绘", page=asked).page == page


def test_terms_left_out_are_the_alternatives_to_several_terms() -> None:
    near = alternatives(parse("赣州 测绘", kind="agency", page=3))

    assert [(query.text, query.kind, query.page) for query in near] == [
        ("测绘", "", 1),
        ("赣州", "", 1),
    ]


def test_no_alternative_to_one_term_is_shorter_than_half_of_it() -> None:
    assert [query.text for query in alternatives(parse("环竟影响评价"))] == [
        *("环竟影响评", "竟影响评价", "环竟影响", "影响评价", "环竟影", "响评价"),
    ]
    assert alternatives(parse("测绘")) == []


def test_what_is_near_breaks_no_word_and_neither_begins_nor_ends_with_one_of_no_meaning() -> None:
    words = {"被暂停的机构": [" ", "暂停", " ", "机构"], "档案整理": ["档案", "整理"]}

    near = {
        text: [query.text for query in alternatives(parse(text), words.__getitem__)]
        for text in words
    }

    assert near == {"被暂停的机构": ["暂停 机构"], "档案整理": ["档案", "整理"]}


def test_other_words_are_worth_less_and_no_quoted_term_has_any() -> None:
    [plain], [quoted] = parse("环评").terms, parse('"环评"').terms

    wider = in_other_words(plain, ["环境影响评价"])

    assert [(one.text, one.worth) for one in wider.alternatives] == [
        ("环评", 1.0),
        ("环境影响评价", 0.9),
    ]
    assert in_other_words(quoted, ["环境影响评价"]) == quoted


def test_other_words_that_say_less_than_what_was_typed_are_worth_less_again() -> None:
    [term] = parse("水土保持方案").terms

    worth = [one.worth for one in in_other_words(term, ["水保方案", "水土保持"]).alternatives]

    assert worth == pytest.approx([1, 0.9, 0.67])


def test_letters_are_asked_for_by_their_sound_and_ideographs_are_not() -> None:
    letters, ideographs = term_of("zhice"), term_of("知策")
    assert letters is not None
    assert ideographs is not None

    spoken = by_sound(letters)

    assert spoken is not None
    assert spoken.alternatives[0].phrases == (Phrase(("0szhi", "0sce"), True, True),)
    assert spoken.alternatives[-1].phrases[0].grams == ("0iz", "0ih", "0ii", "0ic", "0ie")
    assert by_sound(ideographs) is None


def test_ideographs_are_asked_for_by_what_sounds_like_them() -> None:
    term, mixed = term_of("环平"), term_of("bim环平")
    assert term is not None
    assert mixed is not None

    like = sounding_like(term)

    assert like is not None
    assert like.alternatives[0].phrases == (Phrase(("0shuan", "0sping"), False, True),)
    assert sounding_like(mixed) is None


@given(text=st.text(max_size=200))
def test_any_text_can_be_read_as_a_query(text: str) -> None:
    query = parse(text)

    for term in [*query.terms, *(term for near in alternatives(query) for term in near.terms)]:
        for one in term.alternatives:
            grams = [gram for phrase in one.phrases for gram in phrase.grams]
            assert grams
            assert not any(MARKS.search(gram) for gram in grams)


def test_a_run_may_stand_in_two_pieces_of_two_characters_or_more() -> None:
    run, short = term_of("郁孤台步道"), term_of("步道")
    assert run is not None
    assert short is not None

    found = in_two(run)

    assert found is not None
    assert [one.text for one in found.alternatives] == ["郁孤 台步道", "郁孤台 步道"]
    assert in_two(short) is None


def test_a_word_for_a_kind_finds_each_thing_of_it_and_may_find_nothing_else() -> None:
    term = term_of("机构")
    assert term is not None
    mark = (Phrase(("0fkind0agency",), is_mark=True),)

    either = or_of_kinds(term, ("agency",))

    assert [one.phrases for one in either.alternatives] == [(Phrase(("机构",)),), mark]
    assert [one.phrases for one in of_kinds(term, ("agency",)).alternatives] == [mark]


def test_the_fewest_terms_that_are_enough_are_told_in_each_way() -> None:
    most, some, little = (
        replace(term, weight=weight)
        for term, weight in zip(parse("甲乙 丙丁 戊己").terms, (3, 2, 1), strict=True)
    )
    half = replace(parse("甲乙").with_terms([most, some, little]), enough=0.5)
    needed = half.with_terms([most, some, replace(little, is_needed=True)])

    assert half.ways == [(most,), (some, little)]
    assert [[term.text for term in way] for way in needed.ways] == [
        ["甲乙", "戊己"],
        ["丙丁", "戊己"],
    ]
    assert replace(half, enough=1.0).ways == [(most, some, little)]
