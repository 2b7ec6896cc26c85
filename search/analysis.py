"""
How a text becomes what it is found by: one folding, one cutting, for what is typed and indexed.

A run of ideographs becomes its overlapping pairs and its last character, a run of letters and
digits one gram. A phrase is found where its grams follow each other: so any piece of a text of two
characters or more is found, and nothing that does not stand there. A name is found by its sound
too: by its syllables, and by their first letters. Pure.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from search.sounds import VOWELS, Sounds, read_table

VOCABULARY = Path(__file__).with_name("data") / "vocabulary.csv"
MAX_GRAMS = 15_000
MAX_GRAM_LENGTH = 64
MAX_SYLLABLE = 6
MAX_SPELLINGS = 4
MAX_NEAR = 12
ALIKE_FIRST = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"))
ALIKE_LAST = (("ang", "an"), ("eng", "en"), ("ing", "in"))
"""Beginnings and ends of syllables that many people do not tell apart."""
GAP = "\N{PILCROW SIGN}"
"""Stands between fields, so that nothing is found across their border; never part of a gram."""

IDEOGRAPHS = (
    r"\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
)
RUN = re.compile(rf"[{IDEOGRAPHS}]+|[^\W_{IDEOGRAPHS}]+")
IDEOGRAPH = re.compile(rf"[{IDEOGRAPHS}]")
INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Blanks of no width, marks of direction, joiners: nobody types them, and many paste them."""
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

NAME, SOUND, INITIAL, FACET = "0n", "0s", "0i", "0f"
"""What the grams begin with that are not of a text: no run of a text is asked for among them."""


def _is_in_our_script(text: str) -> bool:
    """Tell whether nothing in `text` is written otherwise in the other script: most texts are."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return _of_the_other_script().isdisjoint(text)


@cache
def _simplify() -> Callable[[str], str]:
    """Return what writes the other script in ours; 7 MB for who meets the other script alone."""
    from opencc import OpenCC  # noqa: PLC0415 - see above

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return `text` with width, case, blanks and the two scripts made uniform."""
    seen = CONTROLS.sub(" ", INVISIBLE.sub("", text))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
    if not folded.isascii():
        if not _is_in_our_script(folded):
            folded = _simplify()(folded)
        for other, own in _other_words():
            folded = folded.replace(other, own)
    return " ".join(folded.split())


@cache
def _other_words() -> tuple[tuple[str, str], ...]:
    """Return what is another word beyond the strait, and not only other characters."""
    return tuple((other, own) for other, own in _rows("script"))


@cache
def _of_the_other_script() -> frozenset[str]:
    """Return what GB 2312, the characters of our script, holds of the other one."""
    return frozenset(one for row in _rows("traditional") for one in row)


@lru_cache(maxsize=4096)
def without_broad(title: str) -> str:
    """Return a title without the broad words that many begin with, before what they are of."""
    return next((title[len(one) :] for one in _broad() if title.startswith(one)), "") or title


@cache
def _broad() -> tuple[str, ...]:
    return tuple(sorted((one for row in _rows("broad") for one in row), key=len, reverse=True))


def _rows(sort: str) -> list[list[str]]:
    """Return the rows of one sort of the vocabulary, each as its words."""
    with VOCABULARY.open(encoding="utf-8", newline="") as rows:
        return [row["words"].split() for row in csv.DictReader(rows) if row["sort"] == sort]


def compact(text: str) -> str:
    """Return a code or a name as it is compared: folded, without separators."""
    return "".join(RUN.findall(fold(text)))[:MAX_GRAM_LENGTH]


def is_ideographic(run: str) -> bool:
    """Tell whether a run is one of ideographs."""
    return IDEOGRAPH.match(run) is not None


# --- what a text is found by ----------------------------------------------------------------------


def grams_of(fields: Iterable[str], codes: Iterable[str] = ()) -> list[str]:
    """Return the grams under which a text with these fields and codes is found."""
    grams: list[str] = []
    for field in fields:
        for run in RUN.findall(fold(field)):
            grams += grams_of_run(run)
        grams.append(GAP)
    for code in filter(compact, codes):
        grams += [*RUN.findall(fold(code)), GAP, compact(code), GAP]
    return grams[:MAX_GRAMS]


def grams_of_run(run: str) -> list[str]:
    """Return the grams of one run: pairs and the last character, or the word itself."""
    if is_ideographic(run):
        return [*pairs(run), run[-1]]
    return [run[:MAX_GRAM_LENGTH]]


def pairs(run: str) -> list[str]:
    """Return the overlapping pairs of a run."""
    return [run[n : n + 2] for n in range(len(run) - 1)]


def names_of(names: Iterable[str]) -> list[str]:
    """Return the grams under which a thing is found by a whole name or code, and nothing longer."""
    whole = dict.fromkeys(compact(name) for name in names)
    return [gram for name in whole if name for gram in (f"{NAME}{name}", GAP)]


def token(facet: str, value: str) -> str:
    """Return the gram under which a thing is found by a value of a facet."""
    written = value if value.isascii() and value.isalnum() else value.encode().hex()
    return f"{FACET}{facet}0{written}"


# --- how a name sounds ----------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def syllables(run: str) -> tuple[str, ...]:
    """Return the syllables of a run of ideographs, without tones."""
    return _sounds().said(run)


@cache
def _sounds() -> Sounds:
    """Return how all is said, and places of which a character is mostly said otherwise."""
    return read_table({name: tuple(sounds) for name, *sounds in _rows("sound")})


def sounds_of(names: Iterable[str]) -> list[str]:
    """Return the grams under which names are found by their syllables and by first letters."""
    grams: list[str] = []
    for name in names:
        spoken = [sound for run in RUN.findall(fold(name)) for sound in _spoken(run)]
        grams += [f"{SOUND}{sound}" for sound in spoken] + [GAP]
        grams += [f"{INITIAL}{letter}" for sound in spoken for letter in _first(sound)] + [GAP]
    return grams


def _spoken(run: str) -> Sequence[str]:
    return syllables(run) if is_ideographic(run) else (run[:MAX_GRAM_LENGTH],)


def _first(sound: str) -> str:
    """Return the first letter of a syllable; of a word that is no syllable all of it."""
    return sound[:1] if sound in known_syllables() else sound


@cache
def known_syllables() -> frozenset[str]:
    """Every syllable of the language, without tones; a ü is a v."""
    return frozenset(one for one in _sounds().syllables if VOWELS.intersection(one))


def spellings(word: str) -> list[tuple[str, ...]]:
    """
    Return how letters can be read as syllables, those of fewest syllables first.

    The last may be the beginning of one: it is being typed.
    """
    known, longest = known_syllables(), min(len(word), MAX_GRAM_LENGTH)
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in range(longest))]
    for start in range(longest):
        for end in range(start + 1, min(start + MAX_SYLLABLE, longest) + 1):
            if word[start:end] in known:
                ways[end] += [(*way, word[start:end]) for way in ways[start][:MAX_SPELLINGS]]
        ways[start + 1] = sorted(ways[start + 1], key=len)[:MAX_SPELLINGS]
    whole = ways[longest]
    begun = [
        (*way, word[start:longest])
        for start in range(max(longest - MAX_SYLLABLE + 1, 1), longest)
        for way in ways[start]
        if any(one.startswith(word[start:longest]) for one in known)
    ]
    found = sorted(dict.fromkeys([*whole, *begun]), key=len)
    return [way for way in found if len(way) > 1 or way[0] in known][:MAX_SPELLINGS]


def near_spellings(word: str) -> list[tuple[str, ...]]:
    """Return how letters can be read where one syllable is written as many people say it."""
    known = known_syllables()
    found = (
        (*way[:n], other, *way[n + 1 :])
        for way in spellings(word)
        for n, sound in enumerate(way)
        for other in _said_otherwise(sound)
        if other in known
    )
    return list(dict.fromkeys(found))[:MAX_NEAR]


def _said_otherwise(sound: str) -> Iterator[str]:
    for one, other in ALIKE_FIRST:
        if sound.startswith(one):
            yield other + sound[len(one) :]
        elif sound.startswith(other):
            yield one + sound[len(other) :]
    for one, other in ALIKE_LAST:
        if sound.endswith(one):
            yield sound[: -len(one)] + other
        elif sound.endswith(other):
            yield sound[: -len(other)] + one
