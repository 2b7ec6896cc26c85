"""The divisions of one province (GB/T 2260), as JSON and as a table. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.reference.sources import (
    BadReferenceData,
    line_of,
    read_member,
    read_object,
    read_rows,
    refuse_repeats,
)

CODES = {
    "province": re.compile(r"[1-9][0-9]0000"),
    "city": re.compile(r"[1-9][0-9](?!00)[0-9]{2}00"),
    "county": re.compile(r"[1-9][0-9]{3}(?!00)[0-9]{2}"),
}
COLUMNS = ("code", "name")
PARTS = (("province", "province"), ("cities", "city"), ("counties", "county"))


@dataclass(frozen=True)
class Division:
    """A division of GB/T 2260; only the province has no parent. `line` is that of a table."""

    code: str
    name: str
    level: str
    parent: str
    line: int = 0


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


def parse_division_table(
    text: str, province: str, file: str = "divisions.csv"
) -> tuple[Division, ...]:
    """
    Return the divisions of a table, parents before children, each read for itself.

    `province` is the code of the one that is served, empty before there is any.

    Raises:
        BadReferenceData: a malformed or repeated code, one of another province, an empty name.
    """
    rows = read_rows(text, file, COLUMNS)
    refuse_repeats(rows, "code")
    found = []
    for row in rows:
        code, name, level = row.text("code"), row.text("name"), level_of(row.cells["code"])
        if not level:
            row.fail("code", "malformed")
        if province and code[:2] != province[:2]:
            row.fail("code", "another_province")
        found.append(Division(code, name, level, parent_code(code, level), row.line))
    return tuple(sorted(found, key=lambda one: one.code))


def refuse_orphans(divisions: Iterable[Division], file: str = "divisions.csv") -> None:
    """
    Let each division lie in one of the same table.

    Raises:
        BadReferenceData: names the first that does not, or that there is none at all.
    """
    given = tuple(divisions)
    codes = {one.code for one in given}
    if not codes:
        raise BadReferenceData(file, 0, "code", "empty")
    for one in given:
        if one.parent and one.parent not in codes:
            raise BadReferenceData(file, one.line, "code", "unknown_parent", one.code)


def level_of(code: str) -> str:
    """Return the level that a code of GB/T 2260 tells, or nothing where it is none."""
    return next((level for level, form in CODES.items() if form.fullmatch(code)), "")


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
