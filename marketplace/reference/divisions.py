"""The divisions of one province (GB/T 2260). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marketplace.reference.sources import (
    BadReferenceData,
    line_of,
    read_member,
    read_object,
)

CODES = {
    "province": re.compile(r"[1-9][0-9]0000"),
    "city": re.compile(r"[1-9][0-9](?!00)[0-9]{2}00"),
    "county": re.compile(r"[1-9][0-9]{3}(?!00)[0-9]{2}"),
}
PARTS = (("province", "province"), ("cities", "city"), ("counties", "county"))


@dataclass(frozen=True)
class Division:
    """A division of GB/T 2260; only the province has no parent."""

    code: str
    name: str
    level: str
    parent: str


def parse_divisions(text: str, file: str = "divisions.json") -> tuple[Division, ...]:
    """
    Return the province, its cities and their counties, parents before children.

    Raises:
        BadReferenceData: not JSON, a malformed or repeated code, an empty name, a missing parent.
    """
    content = read_object(text, file)
    read_member(content, "source", str, file)
    found: dict[str, Division] = {}
    for part, level in PARTS:
        for code, name in read_member(content, part, dict, file).items():
            division = Division(code, name, level, parent_code(code, level))
            if problem := _problem(division, found):
                line = line_of(text, code, within=part)
                raise BadReferenceData(file, line, part, problem, code)
            found[code] = division
    return tuple(found.values())


def parent_code(code: str, level: str) -> str:
    """Return the code of the division above `code`; empty for the province."""
    return {"city": f"{code[:2]}0000", "county": f"{code[:4]}00"}.get(level, "")


def _problem(division: Division, found: dict[str, Division]) -> str:
    """Return the code of what is wrong with `division`, or nothing."""
    if not CODES[division.level].fullmatch(division.code):
        return "malformed"
    if not isinstance(division.name, str) or not division.name.strip():
        return "empty"
    if division.parent and division.parent not in found:
        return "unknown_parent"
    return ""
