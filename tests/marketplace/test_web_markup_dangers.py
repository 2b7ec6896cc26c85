"""What the text of a document would do when it is opened."""

import pytest

from marketplace.web.danger_kinds import Danger
from marketplace.web.markup_dangers import in_markup, is_marked

WORD = '<w:document xmlns:w="urn:w">{}</w:document>'
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
BEGIN = '<w:fldChar w:fldCharType="begin"/>'
OFD = '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Action>{}</ofd:Action></ofd:Document>'
URI = '<ofd:URI URI="{}"/>'


def word(*codes: str) -> str:
    return WORD.format("".join(CODE.format(code) for code in codes))


@pytest.mark.parametrize(
    ("part", "danger"),
    [
        (word('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'), Danger.PROGRAM),
        (word("D", "DE", "AUTO cmd"), Danger.PROGRAM),
        (WORD.format('<w:fldSimple w:instr=" dde excel x"/>'), Danger.PROGRAM),
        (WORD.format(CODE.format("PAGE") + BEGIN + CODE.format("DDE x y")), Danger.PROGRAM),
        (word('INCLUDEPICTURE "http://away.example.test/x.png" \\d'), Danger.REMOTE),
        (word('LINK Excel.Sheet "\\\\\\\\away\\\\x.xls"'), Danger.REMOTE),
        ("<!DOCTYPE a>" + word("PAGE"), Danger.OPAQUE),
        (OFD.format(URI.format("javascript:alert(1)")), Danger.SCRIPT),
        (OFD.format(URI.format(" file://away/x.exe")), Danger.SCRIPT),
        (OFD.format(URI.format("\\\\away\\x.exe")), Danger.SCRIPT),
        # what documents of offices hold
        (word("PAGE", ' HYPERLINK "http://jx.example.test" '), None),
        (word('INCLUDEPICTURE "C:\\\\Users\\\\a\\\\clip.png" \\* MERGEFORMAT'), None),
        (word("TOC \\o", "DDE is a word"), None),
        (OFD.format(URI.format("https://jx.example.test/")), None),
        (OFD.format(URI.format("Doc_0/Res/a.png")), None),
        ("<w:p>instr", None),
    ],
)
def test_fields_that_start_or_fetch_and_addresses_that_run_are_found(
    part: str, danger: Danger | None
) -> None:
    for encoding in ("utf-8", "utf-16"):
        text = part.encode(encoding)
        assert is_marked(text)
        assert in_markup(text) is danger


def test_a_part_without_fields_and_actions_is_not_read() -> None:
    assert not is_marked(WORD.format("<w:p>采购</w:p>").encode())
