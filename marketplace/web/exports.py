"""Lists as files that a spreadsheet opens as they are meant, however long they are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from unicodedata import category, normalize

from django.http import StreamingHttpResponse

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # tells Excel that the file is UTF-8
FORMULA = frozenset("=+-@\N{MINUS SIGN}")
CONTROLS = ("\t", "\r", "\n")


class _Line:
    """Where csv writes a line, to be taken from there at once."""

    def write(self, line: str) -> str:
        return line


def csv_response(name: str, rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """Return `rows`, the heads first, as the file `name`.csv, line by line."""
    return StreamingHttpResponse(
        _lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as the plain text that our own readers take; it is no file for a spreadsheet."""
    written = StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def _lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    yield MARK
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula, whoever wrote the text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(CONTROLS) or _begins_a_formula(text) else text


def uncelled(text: str) -> str:
    """Return the text of which `cell` made a cell: what was put before it is taken away."""
    return text[1:] if text.startswith("'") and cell(text[1:]) == text else text


def _begins_a_formula(text: str) -> bool:
    """
    Tell whether the first mark that is seen begins a formula, in any width.

    A Chinese spreadsheet reads full-width signs as signs, and what is blank or unseen before
    them may be lost on the way.
    """
    first = next((mark for mark in text if not _is_blank(mark)), "")
    return normalize("NFKC", first) in FORMULA


def _is_blank(mark: str) -> bool:
    return mark.isspace() or category(mark) in {"Cc", "Cf"}
