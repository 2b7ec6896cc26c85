"""What a PDF does when it is opened."""

import zlib

import pytest

from marketplace.web.danger_kinds import Danger
from marketplace.web.pdf_dangers import in_pdf
from tests.uploads import PDF_BYTES, SCRIPTED_PDF

SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"
PROGRAM = b"MZ".ljust(60, b"\0") + (64).to_bytes(4, "little") + b"PE\0\0"


def pdf(body: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + body + b"\nendobj\ntrailer\n<<>>\n%%EOF\n"


def stream(heading: bytes, content: bytes) -> bytes:
    return pdf(b"<<" + heading + b">>\nstream\n" + content + b"\nendstream")


OBJECTS = b"/Type/ObjStm/N 1/First 4"
PACKED = zlib.compress(b"1 0 " + SCRIPT)


@pytest.mark.parametrize(
    ("content", "danger"),
    [
        (SCRIPTED_PDF, Danger.SCRIPT),
        (pdf(b"<</S/J#61vaScript/JS 2 0 R>>"), Danger.SCRIPT),
        (pdf(b"<</AcroForm<</XFA 5 0 R>>>>"), Danger.SCRIPT),
        (pdf(b"<</S/Launch/F(calc.exe)>>"), Danger.PROGRAM),
        (pdf(b"<<>>") + b"trailer <</Encrypt 9 0 R>>", Danger.OPAQUE),
        (stream(OBJECTS + b"/Filter/FlateDecode", PACKED), Danger.SCRIPT),
        (stream(OBJECTS + b"/Filter [ /FlateDecode ]", PACKED), Danger.SCRIPT),
        (stream(OBJECTS.replace(b"ObjStm", b"Obj#53tm") + b"/Filter/Fl#61teDecode", PACKED), "s"),
        (stream(b"/Type 7 0 R/N 1/First 4/Filter/FlateDecode", PACKED), Danger.SCRIPT),
        (stream(OBJECTS, b"1 0 " + SCRIPT), Danger.SCRIPT),
        (
            stream(OBJECTS + b"/Filter[/FlateDecode /ASCIIHexDecode]", zlib.compress(b"3c3e>")),
            Danger.OPAQUE,
        ),
        (stream(OBJECTS + b"/Filter/FlateDecode/Filter/LZWDecode", PACKED), Danger.OPAQUE),
        (stream(OBJECTS + b"/Filter/FlateDecode", PACKED[:-9]), Danger.OPAQUE),
        (stream(b"/Type/EmbeddedFile/Filter/FlateDecode", zlib.compress(PROGRAM)), Danger.PROGRAM),
        (stream(b"/Type/EmbeddedFile", PROGRAM), Danger.PROGRAM),
        # what offices send: pages, a form with a signature, an invoice with its data attached
        (PDF_BYTES, None),
        (pdf(b"<</AcroForm<</SigFlags 3>>/JSON 1/Launcher 2>>"), None),
        (stream(OBJECTS + b"/Filter/FlateDecode", zlib.compress(b"1 0 <</A 1>>")), None),
        (stream(b"/Type/EmbeddedFile/Filter/FlateDecode", zlib.compress(b"<invoice/>")), None),
        (stream(b"/Filter/DCTDecode", b"\xff\xd8MZ"), None),
    ],
)
def test_what_a_pdf_does_is_found_however_it_is_written(
    content: bytes, danger: Danger | str | None
) -> None:
    assert in_pdf(content) is (Danger.SCRIPT if danger == "s" else danger)


def test_objects_that_unpack_to_far_too_much_are_refused() -> None:
    bomb = zlib.compress(bytes(70 * 1024 * 1024))

    assert in_pdf(stream(OBJECTS + b"/Filter/FlateDecode", bomb)) is Danger.OPAQUE
