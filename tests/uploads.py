"""The smallest files of each kind, and what pretends to be one."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.models import Document

PDF_BYTES = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SCRIPTED_PDF = PDF_BYTES.replace(b"<<>>", b"<</S/JavaScript/JS(app.alert(1))>>", 1)
PNG_BYTES = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
JPEG_BYTES = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
EXE_BYTES = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(240)


def archive(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of `members`."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


DOCX_BYTES = archive(
    {
        "[Content_Types].xml": (
            b'<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="'
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            b'"/></Types>'
        ),
        "word/document.xml": b"<w:document/>",
    }
)


def document(**members: bytes) -> bytes:
    """Return the smallest Word document with more members; `__` stands for the slash in a name."""
    with zipfile.ZipFile(BytesIO(DOCX_BYTES)) as smallest:
        own = {name: smallest.read(name) for name in smallest.namelist()}
    return archive(own | {name.replace("__", "/"): content for name, content in members.items()})


def upload(content: bytes = PDF_BYTES, name: str = "合同.pdf") -> SimpleUploadedFile:
    """Return a posted file; the type that the browser names is wrong on purpose."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def stored_files() -> set[Path]:
    """Return the files in the storage of documents."""
    folder = Path(Document._meta.get_field("file").storage.location)
    return {path for path in folder.rglob("*") if path.is_file()}
