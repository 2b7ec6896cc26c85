"""Every code of GB/T 2260 down to the county, with what it meant and when. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marketplace.reference.divisions import level_of
from marketplace.reference.sources import BadReferenceData, Row, read_rows, refuse_repeats

COLUMNS = ("code", "name", "valid_from", "valid_until", "successors")
FIRST, LAST = 1949, 2999


@dataclass(frozen=True)
class PlaceCode:
    """One meaning of one code; the years are those of the lists on which it came and was gone."""

    code: str
    name: str
    full_name: str
    level: str
    valid_from: int | None
    valid_until: int | None
    successors: tuple[str, ...]
    line: int


def parse_place_codes(text: str, file: str = "place_codes.csv") -> tuple[PlaceCode, ...]:
    """
    Return the codes in the order of the file; a code means one thing at a time.

    Raises:
        BadReferenceData: a malformed code or year, a name twice, an end before the beginning, two
            meanings at once.
    """
    rows = read_rows(text, file, COLUMNS)
    refuse_repeats(rows, "code", "name")
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row.text("code")].append(row)
    _refuse_two_at_once(rows)
    return tuple(_place_code(row, by_code) for row in rows)


def refuse_lost_successors(codes: Iterable[PlaceCode], file: str = "place_codes.csv") -> None:
    """
    Let what a code became be found in the same file.

    Raises:
        BadReferenceData: names the first code whose successor is nowhere.
    """
    given = tuple(codes)
    known = {one.code for one in given}
    for one in given:
        if not known.issuperset(one.successors):
            told = " ".join(one.successors)
            raise BadReferenceData(file, one.line, "successors", "unknown", told)


def _refuse_two_at_once(rows: Iterable[Row]) -> None:
    open_codes: set[str] = set()
    for row in rows:
        if not row.cells["valid_until"]:
            if row.cells["code"] in open_codes:
                row.fail("valid_until", "two_at_once")
            open_codes.add(row.cells["code"])


def _place_code(row: Row, by_code: Mapping[str, Sequence[Row]]) -> PlaceCode:
    code, level = row.cells["code"], _level(row)
    begin, end = _year(row, "valid_from"), _year(row, "valid_until")
    if begin is not None and end is not None and end < begin:
        row.fail("valid_until", "ends_before_it_begins")
    name = row.text("name")
    above = () if level == "province" else _above(code, level, end, by_code)
    return PlaceCode(
        code=code,
        name=name,
        full_name="".join(dict.fromkeys([*above, name])),
        level=level,
        valid_from=begin,
        valid_until=end,
        successors=tuple(row.cells["successors"].split()),
        line=row.line,
    )


def _level(row: Row) -> str:
    return level_of(row.cells["code"]) or row.fail("code", "malformed")


def _year(row: Row, column: str) -> int | None:
    year = row.number(column)
    if year is not None and not FIRST <= year <= LAST:
        row.fail(column, "not_a_number")
    return year


def _above(
    code: str, level: str, end: int | None, by_code: Mapping[str, Sequence[Row]]
) -> list[str]:
    """Return the names of the province and the city that a code lay in as it was last used."""
    codes = [f"{code[:2]}0000", *([f"{code[:4]}00"] if level == "county" else [])]
    found = (_meant(by_code.get(one, ()), end) for one in codes)
    return [name for name in found if name]


def _meant(rows: Sequence[Row], end: int | None) -> str:
    """Return the name that a code had in the year before `end`, or has today; empty for none."""
    for row in rows:
        begin, until = row.cells["valid_from"], row.cells["valid_until"]
        if end is None and not until:
            return row.cells["name"]
        if end is not None and int(begin or FIRST) < end and (not until or int(until) >= end):
            return row.cells["name"]
    return ""
