"""Tables as office programs save them: CSV in any usual encoding, or the first sheet of Excel."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO, StringIO

from django.http import HttpResponse

from marketplace.reference import BadReferenceData, decoded
from marketplace.web.exports import cell, csv_text, uncelled

ZIP_HEAD = b"PK\x03\x04"
MAX_UNPACKED = 50 * 1024 * 1024
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_text(content: bytes, file: str) -> str:
    """
    Return a table as the CSV text that the readers take, without what guarded its cells.

    Raises:
        BadReferenceData: it is neither text nor a sheet.
    """
    rows = _sheet(content, file) if content.startswith(ZIP_HEAD) else _lines(content, file)
    return csv_text(rows)


def excel(rows: Iterable[Iterable[object]]) -> bytes:
    """Return rows, the heads first, as one sheet in which no cell is a formula."""
    import tablib  # noqa: PLC0415 - 5 MB for who asks for a book alone
    from import_export.formats.base_formats import XLSX  # noqa: PLC0415 - as above

    heads, *others = ([cell(value) for value in row] for row in rows)
    content: bytes = XLSX().export_data(tablib.Dataset(*others, headers=heads))
    return content


def excel_response(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return rows, the heads first, as the file `name`.xlsx."""
    return HttpResponse(
        excel(rows),
        content_type=EXCEL,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def _lines(content: bytes, file: str) -> list[list[str]]:
    reader = csv.reader(StringIO(decoded(content, file), newline=""), strict=True)
    try:
        return [[uncelled(value) for value in row] for row in reader]
    except csv.Error as error:
        raise BadReferenceData(file, reader.line_num, "", "not_csv", str(error)) from error


def _sheet(content: bytes, file: str) -> list[list[str]]:
    from import_export.formats.base_formats import XLSX  # noqa: PLC0415 - as above

    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        found = XLSX().create_dataset(content) if unpacked <= MAX_UNPACKED else None
    except Exception as error:  # what openpyxl raises for a broken or foreign book
        raise BadReferenceData(file, 0, "", "not_a_sheet") from error
    if found is None:
        raise BadReferenceData(file, 0, "", "too_large")
    rows = [found.headers or [], *found]
    return [[uncelled(_said(value)) for value in row] for row in rows]


def _said(value: object) -> str:
    """Return what a cell of a sheet says, a whole number and a day as they are written."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
