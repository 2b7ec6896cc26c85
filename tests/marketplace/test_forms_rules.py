"""Rule values as a manager types or pastes them."""

import json
from typing import Any

import pytest

from marketplace.forms.rules import RuleForm, RulesFileForm
from marketplace.models import Division
from tests.factories.marketplace import PROVINCE, division

GOOD = {
    "key": "order.signup_min",
    "value": "5",
    "unit": "working_day",
    "scope": PROVINCE,
    "in_force_from": "2027-01-01",
    "legal_basis": "平台默认",
    "source_note": "",
}


def typed(**changed: str) -> RuleForm:
    return RuleForm({**GOOD, **changed}, areas=Division.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "read"), [("5", 5), ("2.50", "2.5"), ("true", True), ("[3, 12]", [3, 12])]
)
def test_a_value_is_read_as_json_states_it(value: str, read: object) -> None:
    division(PROVINCE)
    form = typed(value=value)

    assert form.is_valid()
    [row] = form.rows()
    assert (row.key, row.value, row.unit, row.scope) == (
        "order.signup_min",
        read,
        "working_day",
        PROVINCE,
    )
    assert (row.in_force_from.isoformat(), row.line) == ("2027-01-01", 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "field"),
    [({"value": "NaN"}, "value"), ({"unit": "day"}, "unit"), ({"scope": "360702"}, "scope")],
)
def test_what_is_no_value_no_unit_or_no_area_of_the_manager_s_is_refused(
    changed: dict[str, str], field: str
) -> None:
    division(PROVINCE)

    assert [*typed(**changed).errors] == [field]


def pasted(*rows: Any) -> RulesFileForm:
    return RulesFileForm({"content": json.dumps({"rules": rows})})


def test_a_file_is_read_whole() -> None:
    form = pasted({**GOOD, "value": 5}, {**GOOD, "scope": "360702", "value": [3, 12]})

    assert form.is_valid()
    assert [(row.scope, row.value, row.line) for row in form.rows()] == [
        (PROVINCE, 5, 1),
        ("360702", [3, 12], 2),
    ]


def test_a_fault_in_a_file_is_told_with_its_row_and_column() -> None:
    form = pasted({**GOOD, "value": 5}, {**GOOD, "value": 5, "in_force_from": "2027"})

    assert form.errors == {"content": ["第 2 条，in_force_from：2027 不是 YYYY-MM-DD 形式的日期。"]}
    assert [*RulesFileForm({"content": "{"}).errors] == ["content"]


def test_what_is_chosen_from_is_in_chinese() -> None:
    form = RuleForm(areas=Division.objects.none())

    labels = [
        str(label) for name in ("unit", "scope") for _value, label in form.fields[name].choices
    ]

    assert labels[:2] == ["个工作日", "日"]
    assert labels[-1] == "请选择"
    assert [label for label in labels if label.isascii() and label != "%"] == []
