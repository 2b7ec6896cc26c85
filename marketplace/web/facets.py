"""Filters of a list with counts that answer “how many if I choose this”."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from django.db.models import Count, Expression, F, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

from marketplace.kernel import known
from marketplace.web.words import Reading

LONG = 13
MAX_WORDS = 60
"""How many characters of the words of a search are looked for."""

Row = TypeVar("Row", bound=Model)
Text = str | Promise


@dataclass(frozen=True)
class Option:
    """One choice of a facet and the rows that it keeps."""

    value: str
    label: Text
    condition: Q


@dataclass(frozen=True)
class Facet:
    """
    A group of choices; several chosen ones add up. Empty choices are shown if `keeps_empty`.

    With `by`, a row has the choice whose value this is (`many`: or several), and the rows are
    counted in groups; with `keys`, which says what keys have each choice, in memory; else each
    choice is counted by its condition, among those `within`. A quiet
    one offers no choices: it has `read`, which makes one of what another page's address says.
    """

    name: str
    label: Text
    options: Sequence[Option]
    keeps_empty: bool = False
    by: str | Expression = ""
    many: bool = False
    within: Q = field(default_factory=Q)
    read: Callable[[str], Option | None] | None = None
    keys: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of_keys(
        cls, name: str, label: Text, rows: Mapping[str, tuple[Text, frozenset[int]]]
    ) -> Facet:
        """Return a facet that no column answers: the label and the keys of each choice."""
        options = [Option(one, text, Q(pk__in=keys)) for one, (text, keys) in rows.items()]
        return cls(name, label, options, keys={one: keys for one, (_text, keys) in rows.items()})

    def offered(self, parameters: QueryDict) -> Sequence[Option]:
        """Return the options that are shown and counted: of a quiet facet those that are chosen."""
        return self.chosen(parameters) if self.read else self.options

    def chosen(self, parameters: QueryDict) -> list[Option]:
        """Return the chosen options; values that do not exist are left out."""
        values = parameters.getlist(self.name)
        if self.read:
            return [option for value in values if (option := self.read(value))]
        return [option for option in self.options if option.value in values]

    def condition(self, parameters: QueryDict) -> Q:
        """Return what a row must meet: any of the chosen options, or anything if none is."""
        condition = Q()
        for option in self.chosen(parameters):
            condition |= option.condition
        return condition


@dataclass(frozen=True)
class ShownOption:
    """An option as the page draws it."""

    value: str
    label: Text
    count: int
    on: bool


@dataclass(frozen=True)
class ShownFacet:
    """A facet as the page draws it; options without rows are left out unless chosen."""

    name: str
    label: Text
    options: list[ShownOption]

    @property
    def is_open(self) -> bool:
        """Tell whether its options are few enough to be seen at once."""
        return len(self.options) < LONG


@dataclass(frozen=True)
class Pill:
    """A chosen option above the results; `url` is the list without it."""

    label: Text
    url: str


@dataclass(frozen=True)
class Nearest:
    """What to give up of a search that finds nothing, and how many rows there are then."""

    label: str
    url: str
    count: int


@dataclass(frozen=True)
class FacetedList(Generic[Row]):
    """
    A list narrowed by facets: `rows` are all that there are, to be read by their keys.

    `fixed` is what the words of the parameter `q` ask for, and `reading` how these were read where
    not as they stand. `kept_as` names the list where everybody
    finds the same counts in it, with all that these hang on besides what is public and was asked:
    then they are counted once.
    """

    rows: QuerySet[Row]
    facets: Sequence[Facet]
    parameters: QueryDict
    fixed: Q = field(default_factory=Q)
    kept_as: tuple[Hashable, ...] = ()
    reading: Reading | None = None

    def filtered(self, *, without: Facet | None = None) -> QuerySet[Row]:
        """Return the rows that every facet (but `without`) lets through."""
        rows = self.rows.filter(self.fixed)
        for facet in self.facets:
            if facet is not without:
                rows = rows.filter(facet.condition(self.parameters))
        return rows

    def shown(self) -> Sequence[ShownFacet]:
        """Return the facets with their counts."""
        if key := self.plain_key:
            return known.once("shown facets", *key, read=lambda: tuple(self._shown()))
        return tuple(self._shown())

    def _shown(self) -> Iterator[ShownFacet]:
        all_counts = self._counts()
        for facet in self.facets:
            counts = all_counts[facet.name]
            chosen = facet.chosen(self.parameters)
            options = [
                ShownOption(option.value, option.label, counts[option.value], option in chosen)
                for option in facet.offered(self.parameters)
            ]
            kept = [option for option in options if option.count or option.on or facet.keeps_empty]
            yield ShownFacet(facet.name, facet.label, kept)

    def _counts(self) -> Mapping[str, Counter[str]]:
        if not self.kept_as:
            return self._count()
        return known.once("facets", *self.asked_key, read=self._count)

    def _all_asked(self) -> tuple[tuple[str, ...], ...]:
        """Return what was asked for of what can be: nothing longer is ever kept."""
        words = self.parameters.get("q", "")[:MAX_WORDS].split()
        chosen = (
            (facet.name, *sorted(option.value for option in facet.chosen(self.parameters)))
            for facet in self.facets
        )
        return ("q", *words), *chosen

    @property
    def asked_key(self) -> tuple[Hashable, ...]:
        """What the list is kept under for all that was asked; empty where it is not kept."""
        return (*self.kept_as, self._all_asked()) if self.kept_as else ()

    @property
    def plain_key(self) -> tuple[Hashable, ...]:
        """What the list is kept under where nothing was asked; empty where something was."""
        is_plain = not any(asked[1:] for asked in self._all_asked())
        return self.kept_as if is_plain else ()

    def _count(self) -> Mapping[str, Counter[str]]:
        """Count every facet; what nobody chose from is counted together."""
        free = [one for one in self.facets if one.by and not one.many and not self._is_used(one)]
        counts = dict(self._counted_together(free))
        of_keys = [one for one in self.facets if one.keys and not self._is_used(one)]
        found = frozenset(self.filtered().values_list("pk", flat=True)) if of_keys else frozenset()
        counts |= {one.name: _counted_in(one, found) for one in of_keys}
        for facet in self.facets:
            if facet.name not in counts:
                counts[facet.name] = self._counted(facet)
        return counts

    def _is_used(self, facet: Facet) -> bool:
        return bool(facet.chosen(self.parameters))

    def _counted_together(self, facets: Sequence[Facet]) -> Mapping[str, Counter[str]]:
        """Count in one query what several facets count among the same rows."""
        counts: dict[str, Counter[str]] = {facet.name: Counter() for facet in facets}
        for *values, count in self._groups(self.filtered(), facets) if facets else ():
            for facet, value in zip(facets, values, strict=True):
                counts[facet.name][str(value)] += count
        return counts

    def _counted(self, facet: Facet) -> Counter[str]:
        """Count the choices of one facet, by groups or by their conditions."""
        options = facet.offered(self.parameters)
        if not options:
            return Counter()
        rows = self.filtered(without=facet)
        if facet.keys:
            return _counted_in(facet, frozenset(rows.values_list("pk", flat=True)))
        if facet.by:
            return Counter({str(value): count for value, count in self._groups(rows, [facet])})
        counts = rows.filter(facet.within).aggregate(
            **{
                f"n{place}": Count("pk", filter=option.condition)
                for place, option in enumerate(options)
            }
        )
        values = [option.value for option in options]
        return Counter(dict(zip(values, counts.values(), strict=True)))

    def _groups(self, rows: QuerySet[Row], facets: Sequence[Facet]) -> Iterable[tuple[Any, ...]]:
        """Return the values of these facets that there are together, and of how many rows."""
        by = {
            f"by_{facet.name}": F(facet.by) if isinstance(facet.by, str) else facet.by
            for facet in facets
        }
        number = Count("pk", distinct=any(facet.many for facet in facets))
        return rows.order_by().values_list(*by.values()).annotate(number=number)

    def on_page(self, path: str, frame: str = "base.html") -> dict[str, Any]:
        """Return what `frame/list.html` draws of it at the address `path`, inside of `frame`."""
        words, pills = self.parameters.get("q", ""), self.pills()
        return {
            "frame": frame,
            "facets": self.shown(),
            "plain_key": self.plain_key,
            "pills": pills,
            "words": words,
            "is_narrowed": bool(words or pills),
            "read_as": self.read_as(),
            "clear_url": path,
        }

    def pills(self) -> list[Pill]:
        """Return the chosen options, each with the address of the list without it."""
        return [
            Pill(option.label, self._without(facet.name, option.value))
            for facet in self.facets
            for option in facet.chosen(self.parameters)
        ]

    def read_as(self) -> Pill | None:
        """Return what was looked for instead of what was typed; `url` looks for the latter."""
        if self.reading is None:
            return None
        typed = self.reading.as_typed
        return Pill(self.reading.text, self._with("q", [typed]) if typed else "")

    def asked(self) -> list[str]:
        """Return what was searched for, one after the other: the words, then the choices."""
        return [*self._words(), *(str(pill.label) for pill in self.pills())]

    def nearest(self) -> Nearest | None:
        """Return what to give up to find most; one query for the words and each chosen facet."""
        found = [one for one in self._easier() if one.count]
        return max(found, key=lambda one: one.count, default=None)

    def _easier(self) -> Iterator[Nearest]:
        if words := self._words():
            faceted = replace(self, fixed=Q())
            yield Nearest(words[0], self._without("q"), faceted.filtered().count())
        for facet in self.facets:
            if chosen := facet.chosen(self.parameters):
                label = "、".join(str(option.label) for option in chosen)
                count = self.filtered(without=facet).count()
                yield Nearest(label, self._without(facet.name), count)

    def _words(self) -> list[str]:
        words = self.parameters.get("q", "").strip()
        return [words] if words else []

    def _without(self, name: str, value: str | None = None) -> str:
        """Return the address without one value of a parameter, or without any."""
        values = self.parameters.getlist(name)
        return self._with(name, [one for one in values if value is not None and one != value])

    def _with(self, name: str, values: list[str]) -> str:
        """Return the address with other values of a parameter."""
        parameters = self.parameters.copy()
        parameters.setlist(name, values)
        parameters.pop("page", None)
        return f"?{parameters.urlencode()}"


def _counted_in(facet: Facet, found: frozenset[int]) -> Counter[str]:
    """Count the choices of a facet of keys among what was found."""
    return Counter({value: len(keys & found) for value, keys in facet.keys.items()})
