"""Ties are stored as one registry says, people by a key alone, and what is over is removed."""

import pytest

from marketplace.actions.ownership import load_ownership, without_identities
from marketplace.models import OwnershipTie
from marketplace.reference import parse_ownership
from tests.clock import NOON
from tests.factories.marketplace import division, valid_uscc
from tests.marketplace.test_reference_ownership import HEADER, PERSON

pytestmark = pytest.mark.django_db
A, B, C = map(valid_uscc, (1, 2, 3))
FIRST = f"holds,{A},,甲公司,{B},乙公司,60,,\n"
HEAD = f"represents,,{PERSON},陈一,{B},乙公司,,,\n"


def load(rows: str) -> dict[str, int]:
    ties = parse_ownership(HEADER + rows, {"360702"})
    return dict(load_ownership(ties, source="ownership.csv", at=NOON))


def test_a_file_is_brought_in_once_and_its_next_edition_ends_what_is_over() -> None:
    assert load(FIRST + HEAD) == {"created": 2}
    assert load(FIRST + HEAD) == {"unchanged": 2}
    assert load(FIRST.replace(",60,", ",55,")) == {"updated": 1, "removed": 1}
    assert load(f"holds,{A},,甲公司,{C},丙公司,10,,\n") == {"created": 1}

    assert [str(tie) for tie in OwnershipTie.objects.all()] == [
        "甲公司 出资 乙公司",
        "甲公司 出资 丙公司",
    ]


def test_of_a_person_only_a_key_is_kept() -> None:
    load(HEAD)

    values = str(OwnershipTie.objects.values().get())
    assert PERSON not in values
    assert OwnershipTie.objects.get().holder_key.startswith("person:")
    assert len(OwnershipTie.objects.get().holder_key) == len("person:") + 64


def test_the_area_of_a_department_stays_with_its_tie() -> None:
    division()

    assert load(f"founded,{A},,测试水利局,{B},乙公司,,水行政主管部门,360702\n") == {"created": 1}
    assert OwnershipTie.objects.get().division_id == "360702"


def test_a_file_without_identity_numbers_says_the_same_of_people() -> None:
    load(FIRST + HEAD)

    carried = without_identities(HEADER + FIRST + HEAD)

    assert PERSON not in carried
    assert carried.startswith(f"{HEADER}{FIRST}represents,,person:")
    assert without_identities(carried) == carried
    assert load(carried.removeprefix(HEADER)) == {"unchanged": 2}
