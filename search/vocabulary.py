"""
What words mean here: which mean the same, which ask for a kind of thing, which mean nothing.

The file is what every installation begins with; a manager's own groups are added to it. Pure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from search.analysis import RUN, VOCABULARY, compact, fold, is_ideographic, syllables

SYNONYM, INTENT, FILLER = "synonym", "intent:", "filler"
MAX_VARIANTS = 8
MIN_WORD = 2


@dataclass(frozen=True)
class Vocabulary:
    """
    Groups of words that mean the same, words that ask for a kind, and words that ask for nothing.

    `places` and `names` are words of which no piece is one: areas, classes.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    intents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fillers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @cached_property
    def synonyms(self) -> Mapping[str, tuple[str, ...]]:
        """The other words of its groups, for each word."""
        found: dict[str, dict[str, None]] = {}
        for group in self.groups:
            for word in group:
                found.setdefault(word, {}).update(dict.fromkeys(group))
        return {word: tuple(one for one in same if one != word) for word, same in found.items()}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that is never cut."""
        return frozenset(self.synonyms) | self.names

    @cached_property
    def longest(self) -> int:
        """How many characters the longest of them has."""
        known = self.words | self.fillers | self.intents.keys()
        return max((len(word) for word in known), default=1)

    @cached_property
    def by_sound(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """The words that sound alike, by how they sound."""
        found: dict[tuple[str, ...], list[str]] = {}
        for word in sorted(self.words):
            found.setdefault(syllables(word), []).append(word)
        return {sound: tuple(words) for sound, words in found.items()}

    def variants(self, text: str) -> list[str]:
        """
        Return what else the text could have been written as, the likeliest first.

        A word stands for its group where it is all of the text, or a whole word in it: the longest
        that begins at each place.
        """
        found: dict[str, None] = {}
        for start in range(len(text)):
            word = self._longest_at(text, start, self.synonyms)
            if word:
                before, after = text[:start], text[start + len(word) :]
                found.update(dict.fromkeys(f"{before}{o}{after}" for o in self.synonyms[word]))
        found.pop(text, None)
        return list(found)[:MAX_VARIANTS]

    def cut(self, run: str) -> list[str]:
        """Cut a run of ideographs into words: those that are known here, and those of everyday."""
        words: list[str] = []
        rest, start = "", 0
        known = self.words | self.fillers | self.intents.keys()
        while start < len(run):
            word = self._longest_at(run, start, known)
            if len(word) >= MIN_WORD or (word in self.fillers and not rest):
                words += [*_everyday(rest), word]
                rest, start = "", start + len(word)
            else:
                rest, start = rest + run[start], start + 1
        return [*words, *_everyday(rest)]

    def knows(self, word: str) -> bool:
        """Tell whether `word` is one, of here or of everyday."""
        if not is_ideographic(word):
            return True
        return word in self.words or (len(word) >= MIN_WORD and _is_everyday(word))

    def _longest_at(self, text: str, start: int, words: Iterable[str]) -> str:
        known = words if isinstance(words, (Mapping, frozenset, set)) else set(words)
        for size in range(min(self.longest, len(text) - start), 0, -1):
            if text[start : start + size] in known:
                return text[start : start + size]
        return ""

    def with_groups(self, groups: Iterable[Sequence[str]]) -> Vocabulary:
        """Return it with groups added, folded as everything is."""
        own = tuple(group for group in map(_group, groups) if len(group) > 1)
        return Vocabulary((*self.groups, *own), self.intents, self.fillers, self.names)

    def with_names(self, names: Iterable[str]) -> Vocabulary:
        """Return it with names that are words: of areas, with and without what they are."""
        folded = frozenset(compact(name) for name in names)
        return Vocabulary(self.groups, self.intents, self.fillers, self.names | folded)


def _everyday(rest: str) -> list[str]:
    """Cut into everyday words what no word of here is in."""
    if not rest:
        return []
    import rjieba  # noqa: PLC0415 - 33 MB for who asks for what no name has alone

    return list(rjieba.cut(rest))


def _is_everyday(word: str) -> bool:
    import rjieba  # noqa: PLC0415 - as above

    return bool(rjieba.has_word(word))


def _group(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for word in words if (text := _written(word))))


def _written(word: str) -> str:
    """Return a word as terms are kept: folded, with what separates its runs."""
    return fold(word) if RUN.search(word) else ""


@cache
def standard() -> Vocabulary:
    """Return the vocabulary of the file."""
    groups: list[tuple[str, ...]] = []
    intents: dict[str, tuple[str, ...]] = {}
    fillers: set[str] = set()
    with VOCABULARY.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            words = row["words"].split()
            if row["sort"] == SYNONYM:
                groups.append(_group(words))
            elif row["sort"] == FILLER:
                fillers.update(_group(words))
            elif row["sort"].startswith(INTENT):
                kind = row["sort"].removeprefix(INTENT)
                for word in _group(words):
                    intents[word] = (*intents.get(word, ()), kind)
    return Vocabulary(tuple(groups), intents, frozenset(fillers))
