"""
What a PDF does when it is opened: scripts, programs, forms that hold scripts.

Names may be written with `#4a` for a letter, and objects stand packed in streams; both are seen
through. What cannot be seen through is refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from marketplace.web.danger_kinds import Danger
from marketplace.web.dangers import is_program

HEAD = 4096
MAX_OBJECTS = 32 * 1024 * 1024
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
END = rb"(?![A-Za-z0-9_.#-])"
ACTIVE = {
    Danger.OPAQUE: re.compile(rb"/Encrypt" + END),
    Danger.SCRIPT: re.compile(rb"/(?:JavaScript|XFA|RichMedia)" + END),
    Danger.PROGRAM: re.compile(rb"/Launch" + END),
}
# readers know packed objects by /First, whatever type the stream says it has
OBJECTS = re.compile(rb"/(?:ObjStm|First)" + END)
FILTER = re.compile(rb"/(?:Filter|F)" + END)
DEFLATED = re.compile(rb"/Filter\s*(?:\[\s*/(?:FlateDecode|Fl)\s*\]|/(?:FlateDecode|Fl)(?=[/>\s]))")
PREDICTED = re.compile(rb"/Predictor\s+(?!1\b)\d")


def in_pdf(content: bytes) -> Danger | None:
    """Return what a PDF carries, or None."""
    if found := _active_in(_unescaped(content)):
        return found
    return next((danger for danger in _in_streams(content) if danger), None)


def _unescaped(text: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)


def _active_in(text: bytes) -> Danger | None:
    return next((danger for danger, pattern in ACTIVE.items() if pattern.search(text)), None)


def _in_streams(content: bytes) -> Iterator[Danger | None]:
    left = MAX_OBJECTS
    for found in STREAM.finditer(content):
        heading = _unescaped(content[content.rfind(b"obj", 0, found.start()) + 3 : found.start()])
        if OBJECTS.search(heading):
            objects = _objects(heading, content, found.end(), left)
            left -= len(objects or b"")
            yield Danger.OPAQUE if objects is None else _active_in(_unescaped(objects))
        elif is_program(_head(heading, content, found.end())):
            yield Danger.PROGRAM


def _objects(heading: bytes, content: bytes, start: int, most: int) -> bytes | None:
    """Return packed objects as they are; None when they cannot be unpacked, or are too many."""
    end = content.find(b"endstream", start)
    packed = content[start : end if end >= 0 else None]
    filters = len(FILTER.findall(heading))
    if not filters:
        return packed
    if filters > 1 or not DEFLATED.search(heading) or PREDICTED.search(heading):
        return None
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(packed, max(most, 1))
    except zlib.error:
        return None
    return unpacked if unpacker.eof else None


def _head(heading: bytes, content: bytes, start: int) -> bytes:
    """Return the first bytes of a stream, unpacked where they are packed plainly."""
    if not FILTER.search(heading):
        return content[start : start + HEAD]
    try:
        return zlib.decompressobj().decompress(content[start : start + HEAD], HEAD)
    except zlib.error:
        return b""
