"""Lists as files that a spreadsheet opens as they are meant, however long they are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # tells Excel that the file is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def _lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    yield MARK
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula, whoever wrote the text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
