"""What a stored file may not carry, found in its content whatever its parts are called. Pure."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from xml.parsers import expat

from marketplace.web.danger_kinds import Danger
from marketplace.web.markup_dangers import in_markup, is_marked

CHUNK = 64 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_DEPTH = 3
MAX_RELATIONS = 1024 * 1024
MAX_MARKUP = 32 * 1024 * 1024
ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# names of the streams of a compound file, as its directory holds them; readers ask for no case
VBA = "_VBA_PROJECT".encode("utf-16-le")
PACKAGE = "\x01Ole10Native".encode("utf-16-le")
OVERLAP = max(len(VBA), len(PACKAGE))
PROGRAMS = (
    b"\x7fELF",  # Linux
    b"#!/",  # a script with its interpreter
    *(bytes.fromhex(magic) for magic in ("feedface", "feedfacf", "cefaedfe", "cffaedfe")),  # macOS
    bytes.fromhex("cafebabe"),  # Java, and macOS for several processors
    bytes.fromhex("4c00000001140200"),  # a shortcut of Windows
)
SCRIPTS = (
    *(".bat", ".cmd", ".hta", ".htm", ".html", ".js", ".jse", ".ps1", ".vbe", ".vbs", ".wsf"),
    *(".com", ".cpl", ".exe", ".lnk", ".msi", ".scr"),
)
"""What a system runs by its name; a script has no content that tells it from a text."""
HYPERLINK = "/hyperlink"


class UnsafeMarkup(ValueError):
    """A list of relations with a document type, which could stand for anything."""


def is_program(head: bytes) -> bool:
    """Tell whether content begins as a program does; `head` should be of a few KiB."""
    if head.startswith(PROGRAMS):
        return True
    if not head.startswith(b"MZ") or len(head) < 64:
        return False
    at = int.from_bytes(head[60:64], "little")
    return head[at : at + 4] == b"PE\0\0"


def in_office_file(file: IO[bytes], depth: int = MAX_DEPTH) -> Danger | None:
    """
    Return what a zipped office file carries, with what is packed in it.

    Raises:
        zipfile.BadZipFile: it is none; so are the other errors of `uploads.UNREADABLE`.
    """
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            return Danger.OPAQUE
        found = (_in_member(archive, member, depth) for member in members)
        return next((danger for danger in found if danger), None)


def in_compound_file(pieces: Iterator[bytes]) -> Danger | None:
    """Return what an OLE file carries: a project of macros, or any file as a package."""
    before = b""
    for piece in pieces:
        seen = before + piece.lower()
        if VBA.lower() in seen:
            return Danger.MACROS
        if PACKAGE.lower() in seen:
            return Danger.PROGRAM
        before = seen[-OVERLAP:]
    return None


def _in_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int) -> Danger | None:
    name = member.filename.lower()
    with archive.open(member) as content:
        head = content.read(CHUNK)
        if is_program(head) or name.endswith(SCRIPTS):
            return Danger.PROGRAM
        if head.startswith(OLE):
            return in_compound_file(_from(head, content))
        if head.startswith(ZIP):
            return _in_packed(_from(head, content), depth)
        if name.endswith(".rels"):
            text = head + content.read(MAX_RELATIONS)
            return Danger.REMOTE if _leads_elsewhere(text) else None
        return _in_part(head, content) if name.endswith(".xml") else None


def _in_part(head: bytes, rest: IO[bytes]) -> Danger | None:
    """Return what a part of the document itself would do."""
    text = head + rest.read(MAX_MARKUP)
    if rest.read(1):
        return Danger.OPAQUE
    return in_markup(text) if is_marked(text) else None


def _in_packed(pieces: Iterator[bytes], depth: int) -> Danger | None:
    """Return what an office file inside of another one carries."""
    if depth == 0:
        return Danger.OPAQUE
    try:
        return in_office_file(BytesIO(b"".join(pieces)), depth - 1)
    except zipfile.BadZipFile:
        return Danger.OPAQUE


def _from(head: bytes, rest: IO[bytes]) -> Iterator[bytes]:
    yield head
    while piece := rest.read(CHUNK):
        yield piece


def _leads_elsewhere(relations: bytes) -> bool:
    """Tell whether opening the file would fetch something: a template, an object, a picture."""
    found = False

    def start(_name: str, attributes: dict[str, str]) -> None:
        nonlocal found
        is_external = attributes.get("TargetMode", "").lower() == "external"
        found |= is_external and not attributes.get("Type", "").endswith(HYPERLINK)

    def refuse(*_declaration: object) -> None:
        raise UnsafeMarkup

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(relations, True)  # noqa: FBT003 - expat names no argument
    except (expat.ExpatError, UnsafeMarkup):
        return True
    return found
