"""A requirement is answered from what is held, with a reason per leaf."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.laws import Held, Library
from marketplace.requirements import (
    LEVELS,
    AllOf,
    AnyOf,
    Certificate,
    Commitment,
    Filing,
    Holdings,
    NotARequirement,
    Nothing,
    Paper,
    Practitioners,
    Requirement,
    Shortfall,
    ask,
    asks_for_head_office,
    classes_of,
    is_higher,
    problems_in,
    read,
    written,
)

DESIGN, SAFETY = "C25", "C21"
LAW = "《建筑法》第十三条"


def holding(*papers: Paper, **people: int) -> Holdings:
    return Holdings(frozenset(papers), people)


def paper(level: str = "", discipline: str = "", code: str = DESIGN) -> Paper:
    return Paper("certificate", code, discipline, level)


def test_k2_01_a_lower_level_and_another_discipline_are_named() -> None:
    asked = Certificate(DESIGN, LAW, discipline="建筑工程", level="first")

    answer = ask(asked, holding(paper("fourth", "风景园林")))

    assert not answer.holds
    assert answer.shortfalls == {Shortfall.LEVEL, Shortfall.DISCIPLINE}


def test_k2_01_a_low_level_in_another_discipline_is_no_comprehensive_certificate() -> None:
    answer = ask(
        Certificate(DESIGN, LAW, level="comprehensive"), holding(paper("fourth", "风景园林"))
    )

    assert answer.shortfalls == {Shortfall.LEVEL}


@pytest.mark.parametrize(
    ("asked", "held", "holds"),
    [
        ("second", "first", True),
        ("second", "second", True),
        ("second", "third", False),
        ("second", "comprehensive", True),
        ("grade_two", "grade_one", True),
        ("grade_two", "first", False),
        ("second", "none", False),
        ("", "none", True),
        ("comprehensive", "first", False),
    ],
)
def test_k2_03_a_higher_level_of_the_same_scale_covers_a_lower_one(
    asked: str, held: str, *, holds: bool
) -> None:
    assert ask(Certificate(DESIGN, LAW, level=asked), holding(paper(held))).holds is holds


def test_an_item_may_ask_for_just_this_level_and_no_comprehensive_one() -> None:
    exact = Certificate(DESIGN, LAW, level="second", higher_too=False, comprehensive_too=False)

    found = [ask(exact, holding(paper(level))).holds for level in ("second", "first")]

    assert found == [True, False]
    assert not ask(exact, holding(paper("comprehensive"))).holds


def test_level_and_discipline_are_of_one_certificate() -> None:
    asked = Certificate(DESIGN, LAW, discipline="市政", level="first")
    apart = holding(paper("first", "建筑"), paper("third", "市政"))

    assert ask(asked, apart).shortfalls == {Shortfall.APART}
    assert ask(asked, holding(paper("comprehensive"))).holds


def test_what_the_head_office_has_does_where_the_item_says_so() -> None:
    design, filing = paper("first"), Paper("filing", "C23")
    branch = Holdings(of_head=frozenset({design, filing}))
    asked = (Certificate(DESIGN, LAW, level="second"), Filing("C23"))

    own = [ask(leaf, branch) for leaf in asked]
    too = [ask(replace(leaf, head_office_too=True), branch) for leaf in asked]

    assert [answer.shortfalls for answer in own] == [{Shortfall.MISSING}] * 2
    assert [answer.holds for answer in too] == [True, True]
    assert not ask(Commitment("C23"), branch).holds
    tree = AllOf((Nothing(), AnyOf((replace(asked[1], head_office_too=True),))))
    assert asks_for_head_office(tree)
    assert not asks_for_head_office(AllOf(asked))
    assert read(written(tree)) == tree


def test_k2_02_where_no_certificate_exists_a_word_or_a_filing_is_enough() -> None:
    word, filing = Commitment("C28"), Filing("C23")
    committed = holding(Paper("commitment", "C28"))
    certified = holding(paper(code="C23"))

    assert ask(word, committed).holds
    assert ask(word, holding(paper(code="C28"))).holds
    assert not ask(word, certified).holds
    assert ask(filing, holding(Paper("filing", "C23"))).holds
    assert ask(filing, certified).shortfalls == {Shortfall.MISSING}
    assert ask(Nothing(), holding()).holds


@pytest.mark.parametrize(
    ("count", "shortfalls"), [(0, {Shortfall.MISSING}), (1, {Shortfall.COUNT}), (2, set())]
)
def test_people_are_counted_by_profession(count: int, shortfalls: set[Shortfall]) -> None:
    asked = Practitioners("一级造价工程师", 2)

    assert ask(asked, Holdings(people={"一级造价工程师": count})).shortfalls == shortfalls


def test_what_stands_in_the_way_is_told_leaf_by_leaf() -> None:
    design, safety, people = paper(), Certificate(SAFETY, LAW), Practitioners("安全评价师", 3)
    tree = AllOf((AnyOf((Certificate(DESIGN, LAW), safety)), people))

    both = ask(tree, holding())
    one = ask(tree, holding(design))

    assert [lack.leaf for lack in both.lacking()] == [
        Certificate(DESIGN, LAW),
        safety,
        people,
    ]
    assert [lack.leaf for lack in one.lacking()] == [people]
    assert classes_of(tree) == {DESIGN, SAFETY}


# --- Properties -----------------------------------------------------------------------------------
codes = st.sampled_from(["C1", "C2"])
levels = st.sampled_from(["", "none", *sorted(LEVELS)])
disciplines = st.sampled_from(["", "建筑", "市政"])
kinds = st.sampled_from(["certificate", "filing", "commitment"])
papers = st.builds(Paper, kinds, codes, disciplines, levels)
holdings = st.builds(
    Holdings,
    st.frozensets(papers, max_size=4),
    st.dictionaries(st.sampled_from(["甲", "乙"]), st.integers(0, 3)),
)
leaves = st.one_of(
    st.builds(
        Certificate,
        codes,
        st.just(LAW),
        disciplines,
        st.sampled_from(["", *sorted(LEVELS)]),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(Filing, codes),
    st.builds(Commitment, codes),
    st.builds(Practitioners, st.sampled_from(["甲", "乙"]), st.integers(1, 3)),
    st.just(Nothing()),
)


def _joined(parts: st.SearchStrategy[Requirement]) -> st.SearchStrategy[Requirement]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(AnyOf, several), st.builds(AllOf, several))


deep = _joined(_joined(leaves) | leaves)
trees = leaves | deep


@given(trees, holdings, holdings)
def test_more_of_anything_never_turns_yes_to_no(
    tree: Requirement, held: Holdings, other: Holdings
) -> None:
    people = {name: held.people.get(name, 0) + other.people.get(name, 0) for name in ("甲", "乙")}
    more = Holdings(held.papers | other.papers, people)

    assert ask(tree, more).holds or not ask(tree, held).holds


@given(st.lists(trees, min_size=1, max_size=4), holdings, st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_matter(
    parts: list[Requirement], held: Holdings, chance: object
) -> None:
    mixed = list(reversed(parts))
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # a Random of Hypothesis

    for joined in (AnyOf, AllOf):
        found = [ask(joined(tuple(one)), held).holds for one in (parts, mixed)]
        assert found[0] == found[1]


@given(trees, holdings)
def test_something_is_lacking_exactly_when_the_answer_is_no(
    tree: Requirement, held: Holdings
) -> None:
    answer = ask(tree, held)

    assert answer.holds is not any(answer.lacking())


@given(trees)
def test_what_is_kept_is_read_as_the_same(tree: Requirement) -> None:
    assert read(written(tree)) == tree


# --- What may be kept and published ---------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({}, "unknown_kind"),
        ([], "not_a_requirement"),
        ({"kind": "licence"}, "unknown_kind"),
        ({"any_of": []}, "no_parts"),
        ({"any_of": [{"kind": "nothing"}], "all_of": []}, "unknown_kind"),
        ({"kind": "certificate", "service_class": "C1"}, "key_missing"),
        ({"kind": "filing", "service_class": 1}, "unknown_key"),
        ({"kind": "filing", "service_class": "C1", "price": "1"}, "unknown_key"),
        (
            {"kind": "certificate", "service_class": "C1", "basis": "", "level": "fifth"},
            "unknown_level",
        ),
        ({"kind": "practitioners", "profession": "甲", "count": 0}, "count"),
        ({"any_of": [{"any_of": [{"any_of": [{"any_of": [{"kind": "nothing"}]}]}]}]}, "too_deep"),
    ],
)
def test_what_is_no_requirement_is_refused_with_a_code(value: object, code: str) -> None:
    with pytest.raises(NotARequirement, match=code):
        read(value)


def test_a_certificate_that_no_law_asks_for_cannot_be_asked_for() -> None:
    library = Library(
        {
            "建筑法": Held(False, True, frozenset({"第十三条"}), ((date(2020, 1, 1), None),)),
            "部门规章": Held(False, False, frozenset(), ()),
        }
    )
    found = {
        basis: [code for code, _leaf in problems_in(Certificate(DESIGN, basis), [DESIGN], library)]
        for basis in (LAW, "", "平台默认", "《部门规章》", "《建筑法》第一条", "不成文")
    }

    assert found == {
        LAW: [],
        "": ["certificate_without_law"],
        "平台默认": ["certificate_without_law"],
        "《部门规章》": ["certificate_without_law"],
        "《建筑法》第一条": ["unknown_article"],
        "不成文": ["not_a_source"],
    }
    tree = AnyOf((Commitment("C99"), Nothing()))
    assert [code for code, _leaf in problems_in(tree, [DESIGN], library)] == ["unknown_class"]


def test_levels_of_two_scales_are_not_compared() -> None:
    assert is_higher("first", "fourth")
    assert not is_higher("first", "first")
    assert not is_higher("first", "grade_three")
    assert not is_higher("none", "fourth")
