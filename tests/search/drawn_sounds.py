"""The table of sounds, drawn from pypinyin; `python -m tests.search.drawn_sounds` writes it."""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from search.sounds import TABLE

LONGEST_WORD = 3


def _beginnings_of(phrases: Iterable[str]) -> frozenset[str]:
    """Return all that a longer phrase begins with."""
    return frozenset(one[:end] for one in phrases for end in range(1, len(one)))


def drawn() -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the table, from the package that it is drawn from."""
    alone = {chr(point): lazy_pinyin(chr(point))[0] for point in PINYIN_DICT}
    readings = {one for many in PINYIN_DICT.values() for one in many.split(",")}
    syllables = {_plain(one): "" for one in readings}
    for sound, characters in sorted({**syllables, **_by_sound(alone)}.items()):
        yield "character", sound, characters.replace(" ", "")
    said = {phrase: tuple(lazy_pinyin(phrase)) for phrase in PHRASES_DICT}
    otherwise = {
        phrase: " ".join(spoken)
        for phrase, spoken in said.items()
        if spoken != tuple(map(alone.get, phrase))
    }
    for spoken, phrases in sorted(_by_sound(otherwise).items()):
        yield "phrase", spoken, phrases
    words = _that_decide(said.keys() - otherwise.keys(), otherwise)
    for letter, texts in sorted(_by_sound({one: said[one][0][0] for one in words}).items()):
        yield "word", letter, texts


def _by_sound(said: Mapping[str, str]) -> dict[str, str]:
    """Return the texts that are said alike, each with a blank between them, by how they are."""
    found: dict[str, list[str]] = {}
    for text in sorted(said):
        found.setdefault(said[text], []).append(text)
    return {sound: " ".join(texts) for sound, texts in found.items()}


def _that_decide(words: Collection[str], phrases: Collection[str]) -> Iterator[str]:
    """Yield the short words within or at the end of which a phrase seems to begin."""
    begun = _beginnings_of(phrases) | frozenset(phrases)
    for word in words:
        if len(word) <= LONGEST_WORD:
            inner = [word[start:] for start in range(1, len(word))]
            if any(one in begun or one[:2] in phrases for one in inner):
                yield word


def _plain(reading: str) -> str:
    """Return a reading without its tone; a ü is a v."""
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


def main() -> None:
    """Draw the table again."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("sort", "sound", "text"))
        rows.writerows(drawn())
    sys.stdout.write(f"{TABLE}\n")


if __name__ == "__main__":
    main()
