"""Evidence is read in the one form in which it is published, or not at all."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.evidence import (
    Finding,
    verify,
)
from bidding.selection.evidence_format import VERSIONS, Entrant, Malformed, read
from tests.bidding.vectors import ALL, GOOD, GOOD_2, changed, parts
from tests.clock import NOON

CODES = [f"9136070{place}MA39TL6X4{place}" for place in range(8)]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_anything_else_is_no_evidence(value):
    assert [finding.check for finding in verify(value)] == ["shape"]
    assert [finding.check for finding in verify({**GOOD[0], "entrants": [value]})] == ["shape"]


@pytest.mark.parametrize("value", [1.0, float("nan"), b"", "\ud800"])
def test_what_json_cannot_say_in_one_way_is_no_evidence(value):
    assert verify({**GOOD[0], "amount": value}) == [
        Finding("shape", f"$.amount: {value!r}" if isinstance(value, str) else _kind(value))
    ]


def _kind(value):
    return f"$.amount: {type(value).__name__}"


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-24T00:00:00Z",
        "2026-11-23T16:00:00+00:00",
        "2026-11-24T00:00:00.000000+08:00",
        "2026-11-31T00:00:00+08:00",
        "2026-11-24 00:00:00+08:00",
        "2026-11-24",
    ],
)
def test_a_moment_has_one_form(moment):
    forgery = changed(GOOD[0], (("period_end",), moment), reseal=True)

    assert verify(forgery) == [Finding("shape", "$.period_end")]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (("seed",), "$.seed"),
        (("commitment",), "$.commitment"),
        (("terms", "rulebook"), "$.terms.rulebook"),
        (("terms", "ceiling"), "$.terms.ceiling"),
        (("entrants", 1, "amount"), "$.entrants[1].amount"),
        (("entrants", 2, "uscc"), "$.entrants[2].uscc"),
    ],
)
def test_a_value_is_neither_longer_nor_shorter_than_its_form(path, where):
    value = dict(parts(GOOD[0]))[path]

    for unfit in (f"{value}0", f"{value}\n", value[:-1], ""):
        forgery = changed(GOOD[0], (path, unfit), reseal=True)
        assert verify(forgery) == [Finding("shape", where)]


@pytest.mark.parametrize("value", ["", "someone", CODES[0][:17], CODES[0].lower()])
def test_a_named_agency_is_a_credit_code(value):
    forgery = changed(GOOD[4], (("terms", "named_agency"), value), reseal=True)

    assert verify(forgery) == [Finding("shape", "$.terms.named_agency")]


def test_what_was_published_is_read_as_facts_and_written_as_it_was():
    for evidence in ALL:
        content, facts = read(evidence)

        stated = facts.as_json()
        assert {key: content[key] for key in stated} == stated
        assert facts.terms.format == evidence["format"]
    assert VERSIONS.keys() == {evidence["format"] for evidence in ALL}


@pytest.mark.parametrize(
    ("evidence", "where"),
    [
        (None, "$"),
        ({**GOOD_2[0], "format": "wszj-evidence/9"}, "$.format"),
        ({**GOOD_2[0], "extra": 1}, "$"),
        ({**GOOD_2[0], "seed": "00"}, "$.seed"),
        ({**GOOD_2[0], "selected_at": "2026-02-30T00:00:00+08:00"}, "$.selected_at"),
    ],
)
def test_what_is_of_no_form_is_refused_by_its_place(evidence, where):
    with pytest.raises(Malformed) as refused:
        read(evidence)

    assert str(refused.value) == where


def test_an_entrant_stands_unless_it_says_otherwise():
    entrant = Entrant(agency="abc", name="甲", uscc=CODES[0], amount=Decimal(5), offered_at=NOON)

    assert entrant.stands
    assert not replace(entrant, status="ended", reference="JX-2026-0117").stands
    assert entrant.as_json() == {
        "agency": "abc",
        "name": "甲",
        "uscc": CODES[0],
        "amount": "5.00",
        "offered_at": "2026-11-24T12:00:00+08:00",
        "status": "standing",
        "reference": None,
    }
