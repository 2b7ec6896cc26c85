"""The rule values as their file says, fractions exact."""

import pytest

from marketplace.reference import (
    parse_parameters,
)
from tests.reference_files import fault, text

PARAMETER_HEADER = "key,value,unit,legal_basis,source_note,in_force_from,scope\n"


def parameters():
    return parse_parameters(text("parameters.csv"))


def value_of(key):
    return [one.value for one in parameters() if one.key == key][-1]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("onboarding.formal_check", 2),
        ("onboarding.publicity", 5),
        ("order.must_use_limit.province", 1_000_000),
        ("order.must_use_limit.county", 500_000),
        ("order.tender_limit", 1_000_000),
        ("order.signup_min", 3),
        ("order.min_signups.lowest.fiscal", 3),
        ("order.min_signups.lowest.private", 1),
        ("order.max_failed_rounds", 2),
        ("result.publicity", 3),
        ("contract.sign", 10),
        ("service.late_tolerance", 10),
        ("rating.window", 15),
        ("rating.amend", 3),
        ("acceptance.window", 180),
        ("credit.base", 100),
        ("sanction.months.minor", [0, 3]),
        ("sanction.months.general", [3, 12]),
        ("sanction.months.serious", [12, 36]),
        ("sanction.statement", 5),
        ("sanction.decision", 10),
        ("opening.grace", 60),
        ("direct.accept", 2),
        ("selection.register", 1),
    ],
)
def test_a_parameter_has_its_default(key, value):
    assert value_of(key) == value


def test_every_legal_basis_is_one_that_our_sources_state():
    default = "平台默认"
    bases = {one.legal_basis for one in parameters()}

    assert {basis for basis in bases if not basis.startswith(default)} == {
        "赣财购〔2021〕30号",
        "财库〔2018〕2号",
        "财库〔2022〕19号",
        "《优化营商环境条例》第四十三条第三款",
        "《信用修复管理办法》",
        "《保障中小企业款项支付条例》第九条",
        "《必须招标的工程项目规定》第五条",
    }
    assert {basis for basis in bases if basis.startswith(default)} == {
        default,
        *(
            f"平台默认（参考：{place}）"
            for place in (
                "湖南省规定",
                "广东省规定",
                "广东省规定、湖南省规定",
                "海州区规定",
                "湖口县规定",
                "吴江区规定",
            )
        ),
    }


def test_the_measure_on_repair_is_no_basis_for_a_restriction():
    """It says how long a record is public, not how long a restriction runs."""
    [row] = [one for one in parameters() if one.key == "sanction.months.serious"]

    assert row.legal_basis == "平台默认"
    assert row.source_note.startswith("《信用修复管理办法》规定公示多久")


def parameter_text(**cells):
    sound = {
        "key": "order.signup_min",
        "value": "3",
        "unit": "working_day",
        "legal_basis": "平台默认",
        "source_note": "",
        "in_force_from": "2025-01-01",
        "scope": "360000",
    }
    cells = [f'"{cell}"' for cell in (sound | cells).values()]
    return PARAMETER_HEADER + ",".join(cells) + "\n"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"key": "Signup"}, ("key", "malformed", "Signup")),
        ({"scope": "3600"}, ("scope", "malformed", "3600")),
        ({"value": "three"}, ("value", "not_json", "three")),
        ({"value": "NaN"}, ("value", "not_json", "NaN")),
        ({"value": ""}, ("value", "empty", "")),
        ({"unit": ""}, ("unit", "empty", "")),
        ({"legal_basis": ""}, ("legal_basis", "empty", "")),
        ({"in_force_from": "2025-02-30"}, ("in_force_from", "not_a_date", "2025-02-30")),
        ({"in_force_from": "20250101"}, ("in_force_from", "not_a_date", "20250101")),
    ],
)
def test_a_fault_in_a_parameter_names_its_column(cells, expected):
    parse_parameters(parameter_text())

    line, *rest = fault(parse_parameters, parameter_text(**cells))

    assert (line, tuple(rest)) == (2, expected)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("-5", -5),
        ("-0.5", "-0.5"),
        ("2.50", "2.5"),
        ("3.0", 3),
        ("1e2", 100),
        ("true", True),
        ("[3, 12]", [3, 12]),
        ('{""buyer"": 33.3}', {"buyer": "33.3"}),
    ],
)
def test_a_fraction_is_kept_exactly_as_text(cell, value):
    (parameter,) = parse_parameters(parameter_text(value=cell))

    assert parameter.value == value
    assert type(parameter.value) is type(value)
    assert parameter.line == 2


def test_two_values_for_one_day_are_refused():
    row = parameter_text().splitlines()[1]

    found = fault(parse_parameters, parameter_text() + row + "\n")

    assert found == (3, "key", "duplicate", "order.signup_min")
