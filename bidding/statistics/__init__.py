"""The figures of bidding: results by kind, prices, and what buyers think of an agency."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from django.db.models import Avg, Count, F, FloatField
from django.db.models.expressions import Combinable

from bidding.models import Award, Contract, Evaluation
from bidding.models.award import WON
from marketplace.models import Organization

CRITERIA = ("quality", "attitude", "timeliness", "charges", "conduct")


def award_counts() -> dict[str, int]:
    """Return how many awards there are of each kind; together they are all."""
    by_status = Award.objects.order_by().values_list("status").annotate(count=Count("*"))
    found = Counter(dict(by_status))  # which an index can tell alone
    return {
        "won": sum(found[status] for status in WON),
        "pending": found[Award.Status.PENDING],
        "cancelled": found[Award.Status.CANCELLED],
    }


def mean_stars() -> Combinable:
    """Return the mean over all ratings and all criteria, each with the same weight."""
    criteria: list[Combinable] = [F(criterion) for criterion in CRITERIA]
    total = reduce(operator.add, criteria)
    return Avg(total, output_field=FloatField()) / float(len(CRITERIA))


def awards_by_agency(agencies: Iterable[int] | None = None) -> Counter[int]:
    """Return how many awards each agency won, by primary key; of all unless some are given."""
    won = Award.objects.won().order_by()
    if agencies is not None:
        won = won.filter(bid__agency__in=agencies)
    return Counter(dict(won.values_list("bid__agency").annotate(count=Count("pk"))))


def stars_by_agency(agencies: Iterable[int] | None = None) -> dict[int, float]:
    """Return the mean rating of each agency that has one, by primary key; of all unless given."""
    rated = Evaluation.objects.current().filter(side=Evaluation.Side.BUYER).order_by()
    if agencies is not None:
        rated = rated.filter(contract__award__bid__agency__in=agencies)
    return dict(rated.values_list("contract__award__bid__agency").annotate(mean=mean_stars()))


@dataclass(frozen=True)
class Ratings:
    """
    The buyers' ratings of one agency.

    How many, how many kept silent, the mean stars over all criteria and those of each.
    """

    count: int
    not_rated_count: int
    overall: float | None
    means: dict[str, float | None]


def ratings_of(agency: Organization) -> Ratings:
    """Return what buyers said of `agency`; silence counts as not rated, never as five stars."""
    current = Evaluation.objects.current().filter(
        side=Evaluation.Side.BUYER, contract__award__bid__agency=agency
    )
    means = current.aggregate(
        count=Count("pk"),
        overall=mean_stars(),
        **{criterion: Avg(criterion) for criterion in CRITERIA},
    )
    silent = Contract.objects.not_rated().filter(award__bid__agency=agency).count()
    return Ratings(means.pop("count"), silent, means.pop("overall"), means)
