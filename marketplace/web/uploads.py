"""What an uploaded file really is, read from its content; its name is not believed."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Literal

import filetype

HEAD = 4096
CHUNK = 64 * 1024
MAX_NAME = 120
MAX_MEMBERS = 2000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
CONTENT_TYPES = "[Content_Types].xml"
MAX_CONTENT_TYPES = 256 * 1024
WORD_MAIN = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    # with macros, which are refused for what they are
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)
ARCHIVE = "application/zip"
UNREADABLE = (  # what zipfile raises for broken, encrypted and exotic archives
    *(zipfile.BadZipFile, zlib.error, KeyError, EOFError),
    *(OSError, ValueError, RuntimeError, NotImplementedError),
)


@dataclass(frozen=True)
class Kind:
    """A type of file that may be stored: what it is called, and which names it goes by."""

    name: Literal["PDF", "DOCX", "JPEG", "PNG"]
    content_type: str
    extensions: tuple[str, ...]


PDF = Kind("PDF", "application/pdf", (".pdf",))
JPEG = Kind("JPEG", "image/jpeg", (".jpg", ".jpeg"))
PNG = Kind("PNG", "image/png", (".png",))
DOCX = Kind(
    "DOCX",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx",),
)
KINDS = (PDF, DOCX, JPEG, PNG)


def kind_of(file: IO[bytes]) -> Kind | None:
    """Return what `file` is by its content, or None when it is nothing that may be stored."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    guess = filetype.guess(head)
    found = guess.mime if guess is not None else ""
    if found in {ARCHIVE, DOCX.content_type} or head.startswith(b"PK\x03\x04"):
        return DOCX if is_word_document(file) else None
    return next((kind for kind in (PDF, JPEG, PNG) if kind.content_type == found), None)


def is_word_document(file: IO[bytes]) -> bool:
    """
    Tell whether `file` is a Word document that unpacks to a reasonable size.

    Nothing is unpacked but the first 256 KiB of the list of content types.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if _is_bomb(members):
                return False
            with archive.open(CONTENT_TYPES) as listing:
                listed = listing.read(MAX_CONTENT_TYPES)
                return any(main in listed for main in WORD_MAIN)
    except UNREADABLE:
        return False
    finally:
        file.seek(0)


def _is_bomb(members: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    return (
        len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED
        or unpacked > MAX_RATIO * max(packed, 1)
    )


def sha256_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of the whole file as 64 small hexadecimal digits."""
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(CHUNK):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def clean_name(name: str) -> str:
    """
    Return the file's own name, without folders and invisible marks, at most 120 characters.

    A long name loses its middle, never its extension.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(mark for mark in last if mark.isprintable()).strip(" .")
    path = PurePath(visible)
    return path.stem[: MAX_NAME - len(path.suffix)] + path.suffix if visible else ""
