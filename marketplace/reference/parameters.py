"""The values of the rulebook, each with its unit, its sentence and its legal basis. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from marketplace.reference.sources import Row, read_rows, refuse_repeats

KEY = re.compile(r"[a-z_]+(\.[A-Za-z_]+)+")
SCOPE = re.compile(r"[1-9][0-9]{5}")
PROVINCE_ENDING = "0000"
ONE_IN_THE_PROVINCE = ("credit.", "sanction.")
SIGNED_UNITS = frozenset({"points"})
UNITS = SIGNED_UNITS | {
    "working_day",
    "calendar_day",
    "second",
    "minute",
    "hour",
    "month",
    "year",
    "yuan",
    "percent",
    "count",
    "switch",
}
COLUMNS = (
    "key",
    "value",
    "unit",
    "label",
    "sentence",
    "legal_basis",
    "source_note",
    "in_force_from",
    "scope",
)


@dataclass(frozen=True)
class Parameter:
    """One rule value in one area from one day on; `value` is what JSON can say."""

    key: str
    scope: str
    value: Any
    unit: str
    label: str
    sentence: str
    legal_basis: str
    source_note: str
    in_force_from: date


def parse_parameters(text: str, file: str = "parameters.csv") -> tuple[Parameter, ...]:
    """
    Return the rule values, earlier days first, otherwise in the order of the file.

    Raises:
        BadReferenceData: a wrong header, an empty cell, a malformed key, value, unit or day, a
            sentence that the value does not fit, two values for one day, a value of one area for
            what is one in the whole province.
    """
    rows = read_rows(text, file, COLUMNS)
    refuse_repeats(rows, "key", "scope", "in_force_from")
    return tuple(sorted(map(_parameter, rows), key=lambda parameter: parameter.in_force_from))


def _parameter(row: Row) -> Parameter:
    unit = row.one_of("unit", UNITS)
    value = _value(row)
    if not fits(value, unit):
        row.fail("value", "not_of_unit")
    if not has_place_for(row.text("sentence"), value):
        row.fail("sentence", "placeholder")
    key, scope = _matching(row, "key", KEY), _matching(row, "scope", SCOPE)
    if key.startswith(ONE_IN_THE_PROVINCE) and not scope.endswith(PROVINCE_ENDING):
        row.fail("scope", "province_only")
    return Parameter(
        key=key,
        scope=scope,
        value=value,
        unit=unit,
        label=row.text("label"),
        sentence=row.text("sentence"),
        legal_basis=row.text("legal_basis"),
        source_note=row.cells["source_note"],
        in_force_from=row.day("in_force_from"),
    )


def _matching(row: Row, column: str, pattern: re.Pattern[str]) -> str:
    text = row.text(column)
    return text if pattern.fullmatch(text) else row.fail(column, "malformed")


def _value(row: Row) -> Any:
    try:
        return json.loads(row.text("value"))
    except json.JSONDecodeError:
        row.fail("value", "not_json")


def fits(value: object, unit: str) -> bool:
    """Tell whether `value` is a number of `unit`, or a list or object of such numbers."""
    if isinstance(value, dict):
        return fits(list(value.values()), unit)
    if isinstance(value, list):
        return bool(value) and all(_is_number(part, unit) for part in value)
    return isinstance(value, bool) if unit == "switch" else _is_number(value, unit)


def _is_number(value: object, unit: str) -> bool:
    if type(value) is not int:
        return False
    return value >= 0 or unit in SIGNED_UNITS


def has_place_for(sentence: str, value: object) -> bool:
    """Tell whether `sentence` names the value, or parts of it, and nothing else."""
    try:
        return "{value" in sentence and bool(sentence.format(value=value))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return False
