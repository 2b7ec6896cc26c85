"""
What words mean here: which mean the same, which ask for a kind of thing, which mean nothing.

The file is what every installation begins with; a manager's own groups are added to it. Pure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import chain

from search.analysis import RUN, VOCABULARY, compact, fold, is_ideographic, syllables

SYNONYM, INTENT, FILLER, EXAMPLE = "synonym", "intent:", "filler", "example"
PARTICLE = "particle"
MAX_VARIANTS = 8
MIN_WORD = 2
MIN_INITIALS = 3


@dataclass(frozen=True)
class Vocabulary:
    """
    Groups of words that mean the same, words that ask for a kind, and words that ask for nothing.

    `places` are the names of areas: words of which no piece is one. `particles` mean nothing where
    they are left alone between words; no run is cut at one.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    intents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fillers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()

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
        return frozenset(self.synonyms) | self.places

    @cached_property
    def longest(self) -> int:
        """How many characters the longest of them has."""
        known = self.words | self.fillers | self.intents.keys()
        return max((len(word) for word in known), default=1)

    @cached_property
    def by_sound(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """The words that sound alike, by how they sound, as the groups have them."""
        found: dict[tuple[str, ...], list[str]] = {}
        for word in dict.fromkeys((*self.synonyms, *sorted(self.places))):
            found.setdefault(syllables(word), []).append(word)
        return {sound: tuple(words) for sound, words in found.items()}

    @cached_property
    def by_letters(self) -> Mapping[str, tuple[str, ...]]:
        """The words that are written alike in letters, by all their syllables run together."""
        return _joined(("".join(sound), words) for sound, words in self.by_sound.items())

    @cached_property
    def by_initials(self) -> Mapping[str, tuple[str, ...]]:
        """The words of which the syllables begin alike, by these first letters."""
        sounds = ((sound, words) for sound, words in self.by_sound.items() if len(sound) > 1)
        return _joined(("".join(one[:1] for one in sound), words) for sound, words in sounds)

    def begun_by(self, letters: str) -> tuple[str, ...]:
        """Return the words whose syllables begin with these letters, or go on from there."""
        if len(letters) < MIN_INITIALS:
            return ()
        found = (words for begun, words in self.by_initials.items() if begun.startswith(letters))
        return tuple(dict.fromkeys(chain.from_iterable(found)))[:MAX_VARIANTS]

    def said_apart(self, letters: str) -> list[tuple[str, tuple[str, ...]]]:
        """
        Return letters as several words that are said one after the other; empty where they are not.

        Each is written in full or by its first letters, at least one in full, or a place and a word
        of the trade; of several ways the one of fewest words is taken.
        """
        ways: list[Way | None] = [Way(), *(None for _letter in letters)]
        for end in range(1, len(letters) + 1):
            found = [
                way.then(letters[start:end], words, is_full=is_full)
                for start in range(end)
                if (way := ways[start]) is not None
                for words, is_full in self._said(letters[start:end])
            ]
            ways[end] = min(found, key=lambda way: (len(way.parts), -way.full), default=None)
        whole = ways[-1]
        if whole is None or len(whole.parts) < MIN_WORD:
            return []
        return list(whole.parts) if whole.full or self._is_of_a_place(whole) else []

    def _is_of_a_place(self, way: Way) -> bool:
        """Tell whether letters are of a place and of one word of the trade there."""
        (_letters, first), (_others, second), *more = way.parts
        is_a_place, is_a_trade = self.places.intersection(first), self.synonyms.keys() & set(second)
        return bool(is_a_place and is_a_trade) and not more

    def _said(self, letters: str) -> Iterator[tuple[tuple[str, ...], bool]]:
        if letters in self.by_letters:
            yield self.by_letters[letters], True
        elif letters in self.by_initials:
            words = self.by_initials[letters]
            yield tuple(sorted(words, key=lambda word: word not in self.places)), False

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
            if len(word) == MIN_WORD and _breaks(rest, word, run[start + len(word) :]):
                word = ""
            if len(word) >= MIN_WORD or (word in self.fillers and not rest):
                words += [*everyday(rest), word]
                rest, start = "", start + len(word)
            else:
                rest, start = rest + run[start], start + 1
        return [*words, *everyday(rest)]

    def meaning(self, run: str) -> list[str]:
        """Cut a run into words, with blanks for those that mean nothing."""
        return [" " * (word in self.fillers) or word for word in self.cut(run)]

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
        return replace(self, groups=(*self.groups, *own))

    def with_places(self, names: Iterable[str]) -> Vocabulary:
        """Return it with the names of areas, with and without what they are."""
        folded = frozenset(compact(name) for name in names)
        return replace(self, places=self.places | folded)


@dataclass(frozen=True)
class Way:
    """Letters read so far: what each part may be, and how many letters are of words in full."""

    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    full: int = 0

    def then(self, letters: str, words: tuple[str, ...], *, is_full: bool) -> Way:
        """Return it with one word more."""
        return Way((*self.parts, (letters, words)), self.full + len(letters) * is_full)


def _joined(rows: Iterable[tuple[str, tuple[str, ...]]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for letters, words in rows:
        found.setdefault(letters, {}).update(dict.fromkeys(words))
    return {letters: tuple(words) for letters, words in found.items()}


def everyday(rest: str) -> list[str]:
    """Cut into everyday words."""
    if not rest:
        return []
    import rjieba  # noqa: PLC0415 - 33 MB for who asks for what no name has alone

    return list(rjieba.cut(rest))


def in_short_words(run: str) -> list[str]:
    """Cut into everyday words, and each that is made of two again."""
    return [part for word in everyday(run) for part in _in_two(word)]


def _in_two(word: str) -> list[str]:
    cuts = range(MIN_WORD, len(word) - MIN_WORD + 1)
    cut = next((n for n in cuts if _is_everyday(word[:n]) and _is_everyday(word[n:])), 0)
    return [word[:cut], *_in_two(word[cut:])] if cut else [word]


def _breaks(before: str, word: str, after: str) -> bool:
    """Tell whether a word of two characters is the end of one of everyday and begins another."""
    if not before or not after:
        return False
    return _is_everyday(before[-1] + word[0]) and _is_everyday(word[1] + after[0])


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
    particles: set[str] = set()
    with VOCABULARY.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            words = row["words"].split()
            if row["sort"] == SYNONYM:
                groups.append(_group(words))
            elif row["sort"] == FILLER:
                fillers.update(_group(words))
            elif row["sort"] == PARTICLE:
                particles.update(_group(words))
            elif row["sort"].startswith(INTENT):
                kind = row["sort"].removeprefix(INTENT)
                for word in _group(words):
                    intents[word] = (*intents.get(word, ()), kind)
    return Vocabulary(tuple(groups), intents, frozenset(fillers), particles=frozenset(particles))


@cache
def examples() -> tuple[str, ...]:
    """Return what one may ask for: an abbreviation, an item, a place, letters, a state, a guide."""
    with VOCABULARY.open(encoding="utf-8", newline="") as rows:
        return tuple(row["words"] for row in csv.DictReader(rows) if row["sort"] == EXAMPLE)
