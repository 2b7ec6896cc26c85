"""What agencies are found by that no column tells: grade, people, ratings, prices and load."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from statistics import median

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Contract
from bidding.pages.agencies import agencies, agencies_for
from bidding.statistics import stars_by_agency
from credit.pages.ranks import GRADES
from credit.standing import public_grades
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.models import Practitioner, Qualification, ServiceItem
from marketplace.web.facets import Facet, Text

Levels = Mapping[str, tuple[Text, Callable[[float], bool]]]
PEOPLE: Levels = {
    "10": (_("10 人以上"), lambda count: count >= 10),
    "5": (_("5–9 人"), lambda count: 5 <= count < 10),
    "1": (_("1–4 人"), lambda count: 1 <= count < 5),
}
STARS: Levels = {
    "4.5": (_("4.5 分以上"), lambda mean: mean >= 4.5),
    "4": (_("4.0–4.4 分"), lambda mean: 4 <= mean < 4.5),
    "0": (_("4.0 分以下"), lambda mean: mean < 4),
}
PRICES: Levels = {
    "0": (_("5 万元以下"), lambda yuan: yuan < 50_000),
    "50000": (_("5–20 万元"), lambda yuan: 50_000 <= yuan < 200_000),
    "200000": (_("20 万元以上"), lambda yuan: yuan >= 200_000),
}
LOAD: Levels = {
    "0": (_("没有在手合同"), lambda count: count == 0),
    "1": (_("在手 1–2 项"), lambda count: 1 <= count <= 2),
    "3": (_("在手 3 项以上"), lambda count: count >= 3),
}
"""Steps for a reader to choose from: nothing is decided by them."""
SERVING = (Contract.Status.ACTIVE, Contract.Status.DELIVERED)
Groups = Mapping[str, tuple[Text, frozenset[int]]]


def finder_facets(at: datetime) -> list[Facet]:
    """Return the facets; their figures are worked out once at a version of what is public."""
    key = ("agency finder", day_of(at))
    groups = known.once(*key, read=partial(_read_groups, at))
    return [Facet.of_keys(name, label, groups[name]) for name, label in LABELS.items()]


LABELS: Mapping[str, Text] = {
    "grade": _("信用等级"),
    "level": _("证书等级"),
    "people": _("执业人员"),
    "rating": _("业主评价"),
    "price": _("中选金额中位数"),
    "load": _("在手合同"),
}


def item_facet(code: str, at: datetime) -> list[Facet]:
    """Return the facet of who may do one item, as the guards ask it; none for no item."""
    item = ServiceItem.objects.published().filter(code=code).first() if code else None
    if item is None:
        return []
    keys = frozenset(agencies_for(item, at).values_list("pk", flat=True))
    return [Facet.of_keys("item", _("能承接的事项"), {code: (item.name, keys)})]


def _read_groups(at: datetime) -> Mapping[str, Groups]:
    """Work out who is in which group; one statement for each figure, whoever many there are."""
    people = dict(Practitioner.objects.order_by().values_list("agency").annotate(Count("pk")))
    return {
        "grade": _grades(at),
        "level": _levels(at),
        "people": _steps(people, PEOPLE),
        "rating": _steps(stars_by_agency(), STARS),
        "price": _steps(_medians(), PRICES),
        "load": _steps(_loads(), LOAD),
    }


def _grades(at: datetime) -> Groups:
    found: dict[str, set[int]] = defaultdict(set)
    for key, letter in public_grades(at).items():
        found[letter].add(key)
    return {one: (_("%(grade)s 级") % {"grade": one}, frozenset(found[one])) for one in GRADES}


def _levels(at: datetime) -> Groups:
    found: dict[str, set[int]] = defaultdict(set)
    rows = Qualification.objects.valid_on(day_of(at)).order_by()
    for agency, level in rows.values_list("agency", "level").distinct():
        found[level].add(agency)
    named = [one for one in Qualification.Level if one != Qualification.Level.NONE]
    return {one.value: (one.label, frozenset(found[one.value])) for one in named}


def _steps(figures: Mapping[int, float], levels: Levels) -> Groups:
    return {
        name: (label, frozenset(key for key, figure in figures.items() if holds(figure)))
        for name, (label, holds) in levels.items()
    }


def _medians() -> Mapping[int, float]:
    """Return the median of the amounts that each agency won by, in yuan."""
    amounts: dict[int, list[Decimal]] = defaultdict(list)
    rows: Iterable[tuple[int, Decimal]] = (
        Award.objects.won().order_by().values_list("bid__agency", "amount")
    )
    for agency, amount in rows:
        amounts[agency].append(amount)
    return {agency: float(median(found)) for agency, found in amounts.items()}


def _loads() -> Mapping[int, float]:
    """Return how many contracts each agency is at work on, zero for all others on the register."""
    rows = Contract.objects.filter(status__in=SERVING).order_by()
    counts = Counter(dict(rows.values_list("award__bid__agency").annotate(Count("pk"))))
    keys = agencies().order_by().values_list("pk", flat=True)
    return {key: counts[key] for key in keys}
