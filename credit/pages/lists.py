"""The lists of credit in words: their tabs, and what a row says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from credit import queries
from credit.models import Case
from credit.pages.cases import Age, age_of
from credit.queries import Ranked
from marketplace.kernel.calendar import WorkCalendar
from marketplace.web.facets import Pill, ShownFacet, ShownOption

GRADES = ("A", "B", "C", "D")
BLOCKED = "blocked"


def restriction_tabs(counts: Mapping[str, int], *, is_over: bool) -> list[dict[str, Any]]:
    """Return the tabs of the public list."""
    url = reverse("credit:restriction_list")
    return [
        {"url": url, "label": _("正在执行"), "count": counts["running"], "current": not is_over},
        {
            "url": f"{url}?state=over",
            "label": _("已经结束"),
            "count": counts["over"],
            "current": is_over,
        },
    ]


def queue_tabs(counts: Mapping[str, int], queue: str) -> list[dict[str, Any]]:
    """Return the queues of the officers' list."""
    labels = {
        queries.DUE: _("待决定"),
        queries.WAITING: _("陈述申辩期"),
        queries.CLOSED: _("已办结"),
    }
    url = reverse("credit:case_list")
    return [
        {
            "url": f"{url}?queue={name}",
            "label": label,
            "count": counts[name],
            "current": name == queue,
        }
        for name, label in labels.items()
    ]


@dataclass(frozen=True)
class CaseRow:
    """A case in a queue with the age of its running step."""

    case: Case
    age: Age | None


def case_rows(cases: Iterable[Case], at: datetime, calendar: WorkCalendar) -> list[CaseRow]:
    """Return the rows of a queue."""
    return [CaseRow(case, age_of(case, at, calendar)) for case in cases]


@dataclass(frozen=True)
class GradeFacet:
    """The facet that the database cannot answer: grades are worked out from the record."""

    shown: ShownFacet
    chosen: frozenset[str]
    pills: list[Pill]

    def lets_through(self, row: Ranked) -> bool:
        """Tell whether `row` has one of the chosen grades, or none is chosen."""
        return not self.chosen or bool(self.chosen & _values(row))


def grade_facet(ranked: Iterable[Ranked], parameters: QueryDict) -> GradeFacet:
    """Return the facet of grades and of restricted agencies, with the counts over `ranked`."""
    rows = list(ranked)
    labels = {
        **{grade: _("%(grade)s 级") % {"grade": grade} for grade in GRADES},
        BLOCKED: _("正在限制"),
    }
    chosen = frozenset(parameters.getlist("grade")) & labels.keys()
    options = [
        ShownOption(value, label, sum(value in _values(row) for row in rows), value in chosen)
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


def _values(row: Ranked) -> frozenset[str]:
    blocked = [BLOCKED] if row.standing.restrictions else []
    return frozenset([row.standing.grade, *blocked])
