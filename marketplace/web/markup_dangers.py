"""
What the text of a Word document or an OFD would do when it is opened. Pure.

A field of Word can start a program (DDE) or fetch a picture or a text; an action of an OFD can name
an address that runs. A field may be written in pieces, which Word puts together.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from marketplace.web.danger_kinds import Danger

MARKED = tuple(
    mark for word in ("instr", "URI") for mark in (word.encode(), word.encode("utf-16-le"))
)
STARTS = re.compile(r"\s*DDE(AUTO)?\b", re.IGNORECASE)
FETCHES = re.compile(
    r"\s*(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK)\b.*((https?|ftp):|file://[^/]|\\{4})",
    re.IGNORECASE | re.DOTALL,
)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
ADDRESSES = ("http:", "https:", "mailto:", "ftp:")


class HasDocumentType(ValueError):
    """The part has a document type, which could stand for anything."""


def is_marked(text: bytes) -> bool:
    """Tell whether there is a field or an action at all; most parts hold none."""
    return any(mark in text for mark in MARKED)


def in_markup(text: bytes) -> Danger | None:
    """Return what a part of a document would do; what is no markup does nothing."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(text, True)  # noqa: FBT003 - expat names no argument
    except HasDocumentType:
        return Danger.OPAQUE
    except expat.ExpatError:
        return None  # no office program opens it
    if any(STARTS.match(field) for field in reader.fields):
        return Danger.PROGRAM
    if any(map(_runs, reader.addresses)):
        return Danger.SCRIPT
    return Danger.REMOTE if any(FETCHES.match(field) for field in reader.fields) else None


def _runs(address: str) -> bool:
    """Tell whether an address is none of the web's and none in the document itself."""
    plain = address.strip().lower()
    has_scheme = SCHEME.match(plain) is not None
    return plain.startswith("\\\\") or (has_scheme and not plain.startswith(ADDRESSES))


class _Reader:
    """Puts the fields together, and collects the addresses of actions."""

    def __init__(self) -> None:
        self.fields: list[str] = [""]
        self.addresses: list[str] = []
        self.is_in_field = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self.is_in_field = local == "instrText"
        if local == "fldSimple":
            self.fields += [plain.get("instr", ""), ""]
        elif local == "fldChar" and plain.get("fldCharType") == "begin":
            self.fields.append("")
        elif local == "URI":
            self.addresses += [plain.get("URI", ""), plain.get("Base", "")]

    def text(self, piece: str) -> None:
        if self.is_in_field:
            self.fields[-1] += piece

    def refuse(self, *_declaration: object) -> None:
        raise HasDocumentType

    def end(self, _name: str) -> None:
        self.is_in_field = False
