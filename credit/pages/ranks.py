"""The agencies by how they stand, as officers see them: worked out once until something changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from credit.measures import restricted_at
from credit.standing import Rank, Standing, next_turn, ranks_of, standings
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.models import Organization
from marketplace.named import Named, named
from marketplace.web.components import Order
from marketplace.web.facets import Pill, ShownFacet, ShownOption
from marketplace.web.keys import InPlaces

GRADES = ("A", "B", "C", "D")
BLOCKED = "blocked"


def standing_orders() -> list[Order]:
    """Return how agencies are sorted by what their record says; the database holds no score."""
    return [
        Order("blocked", _("正在限制的在前"), ()),
        Order("rising", _("信用分从低到高"), ()),
        Order("falling", _("信用分从高到低"), ()),
    ]


PLACES: Mapping[str, Callable[[Rank], Any]] = {
    "blocked": lambda one: (not one.is_restricted, one.score),
    "rising": lambda one: one.score,
    "falling": lambda one: -one.score,
}


@dataclass(frozen=True)
class Ranking:
    """
    Some agencies in one of the `standing_orders` at `at`; only those of one page are read whole.

    `kept_as` names the agencies where everybody finds the same ones. Their places are kept while
    the record stands, no entry ceases to count, and the same agencies are restricted: not every
    restriction is public, so these are read each time.
    """

    agencies: QuerySet[Organization]
    order: str
    at: datetime
    kept_as: tuple[Hashable, ...] = ()

    @cached_property
    def restricted(self) -> frozenset[int]:
        """Who is restricted, by key."""
        return restricted_at(self.at)

    @cached_property
    def ranks(self) -> list[Rank]:
        """The agencies, each in its place."""
        found = ranks_of(self.agencies.order_by("pk"), self.at, self.restricted)
        return sorted(found, key=PLACES[self.order])

    @cached_property
    def _key(self) -> tuple[Hashable, ...]:
        if not self.kept_as:
            return ()
        until = (day_of(self.at), next_turn(self.at))
        return (*self.kept_as, self.order, *until, self.restricted)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many agencies have each grade, and how many are restricted."""
        return known.once("grades", *self._key, read=self._count) if self._key else self._count()

    def _count(self) -> Mapping[str, int]:
        return Counter(value for row in self.ranks for value in _values(row))

    def keys(self, chosen: frozenset[str]) -> InPlaces:
        """Return the keys of those who have one of the chosen grades, of all if none is chosen."""

        def read() -> list[int]:
            kept = (row for row in self.ranks if not chosen or chosen & _values(row))
            return [row.organization for row in kept]

        return InPlaces(read, (*self._key, chosen) if self._key else ())


def _values(row: Rank) -> frozenset[str]:
    return frozenset([row.grade, BLOCKED] if row.is_restricted else [row.grade])


@dataclass(frozen=True)
class Row:
    """An agency and how it stands."""

    agency: Named
    standing: Standing


def rows_of(keys: Sequence[int], at: datetime) -> list[Row]:
    """Return the agencies with these keys with how they stand."""
    found = standings(keys, at)
    return [Row(agency, found[key]) for key, agency in named(keys).items()]


@dataclass(frozen=True)
class GradeFacet:
    """The facet that the database cannot answer: grades are worked out from the record."""

    shown: ShownFacet
    chosen: frozenset[str]
    pills: list[Pill]


def grade_facet(counts: Mapping[str, int], parameters: QueryDict) -> GradeFacet:
    """Return the facet of grades and of restricted agencies, with these counts."""
    labels = {
        **{grade: _("%(grade)s 级") % {"grade": grade} for grade in GRADES},
        BLOCKED: _("正在限制"),
    }
    chosen = frozenset(parameters.getlist("grade")).intersection(labels)
    options = [
        ShownOption(value, label, counts.get(value, 0), value in chosen)
        for value, label in labels.items()
    ]
    kept = [option for option in options if option.count or option.on]
    pills = [Pill(option.label, _without(parameters, option.value)) for option in kept if option.on]
    return GradeFacet(ShownFacet("grade", _("信用等级"), kept), chosen, pills)


def _without(parameters: QueryDict, value: str) -> str:
    rest = parameters.copy()
    rest.setlist("grade", [kept for kept in parameters.getlist("grade") if kept != value])
    rest.pop("page", None)
    return f"?{rest.urlencode()}"
