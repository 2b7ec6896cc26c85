"""Filters of a list with counts that answer “how many if I choose this”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
    """A group of choices; several chosen ones add up."""

    name: str
    label: Text
    options: Sequence[Option]

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
class FacetedList(Generic[Row]):
    """A list narrowed by facets: one query for the rows and one for the counts of each facet."""

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
            kept = [option for option in options if option.count or option.on]
            yield ShownFacet(facet.name, facet.label, kept)

    def pills(self) -> list[Pill]:
        """Return the chosen options, each with the address of the list without it."""
        return [
            Pill(option.label, self._without(facet.name, option.value))
            for facet in self.facets
            for option in facet.chosen(self.parameters)
        ]

    def _without(self, name: str, value: str) -> str:
        parameters = self.parameters.copy()
        parameters.setlist(name, [kept for kept in parameters.getlist(name) if kept != value])
        parameters.pop("page", None)
        return f"?{parameters.urlencode()}"
