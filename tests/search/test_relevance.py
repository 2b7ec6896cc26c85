"""A better fit stands before a worse one; kind, state and age move a thing among its like."""

from dataclasses import replace
from datetime import timedelta

import pytest

from search.index import Document
from search.query import Query, by_sound, in_other_words, or_of_kinds, parse
from search.relevance import Candidate, factor_of, missing, ranked, worth_of
from tests.clock import NOON
from tests.search.asking import ORIGINAL

AGENCY = replace(
    ORIGINAL, kind="agency", key="a", title="赣州知策工程咨询有限公司", facts=("章贡区",)
)
ORDER = replace(
    ORIGINAL, kind="tender", key="t", title="章贡区步道可行性研究", facts=("工程咨询",), body="知策"
)
CODED = replace(ORIGINAL, kind="item", key="i", title="测绘", codes=("S-01",))


def worth(text: str, document: Document, tier: int = 3) -> float:
    return worth_of(parse(text), Candidate(document, tier))


def order(query: Query, *documents: Document) -> list[str]:
    return [one.key for one in ranked(query, [Candidate(one, 3) for one in documents])]


def test_a_code_counts_more_than_a_title_and_that_more_than_a_line_and_that_than_a_text() -> None:
    values = [
        worth("S01", CODED, tier=0),
        worth("S01", CODED),
        worth("S0", CODED),
        worth("知策", AGENCY),
        worth("工程咨询", ORDER),
        worth("知策", ORDER),
    ]

    assert values == sorted(values, reverse=True)
    assert 1 < values[-1] < 2


def test_a_title_begins_behind_the_broad_words_that_many_begin_with() -> None:
    whole = replace(CODED, title="生产建设项目水土保持方案编制")
    short = replace(CODED, title="水土保持方案编制")

    assert worth("水土保持方案", whole) == worth("水土保持方案", short)
    assert worth("生产建设项目", whole) == 10  # and it begins with these as well


def test_of_texts_the_one_that_is_more_about_it_fits_better() -> None:
    about = replace(ORDER, body="保证金的收取、保证金的退还，" * 8)
    long = replace(ORDER, body=f"保证金，{'其他的规定，' * 99}")

    assert worth("保证金", about) > worth("保证金", long) > 1
    assert worth("押金", about) == 1


def test_where_a_place_is_named_what_holds_everywhere_is_no_likelier_meant() -> None:
    item = replace(ORIGINAL, kind="item", key="i")
    asked = parse("赣州 测绘")

    assert factor_of(asked, item, NOON) == 1.35
    assert factor_of(replace(asked, has_place=True), item, NOON) == 1.0
    assert factor_of(replace(asked, has_place=True), AGENCY, NOON) == 1.25


def test_a_title_that_begins_so_or_holds_little_else_fits_better() -> None:
    assert worth("赣州", AGENCY) > worth("知策", AGENCY)
    assert worth("赣州知策", AGENCY) > worth("赣州", AGENCY)


def test_terms_that_stand_together_fit_better() -> None:
    apart = replace(AGENCY, title="知策赣州工程咨询有限公司")

    assert worth("赣州 知策", AGENCY) > worth("赣州 知策", apart)


def test_other_words_and_sounds_fit_less_well() -> None:
    [plain], [letters] = parse("咨询").terms, parse("zhice").terms
    other = in_other_words(replace(plain, alternatives=()), ["工程"])
    spoken = by_sound(letters)
    assert spoken is not None

    said = [worth_of(Query((term,)), Candidate(AGENCY, 3)) for term in (plain, other, spoken)]

    assert said == sorted(said, reverse=True)
    assert said[-1] > 1.0


def test_a_word_for_a_kind_fits_each_thing_of_it() -> None:
    [term] = parse("机构").terms
    asked = Query((or_of_kinds(term, ("agency",)),))

    assert worth_of(asked, Candidate(AGENCY, 3)) > worth_of(asked, Candidate(ORDER, 3)) == 1.0


@pytest.mark.parametrize(
    ("changed", "is_more"),
    [
        ({"sort_at": NOON - timedelta(days=300)}, False),
        ({"facets": (("status", "open"),)}, True),
        ({"facets": (("status", "cancelled"),)}, False),
        ({"kind": "item"}, True),
    ],
)
def test_age_state_and_kind_are_factors(changed: dict[str, object], is_more: bool) -> None:
    plain = factor_of(parse("x"), ORDER, NOON)
    other = factor_of(parse("x"), replace(ORDER, **changed), NOON)

    assert (other > plain) is is_more
    assert 0.5 < other / plain < 2


def test_the_kind_that_was_asked_for_comes_first() -> None:
    asked = parse("工程")
    like = replace(AGENCY, kind="tender", key="b")

    assert order(replace(asked, intents=("tender",)), AGENCY, like) == ["b", "a"]
    assert order(asked, like, AGENCY) == ["a", "b"]


def test_of_equals_the_newer_is_first_and_then_the_key_decides() -> None:
    older = replace(ORDER, key="o", sort_at=NOON - timedelta(minutes=1))

    assert order(parse("步道"), older, replace(ORDER, key="z"), ORDER) == ["t", "z", "o"]


def test_what_holds_more_of_most_of_the_words_fits_better_and_what_is_missing_is_told() -> None:
    asked = replace(parse("章贡区 步道 飞碟"), enough=0.3)
    hits = {one.key: worth_of(asked, Candidate(one, 3)) for one in (AGENCY, ORDER, CODED)}

    assert hits["t"] > hits["a"] > hits["i"] == 0
    assert missing(asked, ORDER) == ["飞碟"]
    assert missing(asked, AGENCY) == ["步道", "飞碟"]
    assert missing(replace(asked, enough=1.0), AGENCY) == []


def test_a_sound_and_a_kind_are_held_by_what_sounds_or_is_so() -> None:
    [letters] = parse("zhice").terms
    [kind] = parse("机构").terms
    spoken, any_agency = by_sound(letters), or_of_kinds(kind, ["agency"])
    assert spoken is not None
    asked = replace(parse("x").with_terms([spoken, any_agency]), enough=0.5)

    assert missing(asked, AGENCY) == []
    assert missing(asked, CODED) == ["zhice", "机构"]


def test_what_is_written_for_those_who_work_here_is_seldom_meant() -> None:
    page = replace(ORIGINAL, kind="page")
    staff = replace(page, facets=(("reader", "staff"),))

    assert factor_of(parse("x"), staff, None) == 0.6 * factor_of(parse("x"), page, None)
