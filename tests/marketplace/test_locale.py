"""The English catalogue is what its source says, and no text of it has lost a part."""

import gettext
import json
import re
from pathlib import Path

import pytest

import marketplace

FOLDER = Path(marketplace.__file__).parent / "locale" / "en" / "LC_MESSAGES"
ENTRY = re.compile(r'^msgid (".*")\nmsgstr (".*")$', re.MULTILINE)
PART = re.compile(r"%\(\w+\)s|%%\w+|%[sd]|\{\w+\}|</?\w+")


def written() -> dict[str, str]:
    text = (FOLDER / "django.po").read_text(encoding="utf-8")
    pairs = [(json.loads(one), json.loads(two)) for one, two in ENTRY.findall(text)]
    assert len(pairs) == text.count("\nmsgid ")
    return {chinese: english for chinese, english in pairs if chinese}


def test_the_catalogue_was_made_of_its_source() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        made = gettext.GNUTranslations(file)._catalog

    assert {chinese: english for chinese, english in made.items() if chinese} == written()


def test_every_english_text_has_the_parts_of_the_chinese_one() -> None:
    lost = {
        chinese: english
        for chinese, english in written().items()
        if not set(PART.findall(english)) <= {*PART.findall(chinese), "%(name)s"}
        or not set(PART.findall(chinese)) - {"%(month)s", "%(day)s"} <= set(PART.findall(english))
    }

    assert lost == {}


@pytest.mark.parametrize("text", ["采购公告", "报名中", "共 <strong>%(count)s</strong> 项采购"])
def test_the_words_of_the_first_pages_are_there(text: str) -> None:
    assert text in written()
