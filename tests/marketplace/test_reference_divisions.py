"""The province, its cities and counties, as their file says."""

import json
from collections import Counter

import pytest

from marketplace.reference import parse_division_table, parse_divisions, refuse_orphans
from tests.reference_files import fault, text


def test_divisions_are_one_province_eleven_cities_and_a_hundred_counties():
    divisions = parse_divisions(text("divisions.json"))

    assert Counter(one.level for one in divisions) == {"province": 1, "city": 11, "county": 100}
    by_code = {one.code: one for one in divisions}
    assert (by_code["360000"].name, by_code["360000"].parent) == ("江西省", "")
    assert (by_code["360700"].name, by_code["360700"].parent) == ("赣州市", "360000")
    assert (by_code["360429"].name, by_code["360429"].parent) == ("湖口县", "360400")


def test_divisions_name_their_standard():
    assert json.loads(text("divisions.json"))["source"].startswith("GB/T 2260")


def division_text(**parts):
    content = {
        "source": "GB/T 2260",
        "province": {"360000": "江西省"},
        "cities": {"360700": "赣州市"},
        "counties": {"360702": "章贡区"},
    }
    return json.dumps(content | parts, ensure_ascii=False, indent=1)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{", (1, "", "not_json")),
        ("[]", (1, "", "not_an_object")),
        (division_text(source=""), (1, "source", "missing_member")),
        (division_text(cities=[]), (1, "cities", "missing_member")),
        (division_text(counties={"3607": "章贡区"}), (10, "counties", "malformed")),
        (division_text(cities={"360702": "章贡区"}), (7, "cities", "malformed")),
        (division_text(counties={"360702": " "}), (10, "counties", "empty")),
        (division_text(counties={"360802": "吉州区"}), (10, "counties", "unknown_parent")),
        (division_text(counties={"360700": "赣州市"}), (10, "counties", "malformed")),
        (
            '{"source": "x",\n "province": {"360000": "江西省",\n "360000": "江西"}}',
            (3, "", "duplicate"),
        ),
    ],
)
def test_a_fault_in_the_divisions_names_its_line(content, expected):
    assert fault(parse_divisions, content)[:3] == expected


TABLE = "code,name\n360702,章贡区\n360000,江西省\n360700,赣州市\n"


def test_a_table_says_the_same_with_the_province_before_what_lies_in_it():
    found = parse_division_table(TABLE, "360000")

    refuse_orphans(found)
    assert [(one.code, one.level, one.parent, one.line) for one in found] == [
        ("360000", "province", "", 3),
        ("360700", "city", "360000", 4),
        ("360702", "county", "360700", 2),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("36070,章贡区\n", (2, "code", "malformed")),
        ("360702,\n", (2, "name", "empty")),
        ("360700,赣州市\n330106,西湖区\n", (3, "code", "another_province")),
        ("360700,赣州市\n360700,赣州\n", (3, "code", "duplicate")),
    ],
)
def test_a_fault_in_a_table_of_divisions_names_its_line(rows, expected):
    assert fault(parse_division_table, f"code,name\n{rows}", "360000")[:3] == expected


def test_a_table_holds_where_each_of_its_divisions_lies():
    county = parse_division_table("code,name\n360000,江西省\n360702,章贡区\n", "")

    assert fault(refuse_orphans, county) == (3, "code", "unknown_parent", "360702")
    assert fault(refuse_orphans, ()) == (0, "code", "empty", "")
