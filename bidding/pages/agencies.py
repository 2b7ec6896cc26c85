"""The agencies as readers find them: the register, those in publicity, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from bidding.models import Award, Evaluation, Tender
from bidding.statistics import CRITERIA, mean_stars, ratings_of
from credit.standing import Standing, not_removed, public_record_of, public_standings_of
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import end_of
from marketplace.models import Organization, Qualification
from marketplace.models.deadlines import AdmissionDeadline

RECENT = 20


def agencies(at: datetime) -> QuerySet[Organization]:
    """
    Return the agencies on the register with their classes, number of awards and mean rating.

    On it are those that are admitted and not removed by a decision.
    """
    means = (
        Evaluation.objects.current()
        .filter(side=Evaluation.Side.BUYER, contract__award__bid__agency=OuterRef("pk"))
        .order_by()
        .values("contract__award__bid__agency")
        .annotate(mean=mean_stars())
        .values("mean")
    )
    won = Q(bids__awards__status__in=[Award.Status.ACTIVE, Award.Status.COMPLETE])
    return (
        not_removed(Organization.objects.active_agencies(), at)
        .select_related("division__parent", "agency")
        .prefetch_related(
            Prefetch("agency__qualifications", queryset=_valid_on(at), to_attr="valid")
        )
        .annotate(
            award_count=Count("bids__awards", filter=won, distinct=True), mean=Subquery(means)
        )
        .order_by("-award_count", "pk")
    )


def public_agencies() -> QuerySet[Organization]:
    """Return the agencies whose record is public: in publicity, active, or once active."""
    return Organization.objects.public_agencies().select_related("division__parent", "agency")


def agencies_in_publicity(at: datetime) -> QuerySet[Organization]:
    """Return the agencies that may still be objected to with their classes, by end of publicity."""
    return (
        Organization.objects.agencies_in_publicity()
        .select_related("division__parent", "agency")
        .prefetch_related(
            Prefetch("agency__qualifications", queryset=_valid_on(at), to_attr="valid"),
            "agency__deadlines",
        )
        .order_by(end_of(AdmissionDeadline.PUBLICITY), "pk")
    )


def eligible_agencies(tender: Tender, at: datetime) -> QuerySet[Organization]:
    """Return the agencies on the register that hold a valid qualification of the item's class."""
    valid = Qualification.objects.valid_on(day_of(at)).filter(
        service_class=tender.item.service_class
    )
    return not_removed(Organization.objects.active_agencies(), at).filter(
        pk__in=valid.values("agency__organization")
    )


def _valid_on(at: datetime) -> QuerySet[Qualification]:
    return Qualification.objects.valid_on(day_of(at)).select_related("service_class")


@dataclass(frozen=True)
class AgencyRow:
    """One agency of the list with its standing now."""

    organization: Organization
    standing: Standing


def with_standing(organizations: Iterable[Organization], at: datetime) -> list[AgencyRow]:
    """Return the agencies of one page, each with its public standing at `at`."""
    found = list(organizations)
    standings = public_standings_of(found, at)
    return [AgencyRow(row, standings[row.pk]) for row in found]


def agency_page(agency: Organization, at: datetime) -> dict[str, Any]:
    """Return what the page of one agency shows."""
    won = Award.objects.won().for_lists().filter(bid__agency=agency)
    ratings = ratings_of(agency)
    return {
        "today": day_of(at),
        "standing": public_standings_of([agency], at)[agency.pk],
        "qualifications": agency.agency.qualifications.select_related("service_class"),
        "practitioners": agency.agency.practitioners.all(),
        "awards": won[:RECENT],
        "award_count": won.count(),
        "ratings": ratings,
        "rating_rows": [
            (field.verbose_name, ratings.means[field.name])
            for field in Evaluation._meta.fields
            if field.name in CRITERIA
        ],
        "comments": _comments_on(agency)[:RECENT],
        "entries": public_record_of(agency)[:RECENT],
        "restrictions": agency.restrictions.public().select_related("case")[:RECENT],
    }


def _comments_on(agency: Organization) -> QuerySet[Evaluation]:
    """Return the buyers' ratings that say something, with their orders, the newest first."""
    return (
        Evaluation.objects.current()
        .filter(side=Evaluation.Side.BUYER, contract__award__bid__agency=agency)
        .exclude(comment="")
        .select_related("contract__award__tender__buyer")
        .order_by("-rated_at", "-pk")
    )
