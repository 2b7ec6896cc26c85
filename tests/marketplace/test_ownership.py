"""Who stands behind whom: the law's own words as examples, what never changes as properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ownership import (
    FOUNDED,
    HOLDING,
    HOLDS,
    MANAGEMENT,
    MANAGES,
    REPRESENTS,
    RUNS,
    SAME_CONTROLLER,
    SAME_HEAD,
    Bond,
    Edge,
    Limits,
    behind,
    bond_between,
    bonds_among,
    controlled_by,
    controllers_of,
    holding_or_management_tie,
    same_controller,
)

HALF = Limits(control=Decimal(50), depth=10)
NAMES = st.sampled_from("ABCDEF")
EDGES = st.lists(
    st.builds(
        Edge,
        NAMES,
        NAMES,
        st.sampled_from([HOLDS, MANAGES, FOUNDED, RUNS, REPRESENTS]),
        st.integers(1, 100).map(Decimal),
    ).filter(lambda edge: edge.holder != edge.held),
    max_size=10,
).map(tuple)


def holds(holder: str, held: str, share: int) -> Edge:
    return Edge(holder, held, HOLDS, Decimal(share))


def test_more_than_the_threshold_controls_and_the_threshold_does_not():
    assert controlled_by([holds("A", "B", 51)], "A", HALF) == {"B"}
    assert controlled_by([holds("A", "B", 50)], "A", HALF) == frozenset()


def test_shares_of_what_one_controls_add_up():
    edges = [holds("A", "B", 60), holds("A", "C", 30), holds("B", "C", 21)]

    assert controlled_by(edges, "A", HALF) == {"B", "C"}
    assert controllers_of(edges, "C", HALF) == {"A"}


def test_a_holding_below_control_passes_nothing_on():
    edges = [holds("A", "B", 40), holds("B", "C", 100)]

    assert controlled_by(edges, "A", HALF) == frozenset()
    assert holding_or_management_tie(edges, "A", "C", HALF) is None


def test_no_more_steps_count_than_the_limits_say():
    chain = [holds(one, other, 100) for one, other in ("AB", "BC", "CD")]

    assert controlled_by(chain, "A", Limits(Decimal(50), depth=2)) == {"B", "C"}
    assert bond_between(chain, "A", "D", Limits(Decimal(50), depth=2)) is None
    assert bond_between(chain, "A", "D", HALF) == Bond(HOLDING, "")


def test_a_circle_of_holdings_ends():
    circle = [holds("A", "B", 60), holds("B", "C", 60), holds("C", "A", 60)]

    assert controlled_by(circle, "A", HALF) == {"B", "C"}
    assert controllers_of(circle, "A", HALF) == {"B", "C"}


@pytest.mark.parametrize(
    ("edges", "bond"),
    [
        (
            [Edge("P", "A", REPRESENTS), Edge("P", "B", REPRESENTS), holds("A", "B", 90)],
            Bond(SAME_HEAD, "P"),
        ),
        ([holds("A", "B", 90)], Bond(HOLDING, "")),
        ([Edge("B", "A", MANAGES)], Bond(MANAGEMENT, "")),
        ([holds("P", "A", 60), holds("P", "B", 70)], Bond(SAME_CONTROLLER, "P")),
        ([Edge("P", "A", FOUNDED), Edge("P", "B", RUNS)], Bond(SAME_CONTROLLER, "P")),
        ([holds("P", "A", 60), holds("P", "B", 40)], None),
        ([Edge("P", "A", REPRESENTS), Edge("Q", "B", REPRESENTS)], None),
        ([], None),
    ],
)
def test_two_units_belong_together_for_the_plainest_reason(edges, bond):
    assert bond_between(edges, "A", "B", HALF) == bond
    assert bonds_among(edges, {1: "A", 2: "B"}, HALF) == ({(1, 2): bond} if bond else {})


def test_a_department_is_behind_what_its_institution_holds_a_little_of():
    edges = [Edge("D", "I", FOUNDED), holds("I", "A", 5), Edge("D", "X", REPRESENTS)]

    assert behind(edges, "A", HALF) == {"I", "D"}
    assert behind(edges, "X", HALF) == frozenset()


@given(EDGES, NAMES, NAMES)
def test_a_bond_is_mutual_and_the_order_of_the_edges_says_nothing(edges, one, other):
    assert bond_between(edges, one, other, HALF) == bond_between(edges[::-1], other, one, HALF)


@given(EDGES, NAMES)
def test_who_is_controlled_has_a_controller_and_nobody_controls_itself(edges, root):
    found = controlled_by(edges, root, HALF)

    assert root not in found
    assert all(root in controllers_of(edges, one, HALF) for one in found)


@given(EDGES, EDGES, NAMES)
def test_more_edges_and_more_steps_take_no_control_away(edges, more, root):
    few = controlled_by(edges, root, Limits(Decimal(50), depth=1))

    assert few <= controlled_by(edges, root, HALF) <= controlled_by(edges + more, root, HALF)


@given(EDGES, NAMES, NAMES)
def test_whoever_controls_two_is_neither_of_them(edges, one, other):
    assert same_controller(edges, one, other, HALF).isdisjoint({one, other})
