from collections.abc import Mapping
from io import BytesIO

import pytest

from marketplace.web.uploads import (
    DOC,
    DOCX,
    JPEG,
    OFD,
    PDF,
    PNG,
    ZIP,
    clean_name,
    fits,
    kind_of,
    sha256_of,
)
from tests.uploads import (
    DOC_BYTES,
    DOCX_BYTES,
    EXE_BYTES,
    JPEG_BYTES,
    OFD_BYTES,
    PDF_BYTES,
    PNG_BYTES,
    archive,
    compound,
)


def zipped(members: Mapping[str, bytes]) -> BytesIO:
    return BytesIO(archive(members))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF_BYTES, PDF),
        (JPEG_BYTES, JPEG),
        (PNG_BYTES, PNG),
        (DOCX_BYTES, DOCX),
        (OFD_BYTES, OFD),
        (DOC_BYTES, DOC),
        (archive({"a.txt": b"a"}), ZIP),
        (archive({}), None),
        (compound(Workbook=b"a"), None),
        (EXE_BYTES, None),
        (b"%PD", None),
        (b"<html><script>alert(1)</script>", None),
        (b"GIF89a\x01\x00\x01\x00", None),
        (b"", None),
    ],
    ids=[
        "pdf",
        "jpeg",
        "png",
        "docx",
        "ofd",
        "doc",
        "zip",
        "empty zip",
        "xls",
        "exe",
        "cut pdf",
        "html",
        "gif",
        "empty",
    ],
)
def test_the_kind_is_read_from_the_content(content: bytes, kind: object) -> None:
    assert kind_of(BytesIO(content)) is kind


def test_a_spreadsheet_is_not_a_word_document() -> None:
    sheet = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

    assert kind_of(zipped({"[Content_Types].xml": sheet, "xl/workbook.xml": b"x"})) is None


def test_each_kind_goes_by_its_own_names() -> None:
    assert fits(OFD, "合同.OFD")
    assert not fits(DOC, "合同.docx")


@pytest.mark.parametrize("cut", [4, 60, -30])
def test_a_broken_word_document_is_refused(cut: int) -> None:
    assert kind_of(BytesIO(DOCX_BYTES[:cut])) is None


def test_the_file_can_be_read_from_the_start_afterwards() -> None:
    file = BytesIO(DOCX_BYTES)

    kind_of(file)
    sha256_of(file)

    assert file.read() == DOCX_BYTES


def test_the_digest_covers_every_byte() -> None:
    big = bytes(200_000)

    assert sha256_of(BytesIO(b"abc")) == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    assert sha256_of(BytesIO(big)) != sha256_of(BytesIO(big[:-1] + b"1"))


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("合同.pdf", "合同.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\合同.pdf", "合同.pdf"),
        ("a\r\nb\u202e.pdf", "ab.pdf"),
        (" .pdf. ", "pdf"),
        ("长" * 200 + ".docx", "长" * 115 + ".docx"),
        ("", ""),
    ],
)
def test_a_file_keeps_its_own_name_and_nothing_else(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned
