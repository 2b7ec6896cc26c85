"""
How ideographs are said, in the letters of pinyin without tones, by a table of our own.

The table is drawn from the package pypinyin (MIT), which takes 58 MB of a process that reads
aloud, nearly all of it for phrases that are said as their characters are. It has the phrases that
are said otherwise, and the short words in or at the end of which one of these seems to begin, so
that a text is cut as pypinyin cuts it. `python -m tests.search.drawn_sounds` draws it again. Pure.
"""

from __future__ import annotations

import csv
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("data") / "sounds.csv"
LAST = 0x323AF
"""The last ideograph that there is."""
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
