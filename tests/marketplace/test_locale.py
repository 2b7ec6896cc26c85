"""The English catalogue is what its source says, and no text of it has lost a part."""

from pathlib import Path

import pytest

import marketplace
from tests.catalogues import PART, entries, made

FOLDER = Path(marketplace.__file__).parent / "locale" / "en" / "LC_MESSAGES"
WRITTEN = [*entries(FOLDER / "django.po")]


def test_the_catalogue_was_made_of_its_source() -> None:
    assert made(FOLDER / "django.mo") == {entry.key: entry.said for entry in WRITTEN}


def test_every_english_text_has_the_parts_of_the_chinese_one() -> None:
    lost = [
        entry
        for entry in WRITTEN
        if not set(PART.findall(entry.said)) <= {*entry.parts, "%(name)s"}
        or not entry.parts - {"%(month)s", "%(day)s"} <= set(PART.findall(entry.said))
    ]

    assert lost == []


@pytest.mark.parametrize("text", ["采购公告", "报名中", "共 <strong>%(count)s</strong> 项采购"])
def test_the_words_of_the_first_pages_are_there(text: str) -> None:
    assert text in {entry.text for entry in WRITTEN}
