"""The agencies as readers find them: the register, those in publicity, and the page of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from bidding.forms.sorts import NEWEST, RATING
from bidding.guards.agencies import qualified
from bidding.models import Award, Evaluation, Tender
from bidding.pages.inspections import results_of
from bidding.statistics import CRITERIA, awards_by_agency, ratings_of, stars_by_agency
from credit.measures import openly_barred, unrestricted
from credit.preference import preferred_first
from credit.records import public_record_of
from credit.standing import Standing, public_standings, public_standings_of
from marketplace.filed import certificates_of, professionals_of
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of, end_of_day
from marketplace.kernel.known import asked_once
from marketplace.kernel.models.ends import ends_of
from marketplace.kernel.statements import statement
from marketplace.models import (
    Organization,
    PastPerformance,
    Practitioner,
    Qualification,
    ServiceItem,
)
from marketplace.models.deadlines import AdmissionDeadline
from marketplace.named import Named, named
from marketplace.registered import former_names
from marketplace.requirements import classes_of
from marketplace.web.components import FUTURE, NOW, Step

RECENT = 20


def agencies() -> QuerySet[Organization]:
    """Return the agencies on the register: also who was removed, and wears that in the list."""
    return Organization.objects.active_agencies()


def keys_in_order(found: QuerySet[Organization], order: str) -> list[int]:
    """
    Return the keys of some agencies in one of the orders of their list.

    Figures that no column holds are asked once for all of them, in groups.
    """
    if order == NEWEST:
        newest = F("agency__activated_at").desc(nulls_last=True)
        return list(found.order_by(newest, "pk").values_list("pk", flat=True))
    keys = list(found.order_by("pk").values_list("pk", flat=True))
    won = known.once("awards by agency", read=awards_by_agency)
    if order == RATING:
        stars = known.once("stars by agency", read=stars_by_agency)
        return sorted(keys, key=lambda key: (-stars.get(key, -1), -won[key]))
    return sorted(keys, key=lambda key: -won[key])


def public_agencies() -> QuerySet[Organization]:
    """Return the agencies whose record is public: in publicity, active, or once active."""
    return Organization.objects.public_agencies().select_related("division__parent", "agency")


@dataclass(frozen=True)
class PublicityRow:
    """An agency that may still be objected to: until when, and the classes that it names."""

    agency: Named
    classes: Sequence[str]
    ends_at: datetime | None
    is_provisional: bool


def publicity_rows(keys: Sequence[int], at: datetime) -> list[PublicityRow]:
    """Return the agencies in publicity with these keys, as they stand; three statements."""
    classes, ends = _classes_of(keys, at), ends_of(keys)
    kinds = (AdmissionDeadline.CHECK, AdmissionDeadline.PUBLICITY)
    return [
        PublicityRow(
            *(agency, classes[key], ends.of(AdmissionDeadline.PUBLICITY, key)),
            is_provisional=ends.is_provisional(key, *kinds),
        )
        for key, agency in named(keys).items()
    ]


def _classes_of(keys: Sequence[int], at: datetime) -> dict[int, list[str]]:
    """Return the names of the classes of the agencies' valid qualifications, by agency."""
    classes: dict[int, list[str]] = defaultdict(list)
    for agency, name in _classes(keys=keys, day=day_of(at)):
        classes[agency].append(name)
    return classes


@statement
def _classes(*, keys: Sequence[int], day: date) -> QuerySet[Qualification, Any]:
    valid = Qualification.objects.valid_on(day).filter(agency__in=keys)
    return valid.values_list("agency", "service_class__name")


def qualified_agencies(tender: Tender, at: datetime) -> QuerySet[Organization]:
    """Return the agencies on the register that have what the item of an order requires."""
    return agencies_for(tender.item, at)


@asked_once
def agencies_for(item: ServiceItem, at: datetime) -> QuerySet[Organization]:
    """Return the agencies on the register that have what an item requires."""
    active = Organization.objects.active_agencies().exclude(agency__business_until__lt=day_of(at))
    asked = active
    if classes := classes_of(item.requires):
        # Nobody without anything in any of the classes, here or at a head office, need be asked.
        near = Qualification.objects.valid_on(day_of(at)).filter(service_class__code__in=classes)
        holders = near.values("agency__organization")
        asked = active.filter(Q(pk__in=holders) | Q(head_office__in=holders))
    return active.filter(pk__in=qualified(asked.values_list("pk", flat=True), item, at))


def eligible_agencies(tender: Tender, at: datetime) -> QuerySet[Organization]:
    """Return the qualified agencies that no restriction keeps from being named."""
    return unrestricted(qualified_agencies(tender, at), at, tender.item.service_class)


def offered_agencies(tender: Tender, at: datetime) -> list[Organization]:
    """Return the same for a buyer to choose from: a good record goes first, then the name."""
    found = {one.pk: one for one in eligible_agencies(tender, at).order_by("name", "pk")}
    return [found[key] for key in preferred_first(found, at)]


@dataclass(frozen=True)
class AgencyRow:
    """One agency of the list: how it stands now, how many awards it won, its mean rating."""

    agency: Named
    classes: Sequence[str]
    standing: Standing
    award_count: int
    mean: float | None


def agency_rows(keys: Sequence[int], at: datetime) -> list[AgencyRow]:
    """Return the agencies with these keys, as they stand, with what a page shows of each."""
    classes, standings = _classes_of(keys, at), public_standings(keys, at)
    won, stars = awards_by_agency(keys), stars_by_agency(keys)
    return [
        AgencyRow(agency, classes[key], standings[key], won[key], stars.get(key))
        for key, agency in named(keys).items()
    ]


def agency_page(agency: Organization, at: datetime) -> dict[str, Any]:
    """Return what the page of one agency shows."""
    won = Award.objects.won().for_lists().filter(bid__agency=agency)
    ratings, today = ratings_of(agency), day_of(at)
    standing = public_standings_of([agency], at)[agency.pk]
    qualifications = certificates_of(agency.agency)
    return {
        "coming": _coming(standing, qualifications, today),
        "standing": standing,
        "state_words": _state_words(agency, standing),
        "qualifications": [
            (row, row.valid_until is not None and row.valid_until < today) for row in qualifications
        ],
        "practitioners": _practitioners(agency, at),
        "former_names": former_names(agency.agency),
        "awards": won[:RECENT],
        "award_count": won.count(),
        "performances": PastPerformance.objects.shown(agency.pk)[:RECENT],
        "ratings": ratings,
        "rating_rows": [
            (field.verbose_name, ratings.means[field.name])
            for field in Evaluation._meta.fields
            if field.name in CRITERIA
        ],
        "comments": _comments_on(agency)[:RECENT],
        "inspections": results_of(agency),
        "entries": public_record_of(agency, at)[:RECENT],
        "restrictions": agency.restrictions.on_organizations()
        .shown(at)
        .select_related("case")[:RECENT],
    }


def _coming(standing: Standing, held: Sequence[Qualification], today: date) -> list[Step]:
    """Return what ends next of an agency's own: each restriction, and the certificate due first."""
    ends = [row.valid_until for row in held if row.valid_until and row.valid_until >= today]
    restrictions = [
        Step(one.get_kind_display(), NOW, one.effective_to, _("至"))
        for one in standing.restrictions
        if one.effective_to
    ]
    due = [Step(_("最早到期的资质"), FUTURE, end_of_day(end), _("至")) for end in sorted(ends)[:1]]
    return [*restrictions, *due]


def _practitioners(agency: Organization, at: datetime) -> list[tuple[Practitioner, bool]]:
    """Return the professionals of an agency, and whether everybody may know that one is barred."""
    people = professionals_of(agency.agency)
    barred = openly_barred([one.certificate_number for one in people], at)
    return [(one, one.certificate_number in barred) for one in people]


def _state_words(agency: Organization, standing: Standing) -> list[str]:
    """
    Return what the head of a page says of an agency: what keeps it from working goes first.

    Whom a measure keeps out of every class is not called 全省有效 beside it.
    """
    blocking = [one for one in standing.restrictions if one.is_blocking]
    measures = [one.get_kind_display() for one in blocking]
    if any(one.service_class_id is None for one in blocking):
        return measures
    admitted = agency.agency
    own = admitted.get_status_display() if admitted.is_listed else _("已退出")
    return [*measures, own]


def _comments_on(agency: Organization) -> QuerySet[Evaluation]:
    """Return the buyers' ratings that say something, with their orders, the newest first."""
    return (
        Evaluation.objects.current()
        .filter(side=Evaluation.Side.BUYER, contract__award__bid__agency=agency)
        .exclude(comment="")
        .select_related("contract__award__tender__buyer")
        .order_by("-rated_at", "-pk")
    )
