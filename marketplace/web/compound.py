"""Word documents as they were until 2007: compound files, opened and looked through. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from olefile import OleFileIO

from marketplace.web.danger_kinds import Danger
from marketplace.web.dangers import is_program

HEAD = 4096
MAIN = "WordDocument"
MAX_TABLE = 16 * 1024 * 1024
# the parts of a project of macros; readers compare names without regard to case
MACROS = frozenset({"macros", "vba", "_vba_project", "_vba_project_cur"})
PACKAGE = "\x01ole10native"
# the head of the stream of the text, as [MS-DOC] lays it out
MAGIC = (0xA5EC).to_bytes(2, "little")
FLAGS, IS_ENCRYPTED, TABLE_IS_1 = 10, 0x0100, 0x0200
NAMES_AT, NAMES_SIZE = 0x19A, 0x19E
TEMPLATE = 1
"""Which of the associated names is the template's."""
ELSEWHERE = ("http:", "https:", "ftp:", "file:", "\\\\", "//")
BROKEN = (OSError, ValueError, IndexError, KeyError, TypeError, ArithmeticError, RecursionError)
"""What olefile raises for files that are none."""


def is_word_97(file: IO[bytes]) -> bool:
    """Tell whether `file` is a compound file with the text of a Word document in it."""
    try:
        with OleFileIO(file) as compound:
            return compound.exists(MAIN) and _stream(compound, MAIN, len(MAGIC)) == MAGIC
    except BROKEN:
        return False
    finally:
        file.seek(0)


def in_word_97(file: IO[bytes]) -> Danger | None:
    """Return what the Word document carries: macros, a program, a template from elsewhere."""
    try:
        with OleFileIO(file) as compound:
            return next(_dangers_in(compound), None)
    except BROKEN:
        return Danger.OPAQUE


def _dangers_in(compound: OleFileIO) -> Iterator[Danger]:
    paths = compound.listdir(storages=True)
    names = {name.casefold() for path in paths for name in path}
    if names & MACROS:
        yield Danger.MACROS
    if PACKAGE in names:
        yield Danger.PROGRAM
    text = _stream(compound, MAIN, HEAD)
    if _number(text, FLAGS, 2) & IS_ENCRYPTED:
        yield Danger.OPAQUE
    for path in compound.listdir():
        if is_program(_stream(compound, path, HEAD)):
            yield Danger.PROGRAM
    if _template(compound, text).strip().casefold().startswith(ELSEWHERE):
        yield Danger.REMOTE


def _template(compound: OleFileIO, text: bytes) -> str:
    """Return the name of the template; it is the second of a list of names."""
    table = "1Table" if _number(text, FLAGS, 2) & TABLE_IS_1 else "0Table"
    start, size = _number(text, NAMES_AT, 4), _number(text, NAMES_SIZE, 4)
    if not size or not compound.exists(table):
        return ""
    names = _stream(compound, table, MAX_TABLE)[start : start + size]
    at = 6
    for _before in range(TEMPLATE):
        at += 2 + 2 * _number(names, at, 2)
    length = 2 * _number(names, at, 2)
    return names[at + 2 : at + 2 + length].decode("utf-16-le", "replace")


def _stream(compound: OleFileIO, path: str | list[str], most: int) -> bytes:
    with compound.openstream(path) as stream:
        found: bytes = stream.read(most)
        return found


def _number(content: bytes, at: int, size: int) -> int:
    return int.from_bytes(content[at : at + size], "little")
