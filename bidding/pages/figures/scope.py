"""What the figures are narrowed to, and the addresses of the lists that show the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.models import Tally, Tender
from marketplace.kernel import known
from marketplace.models import Division

ALL = "all"
YEAR = re.compile(r"20\d\d")
MONTHS = 12


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen."""

    value: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class Scope:
    """
    A year or all of them, the province or one place, all funds or one.

    `city` may also be a county, and there may be a class, where a page is of one.
    """

    year: str
    city: str = ""
    fund: str = ""
    service_class: str = ""

    @classmethod
    def of(cls, asked: QueryDict, today: date) -> Scope:
        """Return what an address asks for; what does not exist is not narrowed by."""
        year = asked.get("period", str(today.year))
        city, fund = asked.get("city", ""), asked.get("fund", "")
        return cls(
            year=year if YEAR.fullmatch(year) else ALL,
            city=city if city in dict(cities()) else "",
            fund=fund if fund in Tender.Fund.values else "",
        )

    @property
    def is_all_time(self) -> bool:
        return self.year == ALL

    def rows(self, figure: str) -> QuerySet[Tally]:
        """Return the rows of one figure in this scope."""
        narrowed = Q(figure=figure)
        if not self.is_all_time:
            narrowed &= Q(month__year=int(self.year))
        if self.city:
            narrowed &= Q(division__code__startswith=self.prefix)
        if self.service_class:
            narrowed &= Q(service_class__code=self.service_class)
        if self.fund:
            narrowed &= Q(fund=self.fund)
        return Tally.objects.filter(narrowed).order_by()

    def holds(self, division: str, service_class: str, fund: str) -> bool:
        """Tell whether an order of this place, class and fund is in the scope, whenever it was."""
        return (
            division.startswith(self.prefix)
            and self.service_class in {"", service_class}
            and self.fund in {"", fund}
        )

    @property
    def prefix(self) -> str:
        """How the codes of the place begin."""
        return self.city[:4] if self.is_of_city else self.city

    @property
    def is_of_city(self) -> bool:
        return self.city.endswith("00")

    def before(self) -> Scope | None:
        """Return the same a year earlier; None of all time."""
        return None if self.is_all_time else replace(self, year=str(int(self.year) - 1))

    @property
    def query(self) -> str:
        """What the address of this scope asks for."""
        asked = {"period": self.year, "city": self.city, "fund": self.fund}
        return urlencode({name: value for name, value in asked.items() if value})

    def orders(self, **more: str) -> str:
        """Return the address of the orders of this scope."""
        return self._list("bidding:tender_list", more)

    def awards(self, **more: str) -> str:
        """Return the address of what was won in this scope."""
        return self._list("bidding:award_list", {"state": "won", **more})

    def _list(self, name: str, more: dict[str, str]) -> str:
        asked = {"period": "" if self.is_all_time else self.year, **self._narrowed(), **more}
        kept = {key: value for key, value in asked.items() if value}
        return f"{reverse(name)}?{urlencode(kept)}" if kept else reverse(name)

    def _narrowed(self) -> dict[str, str]:
        """Return what lists are narrowed to, by the names of their facets."""
        place = "city" if self.is_of_city else "place"
        return {place: self.city, "class": self.service_class, "fund": self.fund}

    def open_orders(self) -> str:
        """Return the address of what takes sign-ups now."""
        return self.orders(period="", phase="open")

    def months(self, today: date) -> list[date]:
        """Return the months that a chart shows: of a year, or the last ones of all time."""
        if not self.is_all_time and int(self.year) != today.year:
            return [date(int(self.year), month, 1) for month in range(1, MONTHS + 1)]
        count = MONTHS if self.is_all_time else today.month
        last = today.year * MONTHS + today.month - 1
        return [
            date(number // MONTHS, number % MONTHS + 1, 1)
            for number in range(last - count + 1, last + 1)
        ]


def cities() -> tuple[tuple[str, str], ...]:
    """Return the cities of the province by code."""
    return known.once("figure cities", read=_read_cities)


def _read_cities() -> tuple[tuple[str, str], ...]:
    rows = Division.objects.filter(level=Division.Level.CITY).order_by("code")
    return tuple(rows.values_list("code", "name"))


def years_of(today: date) -> list[str]:
    """Return the years of which there are figures, the newest first, and all of them."""
    first = known.once("first month", read=_first_month) or today
    return [*(str(year) for year in range(today.year, first.year - 1, -1)), ALL]


def _first_month() -> date | None:
    return Tally.objects.order_by("month").values_list("month", flat=True).first()


@dataclass(frozen=True)
class Narrowing:
    """What the form above the figures offers."""

    years: Sequence[Choice]
    cities: Sequence[Choice]
    funds: Sequence[Choice]

    @classmethod
    def of(cls, scope: Scope, today: date) -> Narrowing:
        return cls(
            [Choice(one, year_name(one), one == scope.year) for one in years_of(today)],
            _choices([("", _("全省")), *cities()], scope.city),
            _choices([("", _("全部资金")), *Tender.Fund.choices], scope.fund),
        )


def _choices(rows: Sequence[tuple[str, object]], chosen: str) -> list[Choice]:
    return [Choice(value, str(label), value == chosen) for value, label in rows]


def year_name(year: str) -> str:
    """Name a year as the form does."""
    return _("全部时间") if year == ALL else _("%(year)s年") % {"year": year}
