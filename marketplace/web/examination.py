"""All that is asked of an uploaded file's content, once for each file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Any, cast

import structlog
from django.core.files.base import File

from marketplace.web.dangers import Danger, in_office_file
from marketplace.web.pdf_dangers import in_pdf
from marketplace.web.scanners import ScannerAway, scanner
from marketplace.web.uploads import DOCX, PDF, UNREADABLE, Kind, clean_name, kind_of

log = structlog.get_logger(__name__)
KEPT = "_examined"


@dataclass(frozen=True)
class Examined:
    """What a file is, and what it carries; its content is not asked where its size is wrong."""

    name: str
    size: int
    limit: int
    kind: Kind | None = None
    danger: Danger | None = None


def examined(upload: File[Any], limit: int) -> Examined:
    """
    Return what `upload` is; a form and then the act ask this of the same file, and it is kept.

    So the scanner is asked while the form is read, before the act holds any lock.
    """
    kept: Examined | None = vars(upload).get(KEPT)
    if kept is None or kept.limit != limit:
        kept = vars(upload)[KEPT] = _examined(upload, limit)
    return kept


def _examined(upload: File[Any], limit: int) -> Examined:
    name, size = clean_name(upload.name or ""), upload.size or 0
    if not 0 < size <= limit:
        return Examined(name, size, limit)
    content = cast("IO[bytes]", upload)
    kind = kind_of(content)
    danger = None if kind is None else _danger_in(content, kind) or _virus_in(content)
    content.seek(0)
    return Examined(name, size, limit, kind, danger)


def _danger_in(content: IO[bytes], kind: Kind) -> Danger | None:
    content.seek(0)
    if kind is PDF:
        return in_pdf(content.read())
    if kind is not DOCX:
        return None
    try:
        return in_office_file(content)
    except UNREADABLE:
        return Danger.OPAQUE


def _virus_in(content: IO[bytes]) -> Danger | None:
    content.seek(0)
    try:
        found = scanner().scan(content)
    except ScannerAway:
        log.exception("scanner_away")
        return Danger.UNSCANNED
    if found:
        log.warning("virus_found", signature=found)
        return Danger.VIRUS
    return None
