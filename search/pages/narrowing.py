"""The facets of what was found: how many hits there are if one is chosen, and what was chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.models.stages import WORDS
from bidding.selection.methods import method_name
from bidding.stages import Stage
from marketplace.kernel import known
from marketplace.models import Division, ServiceClass
from marketplace.web.asked import asked_for
from marketplace.web.facets import Pill
from search.facets import (
    AMOUNT,
    AMOUNTS,
    CLASS,
    DATE,
    FUND,
    GRADE,
    METHOD,
    NAMES,
    REGION,
    STATUS,
)
from search.query import Query

Text = str | Promise
Facets = Mapping[str, Mapping[str, int]]
MOST = 30
"""How many choices of one facet a page shows, the most found first."""
WAN = 10_000
PROVINCE_ENDS, CITY_ENDS = "0000", "00"
DATES = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2]))?")
LABELS: Mapping[str, Text] = {
    REGION: _("地区"),
    CLASS: _("服务类别"),
    STATUS: _("进度"),
    METHOD: _("选取方式"),
    FUND: _("资金来源"),
    AMOUNT: _("金额"),
    DATE: _("日期"),
    GRADE: _("信用等级"),
}
OTHER_STATES: Mapping[str, Text] = {
    "repealed": _("已失效"),
    "over": _("已到期"),
    "running": _("限制生效"),
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet; `within` are narrower ones, which `parts` calls: counties of a city."""

    value: str
    label: Text
    count: int
    on: bool
    within: Sequence[Choice] = ()
    parts: Text = ""

    @property
    def is_open(self) -> bool:
        """Tell whether what is narrower is to be seen."""
        return self.on or any(one.on for one in self.within)


@dataclass(frozen=True)
class Narrowing:
    """One facet of the hits as the page draws it."""

    name: str
    label: Text
    options: Sequence[Choice]

    @property
    def is_open(self) -> bool:
        """Tell whether it is short, or something of it is chosen."""
        return len(self.options) <= 8 or any(one.is_open for one in self.options)


def narrowings(facets: Facets, query: Query) -> list[Narrowing]:
    """Return the facets that the hits have more than one value of, or of which one was chosen."""
    chosen = dict(query.chosen)
    found = (_narrowing(name, facets.get(name, {}), chosen.get(name, ())) for name in LABELS)
    return [one for one in found if one is not None]


def _narrowing(name: str, counts: Mapping[str, int], on: Sequence[str]) -> Narrowing | None:
    known_counts = {**dict.fromkeys(on, 0), **counts}
    tree = TREES.get(name)
    choices = tree(known_counts, on) if tree else _flat(name, known_counts, on)
    if not on and sum(max(len(one.within), 1) for one in choices) < 2:
        return None
    return Narrowing(name, LABELS[name], choices)


def _flat(name: str, counts: Mapping[str, int], on: Sequence[str]) -> list[Choice]:
    rows = [
        Choice(value, label_of(name, value), count, value in on) for value, count in counts.items()
    ]
    return sorted(rows, key=_order(name))[:MOST]


def _order(name: str) -> Callable[[Choice], tuple[object, ...]]:
    if name == AMOUNT:
        return lambda one: (int(one.value) if one.value.isdigit() else 0,)
    if name == GRADE:
        return lambda one: (one.value,)
    return lambda one: (not one.on, -one.count, str(one.value))


def _places(counts: Mapping[str, int], on: Sequence[str]) -> list[Choice]:
    """Return the cities that there are hits in, each with its counties."""
    cities = {city_of(code) for code in counts if not code.endswith(PROVINCE_ENDS)}
    return [
        Choice(
            city,
            name,
            counts.get(city, 0),
            city in on,
            tuple(
                Choice(code, _last_name(code), counts[code], code in on)
                for code in sorted(counts)
                if city_of(code) == city and code != city
            ),
            _("%(city)s各县区") % {"city": name},
        )
        for city in sorted(cities, key=lambda code: (-counts.get(code, 0), code))
        for name in [label_of(REGION, city)]
    ]


def _dates(counts: Mapping[str, int], on: Sequence[str]) -> list[Choice]:
    """Return the years that there are hits of, the newest first, each with its months."""
    years = {year_of(value) for value in counts}
    return [
        Choice(
            year,
            name,
            counts.get(year, 0),
            year in on,
            tuple(
                Choice(month, _month(month), counts[month], month in on)
                for month in sorted(counts, reverse=True)
                if year_of(month) == year and month != year
            ),
            _("%(year)s各月") % {"year": name},
        )
        for year in sorted(years, reverse=True)
        for name in [label_of(DATE, year)]
    ]


TREES: Mapping[str, Callable[[Mapping[str, int], Sequence[str]], list[Choice]]] = {
    REGION: _places,
    DATE: _dates,
}
"""The facets of which a value may be part of another."""


def year_of(value: str) -> str:
    """Return the year of a date of a facet."""
    return value.partition("-")[0]


def _date(value: str) -> Text | None:
    """Return the words for a year or a month of one; None where it is neither."""
    found = DATES.fullmatch(value)
    if found is None:
        return None
    if not found["month"]:
        return _("%(year)s年") % {"year": found["year"]}
    return _("%(year)s年%(month)s月") % {"year": found["year"], "month": int(found["month"])}


def _month(value: str) -> Text:
    """Return the words for a month without its year."""
    found = DATES.fullmatch(value)
    if found is None or not found["month"]:
        return value
    return _("%(month)s月") % {"month": int(found["month"])}


def city_of(code: str) -> str:
    """Return the city in which a division lies."""
    return f"{code[:4]}{CITY_ENDS}"


def label_of(name: str, value: str) -> Text:
    """Return what a value of a facet is called; one that nobody knows as it stands."""
    labels: Mapping[str, Callable[[str], Text | None]] = {
        REGION: _last_name,
        CLASS: lambda code: _class_names().get(code),
        STATUS: _state,
        METHOD: method_name,
        FUND: lambda fund: dict(Tender.Fund.choices).get(fund),
        AMOUNT: _step,
        DATE: _date,
        GRADE: lambda letter: _("%(grade)s 级") % {"grade": letter},
    }
    read = labels.get(name)
    return (read(value) if read else None) or value


def _last_name(code: str) -> str:
    return known.once("short place names", read=_read_place_names).get(code, code)


def _read_place_names() -> Mapping[str, str]:
    return dict(Division.objects.values_list("code", "name"))


def _class_names() -> Mapping[str, str]:
    return known.once("names of classes", read=_read_class_names)


def _read_class_names() -> Mapping[str, str]:
    return dict(ServiceClass.objects.values_list("code", "name"))


def _state(value: str) -> Text | None:
    if value in {stage.value for stage in Stage}:
        return WORDS[Stage(value)]
    return OTHER_STATES.get(value)


def _step(value: str) -> Text:
    """Return the words for a step of amounts, in 万元."""
    if not value.isdigit() or int(value) not in AMOUNTS:
        return value
    position = AMOUNTS.index(int(value))
    lower = int(value) // WAN
    if position + 1 == len(AMOUNTS):
        return _("%(lower)s 万元以上") % {"lower": lower}
    upper = AMOUNTS[position + 1] // WAN
    return _("%(lower)s–%(upper)s 万元") % {"lower": lower, "upper": upper}


def pills(query: Query, asked: QueryDict) -> list[Pill]:
    """Return what was chosen, each with the address of the same search without it."""
    return [
        Pill(label_of(name, value), without(asked, name, value))
        for name, values in query.chosen
        for value in values
    ]


def without(asked: QueryDict, name: str, value: str) -> str:
    """Return the address of a search without one choice."""
    kept = asked.copy()
    kept.setlist(name, [one for one in kept.getlist(name) if one != value])
    return f"?{asked_for(kept)}"


def hidden(asked: QueryDict, names: Iterable[str] = NAMES) -> list[tuple[str, str]]:
    """Return the choices as hidden fields, for a form that asks for other words."""
    return [(name, value) for name in names for value in asked.getlist(name)]


def address(asked: QueryDict, **changed: Sequence[str]) -> str:
    """Return the address of a search with other values of some parameters."""
    kept = asked.copy()
    for name, values in changed.items():
        kept.setlist(name, list(values))
    return f"?{asked_for(kept)}"
