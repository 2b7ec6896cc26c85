"""OFD, the documents of GB/T 33190: a zip whose `OFD.xml` says where they begin. Pure."""

from __future__ import annotations

import posixpath
import zipfile
from xml.parsers import expat

ENTRY = "OFD.xml"
MAX_ENTRY = 256 * 1024
SPACES = ("http://www.ofdspec.org/2016", "http://www.ofdspec.org")
DOCUMENT_TYPES = frozenset({"OFD", "OFD-A"})


class NotFixedLayout(ValueError):
    """The entry has a document type, which could stand for anything."""


def is_fixed_layout(archive: zipfile.ZipFile) -> bool:
    """
    Tell whether the zip is an OFD: an entry of its form, and every document that it names.

    Raises:
        zipfile.BadZipFile: the entry cannot be unpacked; so are the others of `UNREADABLE`.
    """
    members = set(archive.namelist())
    if ENTRY not in members:
        return False
    with archive.open(ENTRY) as entry:
        roots = _roots(entry.read(MAX_ENTRY))
    return bool(roots) and roots <= members


def _roots(entry: bytes) -> set[str]:
    """Return the places of the documents, none when it is not the entry of an OFD."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(entry, True)  # noqa: FBT003 - expat names no argument
    except (expat.ExpatError, NotFixedLayout):
        return set()
    return {posixpath.normpath(root.strip().lstrip("/")) for root in reader.roots}


class _Reader:
    """Follows OFD / DocBody / DocRoot, and nothing else."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.roots: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _blank, local = name.rpartition(" ")
        if not self.path and not (
            local == "OFD" and space in SPACES and attributes.get("DocType") in DOCUMENT_TYPES
        ):
            raise NotFixedLayout
        self.path.append(local)
        if self.path == ["OFD", "DocBody", "DocRoot"]:
            self.roots.append("")

    def text(self, piece: str) -> None:
        if self.path == ["OFD", "DocBody", "DocRoot"]:
            self.roots[-1] += piece

    def end(self, _name: str) -> None:
        self.path.pop()

    def refuse(self, *_declaration: object) -> None:
        raise NotFixedLayout
