"""What a Word document of before 2007 is, and may not carry."""

from io import BytesIO

import pytest

from marketplace.web.compound import in_word_97, is_word_97
from marketplace.web.danger_kinds import Danger
from marketplace.web.dangers import OLE
from tests.uploads import DOC_BYTES, compound, word_97


def test_a_compound_file_is_a_word_document_by_its_text() -> None:
    assert is_word_97(BytesIO(DOC_BYTES))
    for other in (compound(Workbook=b"\xec\xa5"), compound(WordDocument=b"\xec\xa6"), OLE, b""):
        assert not is_word_97(BytesIO(other))


@pytest.mark.parametrize(
    ("content", "danger"),
    [
        (DOC_BYTES, None),
        (word_97("C:\\模板\\合同.dot"), None),
        (word_97(_VBA_PROJECT=b"x"), Danger.MACROS),
        (word_97(mAcRoS=b"x"), Danger.MACROS),
        (word_97(**{"\x01ole10native": b"x"}), Danger.PROGRAM),
        (word_97(Data=b"\x7fELF"), Danger.PROGRAM),
        (word_97("http://away.example.test/a.dot"), Danger.REMOTE),
        (word_97("\\\\away.example.test\\a.dot"), Danger.REMOTE),
        (word_97(flags=0x0300), Danger.OPAQUE),
        (DOC_BYTES[:700], Danger.OPAQUE),
    ],
)
def test_what_the_document_carries_is_found_whatever_it_is_called(
    content: bytes, danger: Danger | None
) -> None:
    assert in_word_97(BytesIO(content)) is danger
