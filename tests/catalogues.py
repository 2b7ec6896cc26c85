"""The entries of gettext catalogues, as they are written and as they are made."""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PART = re.compile(r"%\(\w+\)s|%%\w+|%[sd]|\{\w+\}|</?\w+")
SAID = re.compile(
    r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) ((?:".*"(?:\n|$))+)', re.MULTILINE
)

Key = str | tuple[str, int]


@dataclass(frozen=True)
class Entry:
    """A text and what is said for it; `plural` is there where it depends on a number."""

    text: str
    plural: str
    said: str
    context: str

    @property
    def key(self) -> Key:
        """Under what gettext finds it."""
        text = f"{self.context}\x04{self.text}" if self.context else self.text
        return (text, 0) if self.plural else text

    @property
    def parts(self) -> set[str]:
        """Names to fill in, and tags."""
        return {*PART.findall(self.text), *PART.findall(self.plural)}


def entries(path: Path) -> Iterator[Entry]:
    """Yield what a catalogue holds beside its head."""
    for written in path.read_text(encoding="utf-8").split("\n\n"):
        said = {name: _whole(lines) for name, lines in SAID.findall(written)}
        if text := said.get("msgid"):
            told = said.get("msgstr", said.get("msgstr[0]", ""))
            yield Entry(text, said.get("msgid_plural", ""), told, said.get("msgctxt", ""))


def made(path: Path) -> dict[Key, str]:
    """Return what gettext reads of the catalogue that was made."""
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    return {key: said for key, said in catalogue.items() if key and said}


def _whole(lines: str) -> str:
    return "".join(json.loads(line) for line in lines.splitlines())
