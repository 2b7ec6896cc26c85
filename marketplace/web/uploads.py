"""What an uploaded file really is, read from its content; its name is not believed."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Literal

import filetype

from marketplace.web.archives import is_of_files
from marketplace.web.compound import is_word_97
from marketplace.web.dangers import OLE
from marketplace.web.dangers import ZIP as ZIP_HEAD
from marketplace.web.fixed_layout import is_fixed_layout

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
UNREADABLE = (  # what zipfile raises for broken, encrypted and exotic archives
    *(zipfile.BadZipFile, zlib.error, KeyError, EOFError),
    *(OSError, ValueError, RuntimeError, NotImplementedError),
)


@dataclass(frozen=True)
class Kind:
    """A type of file that may be stored: what it is called, and which names it goes by."""

    name: Literal["PDF", "OFD", "DOC", "DOCX", "JPEG", "PNG", "ZIP"]
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
OFD = Kind("OFD", "application/ofd", (".ofd",))
DOC = Kind("DOC", "application/msword", (".doc",))
ZIP = Kind("ZIP", "application/zip", (".zip",))
KINDS = (PDF, OFD, DOC, DOCX, JPEG, PNG, ZIP)


def fits(kind: Kind, name: str) -> bool:
    """Tell whether a file of `kind` may be called `name`."""
    return PurePath(name).suffix.lower() in kind.extensions


def kind_of(file: IO[bytes]) -> Kind | None:
    """Return what `file` is by its content, or None when it is nothing that may be stored."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(ZIP_HEAD):
        return _kind_of_zip(file)
    if head.startswith(OLE):
        return DOC if is_word_97(file) else None
    guess = filetype.guess(head)
    found = guess.mime if guess is not None else ""
    return next((kind for kind in (PDF, JPEG, PNG) if kind.content_type == found), None)


def _kind_of_zip(file: IO[bytes]) -> Kind | None:
    """
    Return which kind a zip is; whether it unpacks to far too much, `is_bomb` says.

    Nothing is unpacked but the first 256 KiB of what says which documents it holds.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            if _is_word_document(archive):
                return DOCX
            if is_fixed_layout(archive):
                return OFD
            return ZIP if is_of_files(archive) else None
    except UNREADABLE:
        return None
    finally:
        file.seek(0)


def _is_word_document(archive: zipfile.ZipFile) -> bool:
    if CONTENT_TYPES not in archive.namelist():
        return False
    with archive.open(CONTENT_TYPES) as listing:
        listed = listing.read(MAX_CONTENT_TYPES)
    return any(main in listed for main in WORD_MAIN)


def is_bomb(members: list[zipfile.ZipInfo]) -> bool:
    """Tell whether unpacking would give far more than a person has packed."""
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
