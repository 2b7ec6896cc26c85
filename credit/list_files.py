"""
The published forms of the lists of others, read strictly into rows. Pure.

A fault names its line, column and reason. Natural persons, known by the number of an identity card
whole or masked, are left out: they are in no register of ours. Codes are credit codes of today,
organisation codes of before 2015 (which stand in a credit code from its ninth character on) or tax
numbers.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from marketplace.identifiers import is_id_card_number
from marketplace.reference import BadReferenceData

CODE = re.compile(r"[0-9A-Z]{8,9}|[0-9A-Z]{15}|[0-9A-Z]{18}", re.ASCII)
MASK = "*"
DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})", re.ASCII)
SEPARATORS = re.compile(r"[\s-]")
WHOLE_CODE, ORGANIZATION_CODE, TAX_NUMBER = 18, 9, 15


@dataclass(frozen=True)
class Form:
    """
    How a list is published: which column says what; the first that is there counts.

    A list without a column for `number` is known by its issuer and day.
    """

    name: Sequence[str]
    code: Sequence[str]
    number: Sequence[str]
    issuer: Sequence[str]
    listed_on: Sequence[str]
    ends_on: Sequence[str] = ()
    facts: Sequence[str] = ()
    removed: Sequence[str] = ()


def forms_of(text: str) -> dict[str, Form]:
    """Return the form of each list, from the TOML of credit_list_forms.toml."""
    return {kind: Form(**columns) for kind, columns in tomllib.loads(text).items()}


@dataclass(frozen=True)
class ListedRow:
    """One subject of a list; `ends_on` is the last day, None where the list states none."""

    name: str
    code: str
    number: str
    issuer: str
    listed_on: date
    ends_on: date | None
    facts: str
    is_removed: bool

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same row in the next file."""
        return self.number, self.code


def read_list(content: bytes, form: Form, file: str) -> list[ListedRow]:
    """
    Return the rows of a file in `form`.

    Raises:
        BadReferenceData: a column is missing, or a row has no name, code, number or day.
    """
    rows = csv.DictReader(io.StringIO(_decoded(content, file)))
    columns = [column.strip() for column in rows.fieldnames or ()]
    for needed in (form.name, form.code, form.listed_on):
        if not set(needed) & set(columns):
            raise BadReferenceData(file, 1, needed[0], "missing_column", "")
    found = list(_rows(rows, form, file))
    seen: set[tuple[str, str]] = set()
    for line, row in enumerate(found, start=2):
        if row.key in seen:
            raise BadReferenceData(file, line, form.number[0], "duplicate", row.number)
        seen.add(row.key)
    return found


def _decoded(content: bytes, file: str) -> str:
    """Read UTF-8 with or without its mark, else GBK, as offices save their tables."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadReferenceData(file, 0, "", "not_utf8", "")


def _rows(rows: csv.DictReader[str], form: Form, file: str) -> Iterator[ListedRow]:
    for line, raw in enumerate(rows, start=2):
        told = {(name or "").strip(): (value or "").strip() for name, value in raw.items() if name}
        cell = _Cells(told, file, line)
        written = cell.text(form.code)
        if MASK in written or is_id_card_number(SEPARATORS.sub("", written).upper()):
            continue
        yield ListedRow(
            name=cell.text(form.name),
            code=cell.code(form.code),
            number=cell.text(form.number) if cell.has(form.number) else cell.issue(form),
            issuer=cell.any(form.issuer),
            listed_on=cell.day(form.listed_on),
            ends_on=cell.day_if_any(form.ends_on),
            facts=cell.any(form.facts),
            is_removed=bool(cell.any(form.removed)),
        )


@dataclass(frozen=True)
class _Cells:
    told: Mapping[str, str]
    file: str
    line: int

    def any(self, columns: Sequence[str]) -> str:
        return next((self.told[one] for one in columns if self.told.get(one)), "")

    def has(self, columns: Sequence[str]) -> bool:
        """Tell whether the file has one of the columns, filled or not."""
        return any(one in self.told for one in columns)

    def issue(self, form: Form) -> str:
        """Return what stands for the number of a document where a list is published without."""
        return f"{self.text(form.issuer)} {self.day(form.listed_on).isoformat()}"

    def text(self, columns: Sequence[str]) -> str:
        return self.any(columns) or self._fail(columns[0], "empty", "")

    def code(self, columns: Sequence[str]) -> str:
        written = self.text(columns)
        code = SEPARATORS.sub("", written).upper()
        return code if CODE.fullmatch(code) else self._fail(columns[0], "malformed", written)

    def day(self, columns: Sequence[str]) -> date:
        return self.day_if_any(columns) or self._fail_day(columns[0])

    def day_if_any(self, columns: Sequence[str]) -> date | None:
        written = self.any(columns)
        if not written:
            return None
        found = DAY.match(written)
        try:
            return date(*map(int, found.groups())) if found else self._fail_day(columns[0])
        except ValueError:
            return self._fail_day(columns[0])

    def _fail(self, column: str, problem: str, value: str) -> str:
        raise BadReferenceData(self.file, self.line, column, problem, value)

    def _fail_day(self, column: str) -> date:
        raise BadReferenceData(
            self.file, self.line, column, "not_a_date", self.told.get(column, "")
        )


def codes_alike(code: str) -> tuple[int, int]:
    """
    Return the part of a credit code that a shorter code is compared with: first and last place.

    An organisation code stands in places 9 to 17; a tax number of 15 places is division and
    organisation code, places 3 to 17.
    """
    return {WHOLE_CODE: (0, 18), TAX_NUMBER: (2, 17)}.get(len(code), (8, 17))
