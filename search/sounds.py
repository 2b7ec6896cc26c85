"""
How ideographs are said, in the letters of pinyin without tones, by a table of our own.

The table is drawn from the package pypinyin (MIT), which takes 58 MB of a process that reads
aloud, nearly all of it for phrases that are said as their characters are: `python -m search.sounds`
draws it again. It has the phrases that are said otherwise, and the short words in or at the end of
which one of these seems to begin, so that a text is cut as pypinyin cuts it. Pure.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("data") / "sounds.csv"
LAST = 0x323AF
"""The last ideograph that there is."""
LONGEST_WORD = 3
VOWELS = frozenset("aeiouv")
Said = tuple[str, ...]


@dataclass(frozen=True)
class Sounds:
    """
    Every syllable, what each character is said as, the phrases said otherwise, and where all end.

    `numbers` has for each code point the number of its syllable, from 1; 0 for what has no sound.
    `cuts` are the phrases and the words, sorted: what is taken in one from a text.
    """

    syllables: Sequence[str]
    numbers: Sequence[int]
    phrases: Mapping[str, Said]
    cuts: Sequence[str]

    def said(self, run: str) -> Said:
        """
        Return the syllables of a run of ideographs.

        The longest phrase or word is taken that begins where the last one ended. What has no sound
        stays as it is, several such characters together.
        """
        found: list[str] = []
        silent = ""
        while run:
            part = run[: self._longest(run)]
            run = run[len(part) :]
            spoken = self.phrases.get(part) or [self._of(one) for one in part]
            if spoken == [""]:
                silent += part
                continue
            found += [silent, *spoken] if silent else spoken
            silent = ""
        return (*found, silent) if silent else tuple(found)

    def _of(self, character: str) -> str:
        point = ord(character)
        number = self.numbers[point] if point <= LAST else 0
        return self.syllables[number - 1] if number else ""

    def _longest(self, run: str) -> int:
        """Return how many characters the longest phrase or word has that `run` begins with."""
        longest = 1
        for end in range(2, len(run) + 1):
            place = bisect_left(self.cuts, run[:end])
            if place == len(self.cuts) or not self.cuts[place].startswith(run[:end]):
                break
            if len(self.cuts[place]) == end:
                longest = end
        return longest


def read_table(names: Mapping[str, Said]) -> Sounds:
    """Return the table with what `names` are said as, which it may say otherwise."""
    syllables: list[str] = []
    numbers = array("H", bytes(2 * (LAST + 1)))
    phrases: dict[str, Said] = {}
    words: list[str] = []
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            match row["sort"]:
                case "character":
                    syllables.append(row["sound"])
                    for character in row["text"]:
                        numbers[ord(character)] = len(syllables)
                case "phrase":
                    phrases.update(dict.fromkeys(row["text"].split(), tuple(row["sound"].split())))
                case "word":
                    words += row["text"].split()
    phrases.update(names)
    return Sounds(syllables, numbers, phrases, sorted((*phrases, *words)))


# --- how the table is drawn -----------------------------------------------------------------------


def _beginnings_of(phrases: Iterable[str]) -> frozenset[str]:
    """Return all that a longer phrase begins with."""
    return frozenset(one[:end] for one in phrases for end in range(1, len(one)))


def drawn() -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the table, from the package that it is drawn from."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a tool of development
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # noqa: PLC0415 - as above

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
