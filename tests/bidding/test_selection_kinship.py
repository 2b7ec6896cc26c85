"""Who belongs together."""

from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.kinship import sharing_a_representative

names = st.dictionaries(
    st.integers(), st.sampled_from(["陈一", "陈 一", " 陈一 ", "李二", "", " "])
)


def test_bidders_with_one_representative_are_related():
    found = sharing_a_representative({1: "陈一", 2: "李二", 3: "陈 一", 4: ""})

    assert found == {1, 3}


def test_bidders_without_a_name_are_related_to_nobody():
    assert sharing_a_representative({1: "", 2: " ", 3: ""}) == frozenset()


@given(names)
def test_nobody_is_related_alone(bidders):
    related = sharing_a_representative(bidders)
    plain = {key: name.replace(" ", "") for key, name in bidders.items()}

    assert related <= bidders.keys()
    for key in bidders:
        twins = [other for other, name in plain.items() if name == plain[key] and other != key]
        assert (key in related) is (bool(twins) and plain[key] != "")
