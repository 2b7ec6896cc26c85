"""Facets of hits: named as people name them, a place as a tree, and each choice with a way back."""

import pytest
from django.http import QueryDict

from search.pages.narrowing import narrowings, pills
from search.questions import query_of
from tests.factories.marketplace import ServiceClassFactory, division

pytestmark = pytest.mark.django_db
FACETS = {
    "region": {"360000": 5, "360700": 3, "360702": 2, "360400": 1},
    "amount": {"500000": 1, "0": 2, "1000000": 4},
    "method": {"lowest": 3, "random": 2},
    "status": {"open": 2, "repealed": 1},
    "fund": {"fiscal": 5},
    "date": {"2025": 1, "2025-12": 1, "2026": 4, "2026-01": 1, "2026-11": 3},
    "grade": {"B": 1, "A": 2},
}


def test_a_facet_says_what_its_values_are_called_and_one_with_a_single_value_is_left_out() -> None:
    for code in ("360702", "360400"):
        division(code)
    service_class = ServiceClassFactory(name="环境影响评价")
    facets = {**FACETS, "class": {service_class.code: 4, "gone": 1}}

    found = {one.name: one for one in narrowings(facets, query_of(QueryDict("q=a")))}
    told = {
        name: [(str(option.label), option.count) for option in facet.options]
        for name, facet in found.items()
    }

    assert told["class"] == [("环境影响评价", 4), ("gone", 1)]
    assert told["amount"] == [("0–1 万元", 2), ("50–100 万元", 1), ("100 万元以上", 4)]
    assert told["status"] == [("报名中", 2), ("已失效", 1)]
    assert told["date"] == [("2026年", 4), ("2025年", 1)]
    assert told["grade"] == [("A 级", 2), ("B 级", 1)]
    assert "fund" not in told
    [ganzhou, jiujiang] = found["region"].options
    assert (ganzhou.label, ganzhou.count, jiujiang.label) == ("赣州市", 3, "九江市")
    assert [(one.label, one.count) for one in ganzhou.within] == [("章贡区", 2)]
    assert not ganzhou.is_open
    assert ganzhou.parts == "赣州市各县区"
    this_year, last_year = found["date"].options
    assert [(one.label, one.count) for one in this_year.within] == [("11月", 3), ("1月", 1)]
    assert this_year.parts == "2026年各月"
    assert [one.value for one in last_year.within] == ["2025-12"]


def test_what_was_chosen_stays_in_sight_and_can_be_taken_away() -> None:
    division("360702")
    asked = QueryDict("q=a&region=360700&region=360702&fund=private&in=tender&page=2")

    query = query_of(asked)
    found = {one.name: one for one in narrowings({}, query)}

    assert query.chosen == (("region", ("360702",)), ("fund", ("private",)))
    assert found["region"].options[0].is_open
    assert [option.on for option in found["fund"].options] == [True]
    assert [(str(one.label), one.url) for one in pills(query, asked)] == [
        ("章贡区", "?fund=private&in=tender&q=a&region=360700"),
        ("社会资金", "?in=tender&q=a&region=360700&region=360702"),
    ]


def test_a_month_stands_in_for_its_year_and_says_which_year_it_is_of() -> None:
    asked = QueryDict("q=a&date=2026&date=2026-11&date=2025")

    query = query_of(asked)
    found = {one.name: one for one in narrowings({}, query)}

    assert query.chosen == (("date", ("2026-11", "2025")),)
    assert [(one.value, one.is_open) for one in found["date"].options] == [
        ("2026", True),
        ("2025", True),
    ]
    assert [str(one.label) for one in pills(query, asked)] == ["2026年11月", "2025年"]


@pytest.mark.parametrize("odd", ["2026-13", "20261", "²⁰²⁶", "2026-11-30", "-"])
def test_a_date_that_is_none_is_shown_as_it_stands(odd: str) -> None:
    asked = QueryDict(mutable=True)
    asked.update({"q": "a", "date": odd})
    query = query_of(asked)

    assert [str(one.label) for one in pills(query, asked)] == [odd]
    assert [one.name for one in narrowings({}, query)] == ["date"]


def test_a_facet_of_one_place_in_one_county_is_no_choice() -> None:
    division("360702")

    one_place = {
        "region": {"360000": 3, "360700": 3, "360702": 3},
        "date": {"2026": 3, "2026-11": 3},
    }

    assert narrowings(one_place, query_of(QueryDict("q=a"))) == []


def test_a_value_too_long_or_of_no_facet_is_no_choice() -> None:
    asked = QueryDict(f"q=a&fund={'x' * 41}&people=1&kind=tender&region=")

    assert query_of(asked).chosen == ()
