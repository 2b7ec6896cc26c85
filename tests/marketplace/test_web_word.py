"""What is written as a Word document is one, whatever the text holds, and always the same file."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

from marketplace.web.uploads import DOCX, kind_of
from marketplace.web.word import Grid, Paragraph, word_document

BLOCKS = [
    Paragraph("合同", "Title"),
    Grid([("项目", "甲 & 乙 <丙>"), ("编号", "1\x0b2")]),
    Paragraph("第一款"),
    Grid([("甲方", "乙方")], is_ruled=False),
]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_a_document_says_what_it_was_given_and_passes_our_own_examination() -> None:
    content = word_document("合同", BLOCKS)

    packed = BytesIO(content)
    assert kind_of(packed) == DOCX
    with zipfile.ZipFile(packed) as archive:
        written = {name: archive.read(name) for name in archive.namelist()}
    parts = {name: ElementTree.fromstring(part) for name, part in written.items()}  # noqa: S314 - our own
    body = parts["word/document.xml"]
    assert [text.text for text in body.iter(f"{W}t")] == [
        *("合同", "项目", "甲 & 乙 <丙>", "编号", "12", "第一款", "甲方", "乙方")
    ]
    assert len([*body.iter(f"{W}tblBorders")]) == 1
    assert [style.get(f"{W}val") for style in body.iter(f"{W}pStyle")] == [
        *("Title", *["Cell"] * 4, "Normal", *["Cell"] * 2)
    ]
    styles = {style.get(f"{W}styleId") for style in parts["word/styles.xml"].iter(f"{W}style")}
    assert {"Title", "Heading1", "Normal", "Cell", "Footer"} <= styles


def test_the_same_text_is_the_same_file() -> None:
    assert word_document("合同", BLOCKS) == word_document("合同", BLOCKS)
    assert word_document("合同", BLOCKS) != word_document("合同", BLOCKS[:1])
