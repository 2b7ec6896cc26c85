"""Lists that read the keys of a page first."""

import pytest
from django.core.paginator import Paginator

from marketplace.kernel import known
from marketplace.models import Division
from marketplace.web.keys import InPlaces, InTurn, in_order
from tests.factories.marketplace import division

pytestmark = pytest.mark.django_db
CODES = ["360100", "360700", "360702", "360703"]


@pytest.fixture
def places() -> InTurn[Division]:
    for code in CODES:
        division(code)
    found = Division.objects.filter(code__in=CODES).order_by("code")
    return InTurn(found.filter(level="county"), found.filter(level="city"))


def test_parts_are_paged_as_one_list(places: InTurn[Division], django_assert_num_queries) -> None:
    paginator = Paginator(places, 3)

    assert paginator.count == 4
    assert [*paginator.page(1)] == ["360702", "360703", "360100"]
    with django_assert_num_queries(1):
        assert [*paginator.page(2)] == ["360700"]


def test_the_last_part_is_what_the_others_leave_of_the_whole(places, monkeypatch) -> None:
    found = Division.objects.filter(code__in=CODES)
    county, city = places.parts
    monkeypatch.setattr(city, "count", None)  # nobody asks it

    paginator = Paginator(InTurn(county, city, whole=found), 3)

    assert paginator.count == 4
    assert [*paginator.page(2)] == ["360700"]


def test_keys_in_an_order_of_their_own_are_read_once_at_a_version() -> None:
    asked: list[int] = []

    def read() -> list[int]:
        asked.append(1)
        return [3, 1, 2]

    with known.at_version("1/places"):
        pages = [Paginator(InPlaces(read, ("mine",)), 2).page(1) for _again in range(2)]
        assert [([*page], page.paginator.count) for page in pages] == [([3, 1], 3)] * 2
    assert len(asked) == 1
    assert [*Paginator(InPlaces(read), 2).page(2)] == [2]
    assert len(asked) == 2


def test_the_values_of_all_rows_come_in_turn(places: InTurn[Division]) -> None:
    assert [*places.values("code", "level")] == [
        ("360702", "county"),
        ("360703", "county"),
        ("360100", "city"),
        ("360700", "city"),
    ]


@pytest.mark.usefixtures("places")
def test_rows_stand_as_their_keys_and_what_is_gone_is_left_out() -> None:
    rows = in_order(Division.objects.all(), ["360703", "999999", "360100"])

    assert [row.code for row in rows] == ["360703", "360100"]


@pytest.mark.usefixtures("places")
def test_what_everybody_finds_alike_is_read_once_at_a_version(django_assert_num_queries) -> None:
    found = Division.objects.filter(code__in=CODES).order_by("code")
    with known.at_version("1"), django_assert_num_queries(2):
        pages = [Paginator(InTurn(found, kept_as=("places",)), 3).page(1) for _again in range(2)]
        assert [[*page] for page in pages] == [CODES[:3]] * 2

    with known.at_version("2"), django_assert_num_queries(2):
        assert [*Paginator(InTurn(found, kept_as=("places",)), 3).page(1)] == CODES[:3]
