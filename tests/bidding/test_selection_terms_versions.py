"""The terms of an order in each version of the evidence."""

from decimal import Decimal

import pytest

from bidding.selection.shapes import misfits
from bidding.selection.terms.direct import DirectTerms
from bidding.selection.terms.lowest import LowestTerms
from bidding.selection.terms.versions import FlatTerms, Terms, UnknownVersion, in_version

SHARED = {
    "tender_code": "JX360702-2026-00012",
    "fund": "private",
    "rulebook": "ab" * 32,
    "min_signups": 1,
}
NAMED = "91360102MA36E8JC50"
LOWEST = {"name": "lowest", "ceiling": "9.00", "floor": None}
DIRECT = {"name": "direct", "ceiling": "9.00", "named_agency": NAMED}


def test_version_2_states_the_method_with_its_own_terms():
    terms = Terms(**SHARED, method=DirectTerms(ceiling=Decimal(9), named_agency=NAMED))

    assert terms.as_json() == {**SHARED, "method": DIRECT}
    assert Terms.read(terms.as_json()) == terms
    assert (terms.answering(), terms.settles_on_entry) == (NAMED, True)
    assert terms.bounds() == (None, Decimal(9))


@pytest.mark.parametrize(
    ("method", "where"),
    [
        (LOWEST, []),
        (DIRECT, []),
        ({**LOWEST, "named_agency": None}, ["$.method"]),
        ({"name": "lowest", "ceiling": "9.00"}, ["$.method"]),
        ({**DIRECT, "named_agency": None}, ["$.method.named_agency"]),
        ({**DIRECT, "ceiling": "9"}, ["$.method.ceiling"]),
        ({"name": "nearest"}, ["$.method.name"]),
        ({}, ["$.method"]),
        ("lowest", ["$.method"]),
        (None, ["$.method"]),
    ],
)
def test_version_2_has_exactly_the_terms_of_the_method_it_names(method, where):
    content = {**SHARED, "method": method}

    assert [*misfits(content, Terms.form(content))] == where


def test_version_1_states_all_terms_side_by_side():
    flat = FlatTerms(**SHARED, method="lowest", ceiling=None, floor=Decimal(4))

    assert flat.as_json() == {
        **SHARED,
        "method": "lowest",
        "ceiling": None,
        "floor": "4.00",
        "named_agency": None,
    }
    assert FlatTerms.read(flat.as_json()) == flat
    assert flat.bounds() == (Decimal(4), None)


@pytest.mark.parametrize(
    ("method", "named", "is_right"),
    [
        ("lowest", None, True),
        ("lowest", NAMED, False),
        ("direct", NAMED, True),
        ("direct", None, False),
    ],
)
def test_version_1_named_somebody_for_a_direct_order_alone(method, named, is_right):
    flat = FlatTerms(**SHARED, method=method, ceiling=None, named_agency=named)

    assert flat.names_whom_it_should() is is_right


def test_both_versions_rank_alike():
    offers = {"a": Decimal(5), "b": Decimal(5), "c": Decimal(4)}
    flat = FlatTerms(**SHARED, method="lowest", ceiling=None)
    typed = Terms(**SHARED, method=LowestTerms(ceiling=None))

    assert flat.rank(offers, {}, bytes(32), b"x") == typed.rank(offers, {}, bytes(32), b"x")
    assert [flat.settles_on_entry, typed.settles_on_entry] == [False, False]


def test_version_1_knew_two_methods_and_learns_no_more():
    content = {"method": "random"}

    assert FlatTerms.form(content)["method"] == ("lowest", "direct")


@pytest.mark.parametrize(
    ("own", "flat"),
    [
        (
            LowestTerms(ceiling=Decimal(9), floor=Decimal(4)),
            {"method": "lowest", "ceiling": Decimal(9), "floor": Decimal(4)},
        ),
        (
            DirectTerms(ceiling=None, named_agency=NAMED),
            {"method": "direct", "ceiling": None, "named_agency": NAMED},
        ),
    ],
)
def test_terms_are_written_in_the_version_that_was_promised(own, flat):
    terms = Terms(**SHARED, method=own)

    assert in_version("wszj-evidence/2", terms) is terms
    assert in_version("wszj-evidence/1", terms) == FlatTerms(**SHARED, **flat)


def test_a_version_that_nobody_can_write_is_refused():
    class OtherTerms(LowestTerms):
        name = "other"

    with pytest.raises(UnknownVersion, match="wszj-evidence/3"):
        in_version("wszj-evidence/3", Terms(**SHARED, method=LowestTerms(ceiling=None)))
    with pytest.raises(UnknownVersion, match="wszj-evidence/1"):
        in_version("wszj-evidence/1", Terms(**SHARED, method=OtherTerms(ceiling=None)))
