"""Small real PDF files with Chinese text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    b"/DescendantFonts[5 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 6 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
)
TOP, LEFT, LEADING, TITLE_SIZE, TEXT_SIZE = 760, 72, 26, 20, 12


def pdf(title: str, lines: Iterable[str]) -> bytes:
    """Return an A4 page with a title and lines below it; a viewer's own Chinese face is used."""
    page = _page([(title, TITLE_SIZE), *((line, TEXT_SIZE) for line in lines)])
    return _file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R"
            b"/Resources<</Font<</F1 4 0 R>>>>>>",
            *FONT,
            b"<</Length %d>>stream\n%b\nendstream" % (len(page), page),
        ]
    )


def _page(lines: Sequence[tuple[str, int]]) -> bytes:
    rows = [
        b"/F1 %d Tf <%b> Tj 0 -%d Td" % (size, text.encode("utf-16-be").hex().encode(), LEADING)
        for text, size in lines
    ]
    return b"BT %d %d Td %b ET" % (LEFT, TOP, b" ".join(rows))


def _file(objects: Iterable[bytes]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))
    )
