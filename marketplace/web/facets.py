"""Filters of a list with counts that answer “how many if I choose this”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from django.db.models import Count, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

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
    """A group of choices; several chosen ones add up. Empty choices are shown if `keeps_empty`."""

    name: str
    label: Text
    options: Sequence[Option]
    keeps_empty: bool = False

    def chosen(self, parameters: QueryDict) -> list[Option]:
        """Return the chosen options; values that do not exist are left out."""
        values = parameters.getlist(self.name)
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
    A list narrowed by facets: one query for the rows and one for the counts of each facet.

    `fixed` is what the words of the parameter `q` ask for.
    """

    rows: QuerySet[Row]
    facets: Sequence[Facet]
    parameters: QueryDict
    fixed: Q = field(default_factory=Q)

    def filtered(self, *, without: Facet | None = None) -> QuerySet[Row]:
        """Return the rows that every facet (but `without`) lets through."""
        rows = self.rows.filter(self.fixed)
        for facet in self.facets:
            if facet is not without:
                rows = rows.filter(facet.condition(self.parameters))
        return rows

    def shown(self) -> Iterator[ShownFacet]:
        """Yield the facets with their counts, one query each."""
        for facet in self.facets:
            counts = self.filtered(without=facet).aggregate(
                **{
                    f"n{place}": Count("pk", filter=option.condition, distinct=True)
                    for place, option in enumerate(facet.options)
                }
            )
            chosen = facet.chosen(self.parameters)
            options = [
                ShownOption(option.value, option.label, counts[f"n{place}"], option in chosen)
                for place, option in enumerate(facet.options)
            ]
            kept = [option for option in options if option.count or option.on or facet.keeps_empty]
            yield ShownFacet(facet.name, facet.label, kept)

    def pills(self) -> list[Pill]:
        """Return the chosen options, each with the address of the list without it."""
        return [
            Pill(option.label, self._without(facet.name, option.value))
            for facet in self.facets
            for option in facet.chosen(self.parameters)
        ]

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
        parameters = self.parameters.copy()
        kept = [one for one in parameters.getlist(name) if value is not None and one != value]
        parameters.setlist(name, kept)
        parameters.pop("page", None)
        return f"?{parameters.urlencode()}"
