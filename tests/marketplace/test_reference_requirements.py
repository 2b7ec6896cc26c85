"""Who may do the work, as the shipped files say it."""

import tomllib
from types import SimpleNamespace
from typing import Any

import pytest

from marketplace.reference import parse_item_requirements, parse_service_classes
from marketplace.requirements import problems_in, read
from tests.reference_files import fault, library, text

CLASSES = parse_service_classes(text("service_classes.csv"), library())


def item(code: str, service_class: str) -> Any:
    return SimpleNamespace(code=code, service_class=service_class)


def test_an_item_asks_for_what_its_class_asks_for_unless_it_says_otherwise() -> None:
    items = [item("S01", "C23"), item("S05", "C33"), item("S06", "C46"), item("S27", "")]
    own = '[S06]\nkind = "practitioners"\nprofession = "水利工程师"\ncount = 2\n'

    found = parse_item_requirements(own, items, CLASSES)

    assert {code: (one["kind"], one["basis"]) for code, one in found.items()} == {
        "S01": ("filing", "国家发展改革委公告2017年第17号"),
        "S05": ("certificate", "《文物保护法》第三十二条"),
        "S06": ("practitioners", ""),
    }


def test_what_the_shipped_file_asks_for_may_be_asked_for() -> None:
    own = tomllib.loads(text("item_requirements.toml"))
    items = [item(code, "C23") for code in own]

    found = parse_item_requirements(text("item_requirements.toml"), items, CLASSES)

    codes = [one.code for one in CLASSES]
    problems = {
        code: [problem for problem, _leaf in problems_in(read(one), codes, library())]
        for code, one in found.items()
    }
    assert {code: told for code, told in problems.items() if told} == {}
    assert len(own) == 35
    assert found["S04"]["kind"] == "commitment"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[S01", (0, "", "not_toml", "")),
        ("[S99]\nkind = 'nothing'", (0, "S99", "unknown_item", "")),
        ("[S01]\nkind = 'licence'", (0, "S01", "not_a_requirement", "unknown_kind")),
    ],
)
def test_a_fault_names_the_item(written: str, told: tuple[Any, ...]) -> None:
    assert fault(parse_item_requirements, written, [item("S01", "C23")], CLASSES) == told
