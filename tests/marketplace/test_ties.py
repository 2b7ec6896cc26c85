"""The edges around parties: as few statements as there are steps, and departments by their area."""

from decimal import Decimal

import pytest

from marketplace.ownership import HOLDING, Bond, Limits
from marketplace.ties import (
    Department,
    bond_of,
    key_of,
    keys_below_departments,
    limits_at,
    ties_around,
)
from tests.clock import NOON
from tests.factories.marketplace import OrganizationFactory, division
from tests.factories.parties import TieFactory

pytestmark = pytest.mark.django_db
HALF = Limits(control=Decimal(50), depth=10)


def test_nothing_known_costs_one_statement_and_each_step_one_more(
    django_assert_num_queries,
) -> None:
    unit = OrganizationFactory()
    with django_assert_num_queries(1):
        assert ties_around([key_of(unit)], 10).edges == ()

    TieFactory(holder_key="org:M", held_key=key_of(unit))
    TieFactory(holder_key="person:1", held_key="org:M")
    with django_assert_num_queries(3):
        assert len(ties_around([key_of(unit)], 10).edges) == 2
    with django_assert_num_queries(1):
        assert len(ties_around([key_of(unit)], 0).edges) == 1


def test_two_parties_are_tied_through_others() -> None:
    one, other = OrganizationFactory.create_batch(2)
    TieFactory(holder_key=key_of(one), held_key="org:M")
    assert bond_of(one, other, HALF) is None

    TieFactory(holder_key="org:M", held_key=key_of(other))
    assert bond_of(one, other, HALF) == Bond(HOLDING, "")


def test_a_department_is_behind_its_institutions_and_their_companies() -> None:
    unit = OrganizationFactory()
    TieFactory(
        *(),
        holder_key="org:D",
        held_key="org:I",
        kind="founded",
        share=None,
        department="水行政主管部门",
        division=division("360700"),
    )
    TieFactory(holder_key="org:I", held_key=key_of(unit), share=Decimal(5))

    known = ties_around([key_of(unit)], HALF.depth)

    assert known.departments_behind(key_of(unit), HALF) == [Department("水行政主管部门", "3607")]
    assert keys_below_departments(HALF.depth) == {"org:I", key_of(unit)}


@pytest.mark.parametrize(
    ("area", "decides"),
    [("36", True), ("3607", True), ("360702", True), ("360703", False), ("3601", False)],
)
def test_a_department_decides_in_its_area_and_with_those_above_and_below(
    area: str, decides: bool
) -> None:
    assert Department("x", area).decides_in(division("360702")) is decides


def test_the_limits_are_rules(rules: None) -> None:
    assert limits_at(division("360000"), NOON) == HALF
