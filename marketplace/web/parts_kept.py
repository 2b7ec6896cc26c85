"""Parts of a page that are the same for everybody, drawn once until what they say has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marketplace.kernel import known
from marketplace.kernel.library import cited, note_cited, shelf_once
from marketplace.web.pages_kept import KeptPages, watching

MARK = "\0"
"""Stands between the parts in their template: a character that no text can contain."""
Parts = dict[str, SafeString]


@dataclass(frozen=True)
class KeptParts:
    """What was drawn, until when it is so (exclusive), and which articles of laws it cites."""

    texts: tuple[SafeString, ...]
    cites: tuple[tuple[str, int], ...]
    until: datetime

    @property
    def size(self) -> int:
        """How many bytes they take, roughly: most of their characters take two."""
        return sum(map(len, self.texts)) * 2 + 1_000


kept_parts = KeptPages[KeptParts]("KEPT_PARTS_BYTES")


def drawn_parts(
    template: str,
    names: Sequence[str],
    at: datetime,
    *key: Hashable,
    context: Callable[[], dict[str, Any]],
) -> Parts:
    """
    Return the parts that `template` draws at `at`, by their names, from memory while they are so.

    They are kept at the version of what is public under `key`, in the language of the request, and
    until the next deadline ends, as a whole page is. `context` is asked for only to draw them, and
    must hold nothing of the reader's own. An act, which has no version, draws them each time.
    """
    version = known.version()
    if not version:
        return _named(names, _drawn(template, context))
    full = (version, template, get_language(), timezone.get_current_timezone_name(), *key)
    parts = kept_parts.get(full, at)
    if parts is None:
        parts = _draw(template, context, at)
        kept_parts.put(full, parts)
    for slug, position in parts.cites:
        note_cited(slug, position)
    known.holds_until(parts.until)
    return _named(names, parts.texts)


def _draw(template: str, context: Callable[[], dict[str, Any]], at: datetime) -> KeptParts:
    with shelf_once(), watching(at):
        texts = _drawn(template, context)
        until = known.until()
        cites = cited()
    assert until is not None  # noqa: S101 - the end of the day is noted at the least
    return KeptParts(texts, cites, until)


def _drawn(template: str, context: Callable[[], dict[str, Any]]) -> tuple[SafeString, ...]:
    return tuple(map(SafeString, render_to_string(template, context()).split(MARK)))


def _named(names: Sequence[str], texts: Sequence[SafeString]) -> Parts:
    return dict(zip(names, texts, strict=True))
