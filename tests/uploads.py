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


OFD_BYTES = archive(
    {
        "OFD.xml": (
            b'<?xml version="1.0" encoding="UTF-8"?>'
            b'<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0" DocType="OFD">'
            b"<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
            b"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": b'<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"/>',
    }
)
SECTOR, FREE, END, NONE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF


def compound(**streams: bytes) -> bytes:
    """Return a compound file [MS-CFB] of `streams`, each at its root and of whole sectors."""
    sectors, chains, entries = b"", [0xFFFFFFFD], []
    for name, content in streams.items():
        padded = content.ljust(-(-max(len(content), 4096) // SECTOR) * SECTOR, b"\0")
        first, count = len(chains), len(padded) // SECTOR
        chains += [*range(first + 1, first + count), END]
        sectors += padded
        entries.append(_entry(name, 2, first, len(padded)))
    # a list of siblings in place of a tree: each is to the right of the one before it
    listed = [
        entry[:72]
        + (number + 2 if number + 1 < len(entries) else NONE).to_bytes(4, "little")
        + entry[76:]
        for number, entry in enumerate(entries)
    ]
    root = _entry("Root Entry", 5, END, 0)
    root = root[:76] + (1).to_bytes(4, "little") + root[80:]
    directory = b"".join([root, *listed])
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0")
    start, count = len(chains), len(directory) // SECTOR
    chains += [*range(start + 1, start + count), END]
    table = b"".join(one.to_bytes(4, "little") for one in chains).ljust(SECTOR, b"\xff")
    assert len(table) == SECTOR
    return _head(start) + table + sectors + directory


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    named = (name + "\0").encode("utf-16-le")
    links = b"".join(NONE.to_bytes(4, "little") for _link in range(3))
    return (
        named.ljust(64, b"\0")
        + len(named).to_bytes(2, "little")
        + bytes([kind, 1])
        + links
        + bytes(36)
        + first.to_bytes(4, "little")
        + size.to_bytes(8, "little")
    )


def _head(directory: int) -> bytes:
    numbers = [0, 1, directory, 0, 4096, END, 0, END, 0, 0, *[FREE] * 108]
    return (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + bytes(16)
        + bytes.fromhex("3e000300feff09000600")
        + bytes(6)
        + b"".join(one.to_bytes(4, "little") for one in numbers)
    )


def word_97(template: str = "Normal.dotm", *, flags: int = 0x0200, **streams: bytes) -> bytes:
    """Return the smallest Word document of before 2007, with more streams."""
    name = template.encode("utf-16-le")
    names = b"\xff\xff\x12\0\0\0" + bytes(2) + len(template).to_bytes(2, "little") + name
    text = bytearray(0x200)
    text[:2], text[10:12] = b"\xec\xa5", flags.to_bytes(2, "little")
    text[0x19A:0x1A2] = (0).to_bytes(4, "little") + len(names).to_bytes(4, "little")
    return compound(**{"WordDocument": bytes(text), "1Table": names, **streams})


DOC_BYTES = word_97()


def upload(content: bytes = PDF_BYTES, name: str = "合同.pdf") -> SimpleUploadedFile:
    """Return a posted file; the type that the browser names is wrong on purpose."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def stored_files() -> set[Path]:
    """Return the files in the storage of documents."""
    folder = Path(Document._meta.get_field("file").storage.location)
    return {path for path in folder.rglob("*") if path.is_file()}
