"""What to give up of a search that finds nothing."""

from dataclasses import replace

import pytest
from django.db.models import Q
from django.http import QueryDict

from marketplace.models import Division
from marketplace.web.facets import (
    Facet,
    FacetedList,
    Nearest,
    Option,
    Pill,
)
from marketplace.web.words import Reading
from tests.factories.marketplace import division

pytestmark = pytest.mark.django_db

LEVELS = Facet(
    "level",
    "级别",
    [Option("city", "设区市", Q(level="city")), Option("county", "县", Q(level="county"))],
)
PLACES = Facet("place", "地区", [Option("ganzhou", "赣州市", Q(code__startswith="3607"))])
EMPTY = Facet("none", "没有", [Option("no", "无", Q(pk="-"))], keeps_empty=True)


@pytest.fixture(autouse=True)
def _places() -> None:
    for code in ("360700", "360702", "360703", "360100"):
        division(code)


def searched(query: str, fixed: Q | None = None) -> FacetedList[Division]:
    rows = Division.objects.filter(code__in=["360700", "360702", "360703", "360100"])
    return FacetedList(rows, [LEVELS, PLACES, EMPTY], QueryDict(query), fixed or Q())


def test_the_choice_without_which_most_is_found_is_named_with_its_count() -> None:
    found = searched("level=city&place=ganzhou&none=no&page=2")

    assert found.asked() == ["设区市", "赣州市", "无"]
    assert found.nearest() == Nearest("无", "?level=city&place=ganzhou", 1)


def test_the_words_can_be_given_up_too() -> None:
    found = searched("q=东&place=ganzhou", Q(name="没有这样的地方"))

    assert found.asked() == ["东", "赣州市"]
    assert found.nearest() == Nearest("东", "?place=ganzhou", 3)


def test_of_two_ways_out_the_one_that_finds_more_is_named() -> None:
    found = searched("q=章贡&level=city", Q(code="360702"))

    assert found.nearest() == Nearest("章贡", "?level=city", 2)


def test_two_choices_of_one_facet_go_together() -> None:
    found = searched("level=city&level=county&none=no", Q(name="没有这样的地方"))

    assert found.asked() == ["设区市", "县", "无"]
    assert found.nearest() is None


def test_several_choices_of_a_facet_are_given_up_at_once() -> None:
    Division.objects.filter(code="360100").update(level="province")

    found = FacetedList(
        Division.objects.filter(code="360100"),
        [LEVELS],
        QueryDict("level=city&level=county"),
    )

    assert found.nearest() == Nearest("设区市、县", "?", 1)


def test_only_a_facet_that_keeps_them_shows_empty_choices() -> None:
    shown = {
        facet.name: [option.value for option in facet.options] for facet in searched("").shown()
    }

    assert shown == {"level": ["city", "county"], "place": ["ganzhou"], "none": ["no"]}


def test_what_was_looked_for_instead_leads_to_what_was_typed() -> None:
    asked = searched("q=wrong&level=city&page=3")

    assert asked.read_as() is None
    read = replace(asked, reading=Reading("right", "as typed")).read_as()
    assert read == Pill("right", "?q=as+typed&level=city")
    assert replace(asked, reading=Reading("right")).read_as() == Pill("right", "")


def test_a_page_is_told_what_was_asked_and_where_nothing_of_it_is() -> None:
    shown = searched("q=章贡&level=city&page=2").on_page("/places/")
    plain = searched("").on_page("/places/", "base_workbench.html")

    assert shown["words"] == "章贡"
    assert shown["pills"] == [Pill("设区市", "?q=%E7%AB%A0%E8%B4%A1")]
    assert (shown["is_narrowed"], plain["is_narrowed"]) == (True, False)
    assert (shown["frame"], plain["frame"]) == ("base.html", "base_workbench.html")
    assert shown["clear_url"] == "/places/"
