"""What a Word document may not carry, by its content."""

from io import BytesIO

import pytest

from marketplace.web.danger_kinds import Danger
from marketplace.web.dangers import OLE, PACKAGE, VBA, in_office_file, is_program
from tests.uploads import DOCX_BYTES, EXE_BYTES, archive, document

RELATIONS = (
    b'<?xml version="1.0"?><Relationships>'
    b'<Relationship Id="r1" Type="http://x/officeDocument/2006/relationships/%s" '
    b'Target="http://away.example.test/x" TargetMode="External"/></Relationships>'
)
PROGRAM = b"MZ".ljust(60, b"\0") + (64).to_bytes(4, "little") + b"PE\0\0"
MACROS = OLE + bytes(70_000) + VBA + bytes(99)


def found(**members: bytes) -> Danger | None:
    return in_office_file(BytesIO(document(**members)))


@pytest.mark.parametrize(
    ("members", "danger"),
    [
        ({"word__vbaProject.bin": MACROS}, Danger.MACROS),
        ({"word__media__image1.png": MACROS}, Danger.MACROS),
        ({"word__embeddings__oleObject1.bin": OLE + PACKAGE}, Danger.PROGRAM),
        ({"word__media__image1.png": PROGRAM}, Danger.PROGRAM),
        ({"word__media__image1.png": b"\x7fELF\x02\x01"}, Danger.PROGRAM),
        ({"word___rels__settings.xml.rels": RELATIONS % b"attachedTemplate"}, Danger.REMOTE),
        ({"word___rels__document.xml.rels": RELATIONS % b"image"}, Danger.REMOTE),
        (
            {"word___rels__a.rels": (RELATIONS % b"oleObject").decode().encode("utf-16")},
            Danger.REMOTE,
        ),
        ({"word___rels__a.rels": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, Danger.REMOTE),
        ({"word__embeddings__sheet.xlsx": document(a=MACROS)}, Danger.MACROS),
        ({"word__embeddings__broken.xlsx": document()[:-30]}, Danger.OPAQUE),
        ({"word__document.xml": b"<a><instrText>DDEAUTO cmd</instrText></a>"}, Danger.PROGRAM),
        ({"word__start.VBS": b"CreateObject"}, Danger.PROGRAM),
        # what documents of offices hold: a formula, a table of another program, a link
        ({"word__embeddings__oleObject1.bin": OLE + b"Equation Native"}, None),
        ({"word__embeddings__sheet.xlsx": document(a=b"b")}, None),
        ({"word___rels__document.xml.rels": RELATIONS % b"hyperlink"}, None),
        ({"word__media__image1.png": b"MZ" + bytes(100)}, None),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else str(value),
)
def test_what_a_word_document_carries_is_found_whatever_it_is_called(
    members: dict[str, bytes], danger: Danger | None
) -> None:
    assert found(**members) is danger


def test_what_is_packed_too_deep_to_look_through_is_refused() -> None:
    def packed(times: int) -> bytes:
        content = DOCX_BYTES
        for _time in range(times):
            content = archive({"a": content})
        return content

    assert in_office_file(BytesIO(packed(3))) is None
    assert in_office_file(BytesIO(packed(4))) is Danger.OPAQUE


def test_a_name_of_macros_across_two_pieces_is_found() -> None:
    assert found(a=OLE + bytes(64 * 1024 - len(OLE) - 5) + VBA) is Danger.MACROS


def test_two_letters_are_no_program() -> None:
    assert is_program(PROGRAM)
    assert not is_program(EXE_BYTES)
    assert not is_program(b"MZ")
