"""The codes of the country in the database are those of the file."""

import pytest

from marketplace.models import PlaceCode
from tests.loading import load

pytestmark = pytest.mark.django_db
HEADER = "code,name,valid_from,valid_until,successors\n"
BEFORE = HEADER + "500000,重庆市,,,\n500105,江北区,,,\n500112,渝北区,,,\n"
AFTER = (
    HEADER + "500000,重庆市,,,\n500105,江北区,,2025,500157\n500112,渝北区,,2025,500157\n"
    "500157,两江新区,2025,,\n"
)


def test_k8_01_a_new_list_closes_what_is_gone_and_a_second_run_writes_nothing(
    tmp_path, django_assert_num_queries
):
    file = tmp_path / "place_codes.csv"
    file.write_text(BEFORE, encoding="utf-8")
    assert load("load_place_codes", data=tmp_path) == [
        "place codes: 3 created, 0 updated, 0 unchanged"
    ]

    file.write_text(AFTER, encoding="utf-8")
    assert load("load_place_codes", data=tmp_path) == [
        "place codes: 1 created, 2 updated, 1 unchanged"
    ]
    with django_assert_num_queries(3):
        assert load("load_place_codes", data=tmp_path) == [
            "place codes: 0 created, 0 updated, 4 unchanged"
        ]

    old = PlaceCode.objects.get(code="500105")
    assert (old.valid_until, old.successors) == (2025, ["500157"])
    assert [*PlaceCode.objects.meant_in("500105", 2024)] == [old]
    assert [*PlaceCode.objects.meant_in("500105", 2026)] == []


def test_a_list_that_leaves_a_code_out_closes_it_in_the_year_of_the_run(tmp_path):
    file = tmp_path / "place_codes.csv"
    file.write_text(BEFORE, encoding="utf-8")
    load("load_place_codes", data=tmp_path)

    file.write_text(BEFORE.replace("500112,渝北区,,,\n", ""), encoding="utf-8")
    printed = load("load_place_codes", data=tmp_path)

    assert printed == ["place codes: 0 created, 0 updated, 2 unchanged, 1 closed"]
    assert PlaceCode.objects.get(code="500112").valid_until == 2026
