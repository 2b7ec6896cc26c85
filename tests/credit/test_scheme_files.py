"""What a scheme's file says, and what a fault in one says."""

import json

import pytest

from credit.scheme_files import document_of, read_scheme
from marketplace.reference import BadReferenceData
from tests.credit.vectors import HERE, vector

NAMES = sorted(path.stem for path in HERE.glob("*.json"))


def changed(*path, to, name="mwr_2023"):
    """Return the text of a vector with one member changed, or taken out by None."""
    document = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    here = document
    for step in path[:-1]:
        here = here[step]
    if to is None:
        del here[path[-1]]
    else:
        here[path[-1]] = to
    return json.dumps(document)


@pytest.mark.parametrize("name", NAMES)
def test_a_scheme_is_written_as_it_is_read(name):
    scheme = vector(name)

    assert read_scheme(json.dumps(document_of(scheme)), "again.json") == scheme


@pytest.mark.parametrize(
    ("path", "to", "where", "problem", "value"),
    [
        (["name"], None, "name", "missing_member", ""),
        (["more"], 1, "more", "unknown", "1"),
        (["format"], "2", "format", "unknown", "2"),
        (["valid_from"], "2024-13-01", "valid_from", "not_a_date", "2024-13-01"),
        (["cycle"], "month", "cycle", "unknown", "month"),
        (["base"], "100.25", "base", "not_in_halves", "100.25"),
        (["base"], "viel", "base", "malformed", "viel"),
        (["base"], {"rule": "credit.base"}, "base", "unknown", ""),
        (["kinds"], [], "kinds", "missing_member", ""),
        (["kinds", 0, "points"], "10", "kinds[0].points", "wrong_sign", "10"),
        (["kinds", 0, "counts_months"], 0, "kinds[0].counts_months", "malformed", "0"),
        (["kinds", 0, "grade"], "E", "kinds[0].grade", "unknown", "E"),
        (["kinds", 1, "code"], "breach", "kinds[1].code", "duplicate", "breach"),
        (["kinds", 1, "name"], " 空", "kinds[1].name", "not_a_text", " 空"),
        (
            ["kinds", 0, "repeat"],
            {"of": ["breach"], "times": 2, "months": 12},
            *("kinds[0].repeat", "unknown", "breach"),
        ),
        (["grades", 3, "begins"], "5", "grades", "not_in_order", ""),
        (["grades", 1, "begins"], "95", "grades", "not_in_order", ""),
        (["grades", 1, "grade"], "A", "grades[1].grade", "duplicate", "A"),
        (["cycle"], "none", "bars[0]", "needs_years", "A"),
        (["bars", 0, "seen"], ["B"], "bars[0].seen", "contradiction", "B"),
        (["bars", 0, "years"], 3, "bars[0]", "contradiction", "A"),
        (["bars", 0, "grade"], "D", "bars[0]", "contradiction", "D"),
    ],
)
def test_a_fault_names_its_place(path, to, where, problem, value):
    with pytest.raises(BadReferenceData) as caught:
        read_scheme(changed(*path, to=to), "mwr.json")

    error = caught.value
    assert (error.file, error.column, error.problem) == ("mwr.json", where, problem)
    assert error.value == value


def test_a_case_needs_to_say_what_it_proposes():
    text = changed("thresholds", 1, "measure", to=None, name="mee_2019")

    with pytest.raises(BadReferenceData, match=r"thresholds\[1\].measure: unknown"):
        read_scheme(text, "mee.json")


def test_what_is_no_json_names_its_line():
    with pytest.raises(BadReferenceData) as caught:
        read_scheme('{\n"format": }', "a.json")

    assert (caught.value.line, caught.value.problem) == (2, "not_json")


def test_a_number_may_be_the_rulebook_s():
    text = changed("base", to={"rule": "credit.base"})

    assert read_scheme(text, "a.json", {"credit.base": 80}.__getitem__).base == 80
