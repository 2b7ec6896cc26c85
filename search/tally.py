"""Count facets of rows, each under everything else that was chosen. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from search.facets import KIND, READER
from search.query import Chosen, Query

BETWEEN, IS = " ", "="


def written(values: Iterable[tuple[str, str]]) -> str:
    """Write the values of a thing into one text."""
    return BETWEEN.join(f"{name}{IS}{value}" for name, value in values)


def read(text: str) -> tuple[tuple[str, str], ...]:
    """Read what `written` has written."""
    parts = (pair.partition(IS) for pair in text.split(BETWEEN) if pair)
    return tuple((name, value) for name, _is, value in parts)


def with_kind(query: Query) -> Chosen:
    """Return what was chosen of each facet; the asked kind is one of them."""
    return (*query.chosen, (KIND, (query.kind,))) if query.kind else query.chosen


def tally(rows: Iterable[str], chosen: Chosen) -> Mapping[str, Mapping[str, int]]:
    """
    Return how many things have each value; `rows` are the values of each thing as written.

    A thing counts for a facet when it holds what was chosen of every other one.
    """
    if not chosen:
        every = chain.from_iterable(text.split(BETWEEN) for text in rows)
        return _by_name({"": Counter(every)})
    wanted = {name: [f"{name}{IS}{value}" for value in options] for name, options in chosen}
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, count in Counter(rows).items():
        pairs = text.split(BETWEEN)
        missed = [name for name, options in wanted.items() if not _any_in(pairs, options)]
        if len(missed) > 1:
            continue
        counter = seen[missed[0] if missed else ""]
        for pair in pairs:
            counter[pair] += count
    return _by_name(seen)


def _any_in(pairs: Collection[str], options: Iterable[str]) -> bool:
    return any(option in pairs for option in options)


def _by_name(seen: Mapping[str, Counter[str]]) -> Mapping[str, Mapping[str, int]]:
    """Sort what was counted by facets; what misses one choice counts for its facet alone."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for missed, counter in seen.items():
        for pair, count in counter.items():
            name, _is, value = pair.partition(IS)
            if name not in ("", READER) and missed in ("", name):
                found[name][value] += count
    return {name: dict(counts) for name, counts in found.items()}
