"""The lists that are open to many: published restrictions, and agencies by how they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from credit.models import Restriction, RestrictionQuerySet
from credit.standing import Rank, Standing, ranks_of, standings_of
from marketplace.models import Organization
from marketplace.web.components import Order, Tab
from marketplace.web.facets import Pill, ShownFacet, ShownOption
from marketplace.web.keys import in_order

GRADES = ("A", "B", "C", "D")
BLOCKED = "blocked"


def public_restrictions(at: datetime, *, is_over: bool) -> RestrictionQuerySet:
    """Return the published restrictions in force at `at`, or those that are over, newest first."""
    rows = Restriction.objects.shown(at).with_relations()
    return rows.over(at) if is_over else rows.in_force(at)


def restriction_orders() -> list[Order]:
    """Return how the public list of restrictions can be sorted."""
    return [
        Order("newest", _("最新作出"), ("-effective_from", "-pk")),
        Order("ending", _("先到期的在前"), ("effective_to", "-pk")),
    ]


def restriction_table(restrictions: Iterable[Restriction]) -> Iterator[list[object]]:
    """Yield the heads and then a row for each decision; moments in Beijing time."""
    yield [
        _("决定书编号"),
        _("机构"),
        _("统一社会信用代码"),
        _("行为"),
        _("认定等级"),
        _("措施"),
        _("限于服务类别"),
        _("依据"),
        _("作出机关"),
        _("生效时间"),
        _("到期时间（不含）"),
        _("撤销时间"),
    ]
    for row in restrictions:
        yield [
            row.case.decision_number,
            row.organization.name,
            row.organization.uscc,
            row.case.get_kind_display(),
            row.get_severity_display(),
            row.get_kind_display(),
            row.service_class or "",
            row.legal_basis,
            row.case.authority.name,
            _written(row.effective_from),
            _written(row.effective_to),
            _written(row.lifted_at),
        ]


def _written(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def restriction_counts(at: datetime) -> dict[str, int]:
    """Return how many published restrictions are in force at `at`, and how many are over."""
    rows = Restriction.objects.shown(at)
    return {"running": rows.in_force(at).count(), "over": rows.over(at).count()}


def restriction_tabs(counts: Mapping[str, int], *, is_over: bool) -> list[Tab]:
    """Return the tabs of the public list."""
    url = reverse("credit:restriction_list")
    return [
        Tab(_("正在执行"), url, not is_over, counts["running"]),
        Tab(_("已经结束"), f"{url}?state=over", is_over, counts["over"]),
    ]


@dataclass(frozen=True)
class Row:
    """An agency and how it stands."""

    organization: Organization
    standing: Standing


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


def rank(agencies: QuerySet[Organization], at: datetime, order: str = "blocked") -> list[Rank]:
    """
    Return the places of the agencies in one of the `standing_orders`.

    Four queries, however many agencies there are: only those of one page are read whole.
    """
    return sorted(ranks_of(agencies.order_by("pk"), at), key=PLACES[order])


def rows_of(ranks: Iterable[Rank], at: datetime) -> list[Row]:
    """Return the agencies at some places with how they stand."""
    places = Organization.objects.select_related("division__parent")
    found = in_order(places, [one.organization for one in ranks])
    standings = standings_of(found, at)
    return [Row(row, standings[row.pk]) for row in found]


@dataclass(frozen=True)
class GradeFacet:
    """The facet that the database cannot answer: grades are worked out from the record."""

    shown: ShownFacet
    chosen: frozenset[str]
    pills: list[Pill]

    def lets_through(self, row: Rank) -> bool:
        """Tell whether `row` has one of the chosen grades, or none is chosen."""
        return not self.chosen or bool(self.chosen & _values(row))


def grade_facet(ranks: Iterable[Rank], parameters: QueryDict) -> GradeFacet:
    """Return the facet of grades and of restricted agencies, with the counts over `ranks`."""
    counts = Counter(value for row in ranks for value in _values(row))
    labels = {
        **{grade: _("%(grade)s 级") % {"grade": grade} for grade in GRADES},
        BLOCKED: _("正在限制"),
    }
    chosen = frozenset(parameters.getlist("grade")) & labels.keys()
    options = [
        ShownOption(value, label, counts[value], value in chosen) for value, label in labels.items()
    ]
    kept = [option for option in options if option.count or option.on]
    pills = [Pill(option.label, _without(parameters, option.value)) for option in kept if option.on]
    return GradeFacet(ShownFacet("grade", _("信用等级"), kept), chosen, pills)


def _without(parameters: QueryDict, value: str) -> str:
    rest = parameters.copy()
    rest.setlist("grade", [kept for kept in parameters.getlist("grade") if kept != value])
    rest.pop("page", None)
    return f"?{rest.urlencode()}"


def _values(row: Rank) -> frozenset[str]:
    return frozenset([row.grade, BLOCKED] if row.is_restricted else [row.grade])
