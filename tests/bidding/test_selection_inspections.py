"""The draw of a plan follows from its lists, and every change of it is found by both programs."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.selection import inspections as pure
from bidding.selection.draw import commitment
from bidding.selection.inspections import Inspector, Listed, PlanTerms, Pool
from docs import verify_inspection
from tests.clock import NOON

SEED = bytes(range(32))
TERMS = PlanTerms(
    plan="JX360702-2026-J00001",
    division="360702",
    service_class=None,
    shares={"A": 2, "B": 5, "C": 20, "D": 50},
    inspectors=2,
    rulebook="a" * 64,
)
PUBLIC = {"order": "JX360702-2026-00001", "entropy": "b" * 64}


def uscc(number: int) -> str:
    return f"{number:018d}"


def pool(*grades: str, avoided: set[tuple[str, str]] = frozenset()) -> Pool:
    agencies = [
        Listed(uscc=uscc(n), name=f"机构{n}", grade=grade) for n, grade in enumerate(grades)
    ]
    return Pool(
        agencies=agencies,
        inspectors=[Inspector(code=f"{n:03d}", name=f"甲{n}") for n in range(1, 5)],
        avoided=avoided,
    )


def built(lists: Pool, seed: bytes = SEED, public: dict[str, str] | None = PUBLIC) -> Any:
    return pure.build(
        terms=TERMS,
        promised=commitment(seed, TERMS),
        committed_at=NOON,
        seed=seed,
        pool=lists,
        public=public,
        at=NOON + timedelta(days=5),
    )


def test_both_programs_agree_on_what_holds() -> None:
    evidence = built(pool(*"AAADDD", avoided={(uscc(n), "001") for n in range(6)}))

    assert pure.failed(evidence) == []
    assert verify_inspection.verify(evidence) == []
    assert [one["grade"] for one in evidence["drawn"]] == ["A", "D", "D"]
    for one in evidence["drawn"]:
        aside = {code for agency, code in evidence["avoided"] if agency == one["uscc"]}
        assert sorted({*one["inspectors"], *aside}) == ["001", "002", "003", "004"]
        assert not aside & {*one["inspectors"]}


@pytest.mark.parametrize(
    ("count", "share", "drawn"),
    [(0, 50, 0), (1, 0, 0), (1, 1, 1), (100, 1, 1), (101, 1, 2), (4, 50, 2), (5, 100, 5)],
)
def test_a_part_of_one_counts_as_one(count: int, share: int, drawn: int) -> None:
    assert pure.how_many(count, share) == drawn


FORGERIES = [
    (("seed",), "0" * 64),
    (("public",), None),
    (("public", "entropy"), "c" * 64),
    (("commitment",), "0" * 64),
    (("terms", "shares", "A"), 3),
    (("agencies", 0, "name"), "别的机构"),
    (("agencies", 0, "grade"), "D"),
    (("inspectors", 0, "name"), "乙"),
    (("avoided",), []),
    (("drawn", 0, "uscc"), uscc(9)),
    (("drawn", 0, "inspectors"), ["001", "002"]),
    (("entropy",), "0" * 64),
    (("context",), "0" * 64),
    (("digest",), "0" * 64),
    (("drawn_at",), "2020-01-01T00:00:00+08:00"),
]


@pytest.mark.parametrize(("way", "value"), FORGERIES)
def test_a_forgery_is_found_by_both(way: tuple[Any, ...], value: object) -> None:
    evidence = deepcopy(built(pool(*"AAD", avoided={(uscc(0), "001")})))
    place = evidence
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value

    assert pure.failed(evidence)
    assert verify_inspection.verify(evidence)


def test_other_values_than_those_on_the_page_are_found() -> None:
    evidence = built(pool("A"))

    assert pure.failed(evidence, promised="0" * 64) == ["$.commitment"]
    assert pure.failed(evidence, digest="0" * 64) == ["$.digest"]
    assert [found[1] for found in verify_inspection.verify(evidence, "0" * 64, "1" * 64)] == [
        "$.digest",
        "$.commitment",
    ]


def test_what_has_another_form_is_said_to_have_it() -> None:
    evidence = built(pool("A"))
    del evidence["seed"]

    assert pure.failed(evidence) == ["$"]
    assert verify_inspection.verify(evidence) == [("form", "$", "as in draw.md", "")]
    assert pure.failed({"a": 1.5}) != []


@given(st.binary(min_size=32, max_size=32), st.lists(st.sampled_from("ABCD"), max_size=12))
def test_of_each_grade_its_share_is_drawn_whatever_the_seed(seed: bytes, grades: list[str]) -> None:
    evidence = built(pool(*grades), seed, None)

    drawn = [one["grade"] for one in evidence["drawn"]]
    expected = {g: pure.how_many(grades.count(g), TERMS.shares[g]) for g in "ABCD"}
    assert {grade: drawn.count(grade) for grade in "ABCD"} == expected
    assert len({one["uscc"] for one in evidence["drawn"]}) == len(drawn)
    assert verify_inspection.verify(evidence) == []
