"""
One slip in a word: a wrong, missing, doubled or swapped character, or all that sound alike.

What is looked for is what others are called: a slip is put right only into something that stands in
a name, or in the vocabulary. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from search.analysis import RUN, fold, is_ideographic, syllables
from search.query import Query, Term, sounding_like, term_of
from search.vocabulary import Vocabulary

LEAST, MOST = 3, 16
MIN_PIECE = 2
SOUNDS, SWAPPED, OTHER, MISSING, DOUBLED = 3.0, 2.5, 2.0, 1.9, 1.5
KNOWN = 1.0
"""How likely each slip is, and by how much likelier a word is that the vocabulary has."""


def can_be_corrected(text: str) -> bool:
    """Tell whether a slip in it could be told: it is one run of some ideographs."""
    return len(text) >= MIN_PIECE and RUN.fullmatch(text) is not None and is_ideographic(text)


def lookalikes(term: Term) -> list[Query]:
    """Return what finds names in which the term may stand without its slip."""
    text = term.text
    found: dict[tuple[Term, ...], None] = {}
    if sound := sounding_like(term):
        found[(sound,)] = None
    if LEAST <= len(text) <= MOST:
        for pieces in _pieces(text):
            terms = tuple(one for one in map(term_of, pieces) if one is not None)
            found[terms] = None
    return [Query(terms) for terms in found if terms]


def _pieces(text: str) -> Iterator[tuple[str, ...]]:
    """Yield what is left of a text without each place where the slip may be."""
    for n in range(len(text)):
        yield _long_enough(text[:n], text[n + 1 :])
        yield _long_enough(text[:n], text[n:])
        yield (text[:n] + text[n + 1 :],)
        if n + 1 < len(text):
            yield (text[:n] + text[n + 1] + text[n] + text[n + 2 :],)


def _long_enough(*pieces: str) -> tuple[str, ...]:
    return tuple(piece for piece in pieces if len(piece) >= MIN_PIECE)


def correction(text: str, titles: Iterable[str], vocabulary: Vocabulary, least: float = 0.0) -> str:
    """
    Return what was meant by `text`, by what stands in titles; empty when nothing is near.

    No slip is put right that is less likely than `least`.
    """
    worth: Counter[str] = Counter()
    weight: dict[str, float] = {}
    for word in vocabulary.words:
        near = nearness(text, word)
        if near and near >= least:
            weight[word] = near + KNOWN
    for title in titles:
        for piece, near in dict(_near_pieces(text, title)).items():
            if near < least:
                continue
            known = KNOWN if piece in vocabulary.words else 0.0
            weight[piece] = max(weight.get(piece, 0.0), near + known)
            worth[piece] += 1
    if not weight:
        return ""
    return max(weight, key=lambda piece: (weight[piece], worth[piece], -len(piece), piece))


def _near_pieces(text: str, title: str) -> Iterator[tuple[str, float]]:
    for run in RUN.findall(fold(title)):
        for size in (len(text) - 1, len(text), len(text) + 1):
            for start in range(len(run) - size + 1):
                piece = run[start : start + size]
                near = nearness(text, piece) if size >= MIN_PIECE else 0.0
                if near and (near != OTHER or _ends_like(text, piece, run, start)):
                    yield piece, near


def _ends_like(text: str, piece: str, run: str, start: int) -> bool:
    """
    Tell whether another character at an end of a piece may be a slip.

    Inside a name any piece has some end: only where the name itself begins or ends it is no word
    that somebody meant otherwise.
    """
    begins = text[0] == piece[0] or start == 0
    return begins and (text[-1] == piece[-1] or start + len(piece) == len(run))


def nearness(text: str, other: str) -> float:
    """Return how likely it is that who typed `text` meant `other`; 0 when it is another word."""
    if text == other or abs(len(text) - len(other)) > 1:
        return 0.0
    if len(text) == len(other):
        return _of_same_length(text, other)
    if min(len(text), len(other)) < LEAST:
        return 0.0
    if len(text) < len(other):
        inside = text[0] == other[0] and text[-1] == other[-1]
        return MISSING if inside and _lacks_one(text, other) else 0.0
    return DOUBLED if _lacks_one(other, text) and _is_doubled(text, other) else 0.0


def _of_same_length(text: str, other: str) -> float:
    differ = [n for n, (one, two) in enumerate(zip(text, other, strict=True)) if one != two]
    if syllables(text) == syllables(other) and len(differ) * 2 <= len(text) + 1:
        return SOUNDS
    if len(text) < LEAST:
        return 0.0
    if len(differ) == 1:
        return OTHER
    first, last = differ[0], differ[-1]
    is_swap = len(differ) == MIN_PIECE and last == first + 1
    return SWAPPED if is_swap and text[first] == other[last] and text[last] == other[first] else 0.0


def _lacks_one(short: str, long: str) -> bool:
    """Tell whether `short` is `long` without one character."""
    n = next((n for n, one in enumerate(short) if one != long[n]), len(short))
    return short[n:] == long[n + 1 :]


def _is_doubled(long: str, short: str) -> bool:
    """Tell whether the character too many is inside, or stands beside its like."""
    n = next((n for n, one in enumerate(short) if one != long[n]), len(short))
    return 0 < n < len(short) or long[n] in (long[n - 1], long[(n + 1) % len(long)])
