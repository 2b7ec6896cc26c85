"""
A short form: characters of a name, of which each begins or ends a word of it.

People shorten what is long as they like, and no list has all of it. What stands for what is told by
the words of the name alone. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.analysis import RUN, fold, is_ideographic

LEAST, MOST = 2, 6
MOST_NAMES = 4
Cut = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Piece:
    """A part of a name from a word to a word, and how many words stand between that say nothing."""

    text: str
    skipped: int


def can_be_short(text: str) -> bool:
    """Tell whether it may be a short form: one run of a few ideographs."""
    return LEAST <= len(text) <= MOST and RUN.fullmatch(text) is not None and is_ideographic(text)


def spelled_out(short: str, names: Iterable[str], cut: Cut) -> list[str]:
    """
    Return the parts of names that `short` may stand for: those that skip the fewest words.

    `cut` cuts a run into words. A form of n characters skips fewer than n words.
    """
    found: dict[str, int] = {}
    for name in names:
        for run in RUN.findall(fold(name)):
            if _holds_in_order(run, short):
                found |= {one.text: one.skipped for one in _pieces(short, cut(run))}
    close = {text: skipped for text, skipped in found.items() if skipped < len(short)}
    least = min(close.values(), default=0)
    nearest = [text for text, skipped in close.items() if skipped == least and text != short]
    return sorted(nearest, key=len)[:MOST_NAMES]


def _holds_in_order(run: str, short: str) -> bool:
    characters = iter(run)
    return all(one in characters for one in short)


def _pieces(short: str, words: Sequence[str]) -> Iterator[Piece]:
    """Yield the piece that begins at each word, with as few words skipped as there can be."""
    for start in range(len(words)):
        ends = _ends(short, words, start)
        if ends:
            end, used = min(ends, key=lambda one: (one[0] - one[1], one[0]))
            yield Piece("".join(words[start : end + 1]), end + 1 - start - used)


def _ends(short: str, words: Sequence[str], start: int) -> set[tuple[int, int]]:
    """Return at which word a form can end that begins with one, and how many words it uses."""
    reached = {(start, 0, 1)} if words[start][0] == short[0] else set()
    for sign in short[1:]:
        reached = {
            (word, place, used + (word != last))
            for last, before, used in reached
            for word in range(last, len(words))
            for place in _places(words[word], sign, before if word == last else None)
        }
    return {(word, used) for word, _place, used in reached}


def _places(word: str, sign: str, before: int | None) -> Iterator[int]:
    """Yield where in a word a character of a short form may stand, after the one `before` it."""
    least = 0 if before is None else before + 1
    allowed = {len(word) - 1, 0 if before is None else before + 1}
    yield from (n for n in sorted(allowed) if n >= least and word[n : n + 1] == sign)
