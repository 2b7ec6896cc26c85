"""What the filters of lists ask: the keys of all that a text finds, for their own statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from marketplace.kernel import known
from marketplace.web.words import Keys
from marketplace.web.words import Reading as ReadAs
from search.answers import PUT_RIGHT, understood
from search.backends import database_index
from search.facets import KIND
from search.query import parse
from search.understanding import Understood


def keys_found(kinds: Sequence[str], text: str, /) -> Keys | None:
    """
    Return the keys of the things of some kinds that a text finds, read as the search page reads it.

    None while there is no index of our own, or where the text holds nothing to look for.
    """
    index = database_index()
    query = replace(parse(text), chosen=((KIND, tuple(kinds)),))
    if not query.terms or not known.once("index is built", read=index.is_built):
        return None
    read = known.once("words of a list", query, read=partial(understood, index, query))
    return Keys({kind: index.keys(read.query, kind) for kind in kinds}, _said(read, text))


def _said(read: Understood, typed: str) -> ReadAs | None:
    """Return what was looked for; None where that is what was typed."""
    if read.query.text == " ".join(typed.casefold().split()):
        return None
    is_corrected = read.reading in PUT_RIGHT
    return ReadAs(read.query.text, parse(typed).as_it_stands if is_corrected else "")
