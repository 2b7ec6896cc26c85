"""Who belongs together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.kinship import Ties, namesakes, related

PHONE, HOUSE = "phone 1", "address 1"
ties = st.builds(
    Ties,
    st.sampled_from(["陈一", "陳 一", " 陈·一 ", "李二", "", " "]),
    st.frozensets(st.sampled_from([PHONE, HOUSE]), max_size=2),
)


def test_one_name_and_one_mark_make_two_bidders_related():
    bidders = {
        1: Ties("陈一", frozenset({PHONE})),
        2: Ties("李二", frozenset({PHONE})),
        3: Ties("陈 一", frozenset({PHONE, HOUSE})),
        4: Ties("陈一", frozenset({"phone 2"})),
    }

    assert related(bidders) == {1, 3}
    assert namesakes(bidders) == ((1, 4), (3, 4))


@pytest.mark.parametrize("name", ["A•B", "A・B", "A.B", "AB", "A\u200bB"])
def test_k6_05_a_name_typed_otherwise_is_the_same_name(name):
    bidders = {1: Ties("A·B", frozenset({HOUSE})), 2: Ties(name, frozenset({HOUSE}))}

    assert related(bidders) == {1, 2}


def test_bidders_without_a_name_are_related_to_nobody():
    bidders = {key: Ties(name, frozenset({PHONE})) for key, name in enumerate(["", " ", "·"])}

    assert related(bidders) == frozenset()
    assert namesakes(bidders) == ()


@given(st.dictionaries(st.integers(), ties))
def test_nobody_is_related_alone_or_by_a_name_alone(bidders):
    found = related(bidders)

    assert found <= bidders.keys()
    for key in found:
        assert any(bidders[key].marks & bidders[other].marks for other in found - {key})
    for pair in namesakes(bidders):
        assert not bidders[pair[0]].marks & bidders[pair[1]].marks


def test_who_is_known_to_be_one_person_needs_no_name_and_two_people_of_one_name_are_no_question():
    bidders = {
        1: Ties("陈一", frozenset({PHONE}), frozenset({"p1"})),
        2: Ties("陈壹", frozenset(), frozenset({"p1"})),
        3: Ties("陈一", frozenset({PHONE}), frozenset({"p2"})),
        4: Ties("陈一", frozenset()),
    }

    assert related(bidders) == {1, 2}
    assert namesakes(bidders) == ((1, 4), (3, 4))
