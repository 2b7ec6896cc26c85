"""Texts as Word documents, to be filled in, printed and signed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from django.template.loader import render_to_string

PARTS: Mapping[str, str] = {
    "[Content_Types].xml": "word/content_types.xml",
    "_rels/.rels": "word/package_relations.xml",
    "word/_rels/document.xml.rels": "word/document_relations.xml",
    "word/document.xml": "word/document.xml",
    "word/footer.xml": "word/footer.xml",
    "word/styles.xml": "word/styles.xml",
}
"""What a document consists of, with the template of each part (ISO/IEC 29500)."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The moment of all parts: the same text is the same file."""
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold, not even escaped."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in one of the styles of `word/styles.xml`."""

    text: str
    style: str = "Normal"


@dataclass(frozen=True)
class Grid:
    """Rows of two cells; what is signed stands in one without lines."""

    rows: Sequence[tuple[str, str]]
    is_ruled: bool = True


def word_document(title: str, blocks: Iterable[Paragraph | Grid]) -> bytes:
    """Return a document that Word, WPS and LibreOffice open."""
    context = {"title": title, "blocks": list(blocks)}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, template in PARTS.items():
            part = UNWRITABLE.sub("", render_to_string(template, context)).strip()
            info = zipfile.ZipInfo(name, FIRST_DAY)
            archive.writestr(info, part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
