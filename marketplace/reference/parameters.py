"""The values of the rulebook as a file states them; what they mean is declared in code. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from marketplace.reference.sources import (
    BadReferenceData,
    Row,
    read_member,
    read_object,
    read_rows,
    refuse_repeats,
)

KEY = re.compile(r"[a-z_]+(\.[A-Za-z0-9_]+)+")
SCOPE = re.compile(r"[1-9][0-9]{5}")
COLUMNS = ("key", "value", "unit", "legal_basis", "source_note", "in_force_from", "scope")


@dataclass(frozen=True)
class Parameter:
    """
    One rule value in one area from one day on, as it stands in line `line` of a file.

    `value` is what JSON can say without a float: a fraction is a text, "-0.5".
    """

    key: str
    scope: str
    value: Any
    unit: str
    legal_basis: str
    source_note: str
    in_force_from: date
    line: int = 0


def parse_parameters(text: str, file: str = "parameters.csv") -> tuple[Parameter, ...]:
    """
    Return the rule values, earlier days first, otherwise in the order of the file.

    Raises:
        BadReferenceData: a wrong header, an empty cell, a malformed key, area or day, a value that
            is not JSON, two values for one day.
    """
    rows = read_rows(text, file, COLUMNS)
    refuse_repeats(rows, "key", "scope", "in_force_from")
    return tuple(sorted(map(_parameter, rows), key=lambda parameter: parameter.in_force_from))


def _parameter(row: Row) -> Parameter:
    return Parameter(
        key=_matching(row, "key", KEY),
        scope=_matching(row, "scope", SCOPE),
        value=_value(row),
        unit=row.text("unit"),
        legal_basis=row.text("legal_basis"),
        source_note=row.cells["source_note"],
        in_force_from=row.day("in_force_from"),
        line=row.line,
    )


def _matching(row: Row, column: str, pattern: re.Pattern[str]) -> str:
    text = row.text(column)
    return text if pattern.fullmatch(text) else row.fail(column, "malformed")


def _value(row: Row) -> Any:
    text = row.text("value")
    try:
        return read_value(text)
    except ValueError:
        row.fail("value", "not_json")


def read_value(text: str) -> Any:
    """
    Return what the JSON `text` says, its fractions exactly: 2.5 as "2.5", 2.0 as 2.

    Raises:
        ValueError: it is not JSON, or says what JSON should not: NaN, or an infinite number.
    """
    return exact(json.loads(text, parse_float=Decimal, parse_constant=_refuse))


def exact(value: Any) -> Any:
    """Return `value` with each Decimal as a whole number or as a text."""
    match value:
        case Decimal():
            whole = value.to_integral_value()
            return int(whole) if value == whole else f"{value.normalize():f}"
        case list():
            return [exact(part) for part in value]
        case Mapping():
            return {name: exact(part) for name, part in value.items()}
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def read_parameters(text: str, file: str = "rules.json") -> tuple[Parameter, ...]:
    """
    Return the rule values of a JSON file: `{"rules": [{"key": …, "value": …}, …]}`.

    A row's line is its place in the list, from 1.

    Raises:
        BadReferenceData: not such a file, or what `parse_parameters` refuses.
    """
    content = read_object(text, file)
    members = read_member(content, "rules", list, file)
    rows = [_json_row(member, file, place) for place, member in enumerate(members, start=1)]
    refuse_repeats(rows, "key", "scope", "in_force_from")
    return tuple(map(_parameter, rows))


def _json_row(member: Any, file: str, place: int) -> Row:
    if not isinstance(member, dict) or set(member) != set(COLUMNS):
        raise BadReferenceData(file, place, "", "unexpected_columns", ",".join(COLUMNS))
    texts = {name: member[name] for name in COLUMNS if name != "value"}
    for name, cell in texts.items():
        if not isinstance(cell, str) or cell != cell.strip():
            raise BadReferenceData(file, place, name, "not_a_text", str(cell))
    return Row(file, place, {**texts, "value": json.dumps(member["value"], ensure_ascii=False)})
