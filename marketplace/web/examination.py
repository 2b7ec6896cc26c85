"""All that is asked of an uploaded file's content, once for each file."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, cast

import structlog
from django.core.files.base import File

from marketplace.web.archives import (
    ENCRYPTED,
    MAX_MEMBERS,
    files_in,
    is_beside,
    leaves_its_folder,
    name_of,
)
from marketplace.web.compound import in_word_97
from marketplace.web.danger_kinds import Danger
from marketplace.web.dangers import in_office_file, is_program
from marketplace.web.pdf_dangers import in_pdf
from marketplace.web.scanners import ScannerAway, scanner
from marketplace.web.uploads import (
    DOC,
    DOCX,
    HEAD,
    OFD,
    PDF,
    UNREADABLE,
    ZIP,
    Kind,
    clean_name,
    fits,
    is_bomb,
    kind_of,
)

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
    inside: str = ""
    """In which file of a zip the danger is."""


@dataclass(frozen=True)
class Found:
    """What a file carries, and in which file of a zip."""

    danger: Danger
    inside: str = ""


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
    found = None if kind is None else _found_in(content, kind, limit) or _virus_in(content)
    content.seek(0)
    if found is None:
        return Examined(name, size, limit, kind)
    return Examined(name, size, limit, kind, found.danger, found.inside)


def _found_in(content: IO[bytes], kind: Kind, limit: int) -> Found | None:
    content.seek(0)
    try:
        if kind in {DOCX, OFD, ZIP} and _is_bomb(content):
            return Found(Danger.TOO_MUCH)
        if kind is ZIP:
            return _found_in_archive(content, limit)
        danger = _danger_in(content, kind)
    except UNREADABLE:
        danger = Danger.OPAQUE
    return Found(danger) if danger else None


def _is_bomb(content: IO[bytes]) -> bool:
    with zipfile.ZipFile(content) as archive:
        return is_bomb(archive.infolist())


def _danger_in(content: IO[bytes], kind: Kind) -> Danger | None:
    if kind is PDF:
        return in_pdf(content.read())
    if kind is DOC:
        return in_word_97(content)
    return in_office_file(content) if kind in {DOCX, OFD} else None


def _found_in_archive(content: IO[bytes], limit: int) -> Found | None:
    """Ask of each file of a zip what is asked of a file that comes alone."""
    with zipfile.ZipFile(content) as archive:
        members = files_in(archive)
        if len(members) > MAX_MEMBERS:
            return Found(Danger.TOO_MUCH)
        found = (_found_in_member(archive, member, limit) for member in members)
        return next((one for one in found if one), None)


def _found_in_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> Found | None:
    name = name_of(member)
    if leaves_its_folder(member):
        return Found(Danger.PATH, clean_name(name))
    if member.flag_bits & ENCRYPTED:
        return Found(Danger.OPAQUE, name)
    if member.file_size > limit:
        return Found(Danger.TOO_MUCH, name)
    content = BytesIO(archive.read(member))
    if is_program(content.getvalue()[:HEAD]):
        return Found(Danger.PROGRAM, name)
    danger = None if is_beside(member) else _danger_in_member(content, name, limit)
    return Found(danger, name) if danger else None


def _danger_in_member(content: IO[bytes], name: str, limit: int) -> Danger | None:
    kind = kind_of(content)
    if kind is None:
        return Danger.FOREIGN
    if kind is ZIP:
        return Danger.NESTED
    if not fits(kind, name):
        return Danger.MISNAMED
    found = _found_in(content, kind, limit)
    return found.danger if found else None


def _virus_in(content: IO[bytes]) -> Found | None:
    content.seek(0)
    try:
        found = scanner().scan(content)
    except ScannerAway:
        log.exception("scanner_away")
        return Found(Danger.UNSCANNED)
    if found:
        log.warning("virus_found", signature=found)
        return Found(Danger.VIRUS)
    return None
