"""Lines of CSV and members of JSON, each of which knows where it stands. Pure."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any, NoReturn


class BadReferenceData(ValueError):
    """
    A data file does not say what it must.

    `problem` is a code (`missing_column`, `empty`, `unknown`, `duplicate`, `not_a_number`, ...);
    `value` the offending text as it stands in the file. Line 1 is the first line of the file.
    """

    def __init__(self, file: str, line: int, column: str, problem: str, value: str = "") -> None:
        super().__init__(f"{file}:{line}: {column}: {problem} {value!r}")
        self.file = file
        self.line = line
        self.column = column
        self.problem = problem
        self.value = value


class RepeatedMember(ValueError):
    """A JSON object names one member twice."""


@dataclass(frozen=True)
class Row:
    """One line of a CSV file, by column."""

    file: str
    line: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """Return the cell, which must not be empty."""
        return self.cells[column] or self.fail(column, "empty")

    def number(self, column: str) -> int | None:
        """Return the cell as a whole number of at least 1, or None when it is empty."""
        cell = self.cells[column]
        if not cell:
            return None
        if not re.fullmatch(r"[1-9][0-9]*", cell):
            self.fail(column, "not_a_number")
        return int(cell)

    def day(self, column: str) -> date:
        """Return the cell as a date written YYYY-MM-DD."""
        cell = self.text(column)
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            self.fail(column, "not_a_date")
        try:
            return date.fromisoformat(cell)
        except ValueError:
            self.fail(column, "not_a_date")

    def day_if_any(self, column: str) -> date | None:
        """Return the cell as a date written YYYY-MM-DD, or None when it is empty."""
        return self.day(column) if self.cells[column] else None

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """Return the cell, which must be in `allowed`."""
        cell = self.cells[column]
        return cell if cell in allowed else self.fail(column, "unknown")

    def fail(self, column: str, problem: str) -> NoReturn:
        """Refuse the cell in `column`."""
        raise BadReferenceData(self.file, self.line, column, problem, self.cells[column])


SHOWN = 20
"""How much of a cell is repeated that is far too long."""
MARK = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def decoded(content: bytes, file: str) -> str:
    """
    Return the text of a file as an office program saves it: UTF-8 with or without its mark, or GBK.

    What is UTF-8 is never read as GBK.

    Raises:
        BadReferenceData: it is neither, on the first line that says so.
    """
    if content.startswith(UTF_16):
        raise BadReferenceData(file, 1, "", "utf_16")
    try:
        return content.removeprefix(MARK).decode()
    except UnicodeDecodeError as not_utf_8:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, max(error.start, not_utf_8.start)) + 1
            raise BadReferenceData(file, line, "", "unknown_encoding") from error


def read_rows(text: str, file: str, columns: tuple[str, ...]) -> list[Row]:
    """
    Return the rows below the header, which must name exactly `columns`, in that order.

    Raises:
        BadReferenceData: another header, a row of another length, space around a cell, bad quotes.
    """
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        _check_header(tuple(next(reader, ())), columns, file)
        return list(_rows(reader, file, columns))
    except csv.Error as error:
        raise BadReferenceData(file, reader.line_num, "", "not_csv", str(error)) from error


def _check_header(header: tuple[str, ...], columns: tuple[str, ...], file: str) -> None:
    for column in columns:
        if column not in header:
            raise BadReferenceData(file, 1, column, "missing_column")
    if header != columns:
        raise BadReferenceData(file, 1, "", "unexpected_columns", ",".join(header))


def _rows(reader: Any, file: str, columns: tuple[str, ...]) -> Iterator[Row]:
    start = reader.line_num + 1
    for cells in reader:
        if len(cells) != len(columns):
            raise BadReferenceData(file, start, "", "wrong_number_of_cells", str(len(cells)))
        row = Row(file, start, dict(zip(columns, cells, strict=True)))
        for column, cell in row.cells.items():
            if cell != cell.strip():
                row.fail(column, "surrounding_space")
        yield row
        start = reader.line_num + 1


def refuse_repeats(rows: list[Row], *columns: str) -> None:
    """
    Let each combination of `columns` stand in one row only.

    Raises:
        BadReferenceData: names the second row.
    """
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        key = tuple(row.cells[column] for column in columns)
        if key in seen:
            row.fail(columns[0], "duplicate")
        seen.add(key)


def refuse_long(text: str, columns: tuple[str, ...], limits: Mapping[str, int]) -> None:
    """
    Let no cell be longer than what its column may hold, whatever the file is called.

    Raises:
        BadReferenceData: names the first cell that is, by its beginning.
    """
    for row in read_rows(text, "", columns):
        for column, most in limits.items():
            if len(cell := row.cells[column]) > most:
                raise BadReferenceData("", row.line, column, "too_long", f"{cell[:SHOWN]}…")


def refuse_contradictions(rows: list[Row], column: str, told: str) -> None:
    """
    Let one value of `column` go with one value of `told` only.

    Raises:
        BadReferenceData: names the second row.
    """
    known: dict[str, str] = {}
    for row in rows:
        if known.setdefault(row.cells[column], row.cells[told]) != row.cells[told]:
            row.fail(told, "contradiction")


def read_object(text: str, file: str) -> dict[str, Any]:
    """
    Return the one JSON object in `text`.

    Raises:
        BadReferenceData: not JSON, not an object, a member named twice.
    """
    try:
        content = json.loads(text, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        raise BadReferenceData(file, error.lineno, "", "not_json", error.msg) from error
    except RepeatedMember as error:
        name = str(error)
        line = last_line_of(text, name)
        raise BadReferenceData(file, line, "", "duplicate", name) from error
    if not isinstance(content, dict):
        raise BadReferenceData(file, 1, "", "not_an_object")
    return content


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for name, value in pairs:
        if name in content:
            raise RepeatedMember(name)
        content[name] = value
    return content


def read_member(content: dict[str, Any], name: str, kind: type, file: str) -> Any:
    """
    Return a member that must be there, of type `kind` and not empty.

    Raises:
        BadReferenceData: it is not.
    """
    value = content.get(name)
    if type(value) is not kind or not value:
        raise BadReferenceData(file, 1, name, "missing_member")
    return value


def last_line_of(text: str, name: str) -> int:
    """Return the line on which the member `name` stands last."""
    return _line_at(text, text.rindex(f'"{name}"'))


def line_of(text: str, name: str, *, within: str) -> int:
    """Return the line on which the member `name` of the member `within` stands."""
    return _line_at(text, text.index(f'"{name}"', text.index(f'"{within}"')))


def _line_at(text: str, position: int) -> int:
    return text[:position].count("\n") + 1
