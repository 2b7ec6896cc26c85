"""Ties as a registry hands them over; an identity number that is refused is not repeated."""

from decimal import Decimal

import pytest

from marketplace.reference import BadReferenceData, parse_ownership
from tests.factories.marketplace import valid_uscc
from tests.reference_files import fault

HEADER = (
    "kind,holder_code,holder_identity,holder_name,held_code,held_name,share,department,division\n"
)
A, B = valid_uscc(1), valid_uscc(2)
PERSON = "360702199001010024"
KEY = f"person:{'0f' * 32}"


def read(text):
    return parse_ownership(text, {"360702"})


def test_a_holder_is_a_unit_or_a_person_or_the_key_of_one():
    one, other, known = read(
        f"{HEADER}holds,{A},,甲公司,{B},乙公司,60.5,,\nrepresents,,{PERSON},陈一,{B},乙公司,,,\n"
        f"manages,,{KEY},陈二,{B},乙公司,,,\n"
    )

    assert known.holder_identity == KEY
    assert (one.holder_code, one.share, one.line) == (A, Decimal("60.5"), 2)
    assert (other.holder_identity, other.share) == (PERSON, None)
    assert PERSON not in repr(other)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (f"owns,{A},,甲,{B},乙,1,,", (2, "kind", "unknown")),
        (f"holds,{A},{PERSON},甲,{B},乙,1,,", (2, "holder_code", "one_of_two")),
        (f"holds,,,甲,{B},乙,1,,", (2, "holder_code", "one_of_two")),
        (f"holds,,36070219900101002,甲,{B},乙,1,,", (2, "holder_identity", "not_an_identity")),
        (f"holds,{A},,甲,123,乙,1,,", (2, "held_code", "not_a_code")),
        (f"holds,{A},,甲,{B},乙,,,", (2, "share", "empty")),
        (f"holds,{A},,甲,{B},乙,nan,,", (2, "share", "not_a_share")),
        (f"holds,{A},,甲,{B},乙,100.5,,", (2, "share", "not_a_share")),
        (f"runs,{A},,甲,{B},乙,,水行政主管部门,", (2, "division", "empty")),
        (f"runs,{A},,甲,{B},乙,,水行政主管部门,330106", (2, "division", "unknown_division")),
        (f"holds,,person:12,甲,{B},乙,1,,", (2, "holder_identity", "not_an_identity")),
        (f"runs,{A},,甲,{B},乙,,,\nruns,{A},,甲,{B},乙,,,", (3, "kind", "duplicate")),
    ],
)
def test_a_fault_in_the_ties_names_its_line(row, expected):
    assert fault(read, f"{HEADER}{row}\n")[:3] == expected


def test_a_refused_number_of_a_person_stands_in_no_error():
    with pytest.raises(BadReferenceData) as refused:
        read(f"{HEADER}holds,{A},{PERSON},甲,{B},乙,1,,\n")

    assert PERSON not in str(refused.value) + refused.value.value
