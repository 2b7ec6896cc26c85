"""What the codes of the country mean, and meant, as their file says."""

import pytest

from marketplace.reference import parse_divisions, parse_place_codes, refuse_lost_successors
from tests.reference_files import fault, text

HEADER = "code,name,valid_from,valid_until,successors\n"


def test_the_codes_hold_the_country_with_its_past():
    codes = parse_place_codes(text("place_codes.csv"))

    in_use = {one.code: one for one in codes if one.valid_until is None}
    assert (len(codes), len(in_use)) == (6760, 3212)
    assert in_use["330106"].full_name == "浙江省杭州市西湖区"
    assert in_use["429004"].full_name == "湖北省仙桃市"
    assert in_use["110101"].full_name == "北京市东城区"


def test_k8_01_two_districts_became_one_and_one_code_was_given_twice():
    codes = parse_place_codes(text("place_codes.csv"))

    told = {
        (one.code, one.name): (one.valid_until, one.successors)
        for one in codes
        if one.code in {"500105", "500112", "500157", "362324"}
    }
    assert told == {
        ("500105", "江北区"): (2025, ("500157",)),
        ("500112", "渝北区"): (2025, ("500157",)),
        ("500157", "两江新区"): (None, ()),
        ("362324", "丰城县"): (1981, ("362221",)),
        ("362324", "铅山县"): (2000, ("361124",)),
    }


def test_the_province_is_in_both_files_as_it_is_today():
    here = {
        one.code: one.name
        for one in parse_place_codes(text("place_codes.csv"))
        if one.code.startswith("36") and one.valid_until is None
    }

    assert here == {one.code: one.name for one in parse_divisions(text("divisions.json"))}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("36070,章贡区,,,\n", (2, "code", "malformed")),
        ("360702,,,,\n", (2, "name", "empty")),
        ("360702,章贡区,98,,\n", (2, "valid_from", "not_a_number")),
        ("360702,章贡区,1998,1997,\n", (2, "valid_until", "ends_before_it_begins")),
        ("360702,章贡区,,,\n360702,虔城区,,,\n", (3, "valid_until", "two_at_once")),
        ("360702,章贡区,,2000,\n360702,章贡区,,,\n", (3, "code", "duplicate")),
    ],
)
def test_a_fault_in_the_codes_names_its_line(rows, expected):
    assert fault(parse_place_codes, HEADER + rows)[:3] == expected


def test_what_a_code_became_stands_in_the_same_file():
    codes = parse_place_codes(f"{HEADER}360702,章贡区,,1999,360799\n")

    assert fault(refuse_lost_successors, codes) == (2, "successors", "unknown", "360799")
    refuse_lost_successors(parse_place_codes(text("place_codes.csv")))
