"""The one form in which names are compared, and the marks that nobody sees. Pure."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
VARIANTS = DATA / "name_variants.txt"
BRANCHES = DATA / "name_branches.txt"
# Dots between the parts of a name that Unicode counts as letters; the other dots are punctuation.
_LETTER_DOTS = frozenset("\u1427\u119e\ua78f")
# Letters and signs without a picture: fillers and the empty Braille cell.
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_UNSEEN = frozenset({"Cf", "Co", "Cs"})
SHORTEST_NAME, SHORTEST_BRANCH = 4, 2  # characters of a head office's name, and of what follows it


def name_key(text: str) -> str:
    """
    Return the form in which two names are compared; it is for no page.

    Width, case, blanks, dots and any other punctuation do not count, nor does what cannot be seen;
    a character that is written in several ways (张, 張) counts as one.

    Source: 平台默认
    """
    wide = unicodedata.normalize("NFKC", text)
    seen = (mark for mark in wide if mark.isalnum() and mark not in _BLANK_LETTERS | _LETTER_DOTS)
    return "".join(seen).casefold().translate(_variants())


def head_office_names(name: str) -> list[str]:
    """
    Return what the head office of a branch may be called, the longest first; [] for who is none.

    A branch has the name of its head office in front of its own: 江西某某咨询有限公司岳阳分公司.
    """
    if not name.endswith(_branches()):
        return []
    return [name[:length] for length in range(len(name) - SHORTEST_BRANCH, SHORTEST_NAME - 1, -1)]


def unseen_in(text: str) -> tuple[str, ...]:
    """
    Return the marks in `text` that cannot be seen, each once, as U+200B.

    They are zero-width marks, those that change the direction of writing, variation selectors,
    fillers, and codes that mean nothing outside one computer. Line ends and blanks are not.
    """
    return tuple(f"U+{ord(mark):04X}" for mark in dict.fromkeys(text) if _is_unseen(mark))


def _is_unseen(mark: str) -> bool:
    if mark in _BLANK_LETTERS or unicodedata.category(mark) in _UNSEEN:
        return True
    return "VARIATION SELECTOR" in unicodedata.name(mark, "")


@cache
def _branches() -> tuple[str, ...]:
    """Read how the name of a branch ends."""
    return tuple(_lines(BRANCHES))


@cache
def _variants() -> dict[int, str]:
    """Read which character stands for which."""
    groups = _lines(VARIANTS)
    return {ord(variant): group[0] for group in groups for variant in group[1:]}


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
