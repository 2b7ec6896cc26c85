"""What the pages show of orders, as plain values; a fixed number of queries each."""

from __future__ import annotations

import json
import operator
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from django.db.models import (
    Avg,
    Count,
    Exists,
    F,
    FloatField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from bidding.models import (
    Award,
    Bid,
    Contract,
    ContractUpload,
    Deliverable,
    Evaluation,
    Offer,
    Selection,
    Tender,
)
from bidding.models.tender import TenderQuerySet
from bidding.selection.methods import method_of
from credit.models import Restriction
from credit.standing import Standing, not_removed, public_record_of, public_standings_of
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import AuditEntry, end_of
from marketplace.models import (
    ApprovalDeliverable,
    Document,
    Membership,
    Organization,
    Qualification,
    ServiceItem,
)
from marketplace.models.deadlines import AdmissionDeadline
from marketplace.parties import Party

RECENT = 20


def public_tenders() -> TenderQuerySet:
    """Return the published orders with what a list row and its stage need, in one query."""
    rows = Tender.objects.public().prefetch_related("deadlines")
    return rows.joined_with("buyer", "item__service_class", "division__parent", "award__contract")


def standing_bids(tender: Tender) -> QuerySet[Bid]:
    """
    Return the bids of an opened order with the amount that counted, in its method's order.

    Before the opening the answer is empty, whoever asks; so it stays for an order that failed
    without being opened.
    """
    latest = Offer.objects.filter(bid=OuterRef("pk")).order_by("-version")
    opened = tender.bids.filter(tender__evaluated_at__isnull=False)
    return (
        _with_decisions(opened)
        .exclude(status=Bid.Status.WITHDRAWN)
        .select_related("agency")
        .annotate(
            amount=Subquery(latest.values("amount")[:1]),
            offered_at=Subquery(latest.values("offered_at")[:1]),
        )
        .order_by(*method_of(tender).bid_order)
    )


def _with_decisions(bids: QuerySet[Bid]) -> QuerySet[Bid]:
    """Add of the decision that ended a bid whether its number is secret, and when it fell."""
    behind = Restriction.objects.filter(case__decision_number=OuterRef("end_reference"))
    return bids.annotate(
        is_end_secret=Exists(behind.filter(is_public=False)),
        end_revoked_at=Subquery(behind.values("lifted_at")[:1]),
    )


def public_log(tender: Tender) -> QuerySet[AuditEntry]:
    """Return the public acts on an order, oldest first; nothing about a bid is among them."""
    return AuditEntry.objects.filter(
        target_type=Tender._meta.label_lower,
        target_id=str(tender.pk),
        verb__in=PUBLIC_VERBS,
        is_sealed=False,
    ).order_by("pk")


def rerun_of(tender: Tender) -> Tender | None:
    """Return the published next round of an order, or None."""
    return Tender.objects.public().filter(previous=tender).first()


PUBLIC_VERBS = (
    "tender.reviewed",
    "tender.approved",
    "tender.published",
    "tender.closed",
    "tender.evaluated",
    "tender.failed",
    "tender.registered",
    "tender.cancelled",
)


def public_awards() -> QuerySet[Award]:
    """Return all awards with order, winner and contract, the newest first."""
    rows = Award.objects.select_related(
        "tender__buyer", "tender__division__parent", "tender__item", "bid__agency", "contract"
    ).order_by("-published_at", "-pk")
    return rows.prefetch_related("tender__deadlines", "deadlines", "contract__deadlines")


def award_counts() -> dict[str, int]:
    """Return how many awards there are of each kind; together they are all."""
    return Award.objects.aggregate(
        won=Count("pk", filter=Q(pk__in=Award.objects.won())),
        pending=Count("pk", filter=Q(status=Award.Status.PENDING)),
        cancelled=Count("pk", filter=Q(status=Award.Status.CANCELLED)),
    )


def catalogue_items() -> QuerySet[ServiceItem]:
    """Return the published items with their class and how many orders are open for each."""
    return (
        ServiceItem.objects.published()
        .select_related("service_class")
        .annotate(open_count=Count("tenders", filter=Q(tenders__status=Tender.Status.ACTIVE)))
        .order_by("service_class__position", "code")
    )


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
    won = Q(bids__award__status__in=[Award.Status.ACTIVE, Award.Status.COMPLETE])
    return (
        not_removed(Organization.objects.active_agencies(), at)
        .select_related("division__parent", "agency")
        .prefetch_related(
            Prefetch("agency__qualifications", queryset=_valid_on(at), to_attr="valid")
        )
        .annotate(award_count=Count("bids", filter=won, distinct=True), mean=Subquery(means))
        .order_by("-award_count", "pk")
    )


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


CRITERIA = ("quality", "attitude", "timeliness", "charges", "conduct")


def mean_stars() -> Combinable:
    """Return the mean over all ratings and all criteria, each with the same weight."""
    criteria: list[Combinable] = [F(criterion) for criterion in CRITERIA]
    total = reduce(operator.add, criteria)
    return Avg(total, output_field=FloatField()) / float(len(CRITERIA))


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
    silent = Contract.objects.filter(
        award__bid__agency=agency,
        status__in=[Contract.Status.RATED, Contract.Status.ARCHIVED],
        is_rated_by_buyer=False,
    ).count()
    return Ratings(means.pop("count"), silent, means.pop("overall"), means)


def evidence_of(selection: Selection) -> dict[str, Any]:
    """Return the parsed evidence of a selection."""
    evidence: dict[str, Any] = json.loads(selection.evidence)
    return evidence


def draft_items() -> QuerySet[ServiceItem]:
    """Return the items that are not published and what each of them lacks."""
    return ServiceItem.objects.filter(status=ServiceItem.Status.DRAFT).order_by("code")


def open_tenders_of(item: ServiceItem) -> QuerySet[Tender]:
    """Return the orders for any version of `item` that take sign-ups, the next deadline first."""
    return public_tenders().filter(item__code=item.code, status=Tender.Status.ACTIVE).by_closing()


def prices_of(item: ServiceItem) -> dict[str, Any]:
    """Return how many awards there were for `item`, with least, mean and greatest amount."""
    return (
        Award.objects.won()
        .filter(tender__item__code=item.code)
        .aggregate(count=Count("pk"), least=Min("amount"), mean=Avg("amount"), most=Max("amount"))
    )


def versions_of(item: ServiceItem) -> QuerySet[ServiceItem]:
    """Return the older versions of `item`, the latest first."""
    return ServiceItem.objects.filter(code=item.code, version__lt=item.version).exclude(
        status=ServiceItem.Status.DRAFT
    )


def approvals_of(item: ServiceItem) -> QuerySet[ApprovalDeliverable]:
    """Return the approvals that ask for the result of `item`, by the words of its class."""
    return ApprovalDeliverable.objects.filter(deliverable=item.deliverable).order_by("pk")


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
    won = public_awards().filter(
        bid__agency=agency, status__in=[Award.Status.ACTIVE, Award.Status.COMPLETE]
    )
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


# --- workbenches ----------------------------------------------------------------------------------
def tenders_of_buyer(party: Party) -> QuerySet[Tender]:
    """Return the orders of a buyer, the newest first; its agents see their own only."""
    tenders = Tender.objects.filter(buyer=party.organization)
    if not party.has_role(Membership.Role.BUYER_MANAGER):
        tenders = tenders.filter(created_by=party.user)
    relations = ("item__service_class", "division__parent", "award__contract")
    return tenders.select_related(*relations).prefetch_related("deadlines").order_by("-pk")


def tender_by_slug(slug: str) -> Tender | None:
    """Return one order with what its workbench pages show, or None."""
    return (
        Tender.objects.filter(slug=slug)
        .select_related(
            *("buyer", "item__service_class", "division__parent", "rulebook", "seal"),
            *("award__contract", "award__bid__agency", "named_agency", "previous", "selection"),
            *("created_by", "reviewed_by", "published_by", "registered_by"),
        )
        .first()
    )


def tender_by_title(title: str) -> Tender | None:
    """Return the latest order of exactly this title with its award and contract, or None."""
    tenders = Tender.objects.filter(title=title)
    return tenders.joined_with("award__contract").order_by("-pk").first()


def eligible_agencies(tender: Tender, at: datetime) -> QuerySet[Organization]:
    """Return the agencies on the register that hold a valid qualification of the item's class."""
    valid = Qualification.objects.valid_on(day_of(at)).filter(
        service_class=tender.item.service_class
    )
    return not_removed(Organization.objects.active_agencies(), at).filter(
        pk__in=valid.values("agency__organization")
    )


def matching_tenders(agency: Organization, at: datetime) -> QuerySet[Tender]:
    """Return the open orders of the classes that `agency` is qualified for, by deadline."""
    classes = Qualification.objects.valid_on(day_of(at)).filter(agency__organization=agency)
    return (
        public_tenders()
        .open_at(at)
        .answerable_by(agency)
        .filter(item__service_class__in=classes.values("service_class"))
        .by_closing()
    )


def _followed() -> QuerySet[Tender]:
    """Return orders with what says where each stands and what comes next."""
    rows = Tender.objects.joined_with("division__parent", "award__contract", "selection")
    return rows.with_deadlines()


def bids_of_agency(agency: Organization) -> QuerySet[Bid]:
    """Return the bids of `agency` itself with its last amount, the newest first."""
    latest = Offer.objects.filter(bid=OuterRef("pk")).order_by("-version")
    return (
        Bid.objects.filter(agency=agency)
        .select_related("agency")
        .prefetch_related(Prefetch("tender", queryset=_followed()))
        .annotate(amount=Subquery(latest.values("amount")[:1]))
        .order_by("-submitted_at", "-pk")
    )


def own_bid(tender: Tender, agency: Organization) -> Bid | None:
    """Return the bid of `agency` for `tender`, or None."""
    return (
        _with_decisions(tender.bids.filter(agency=agency))
        .select_related("agency")
        .prefetch_related("offers")
        .first()
    )


QUEUES: dict[str, Q] = {
    "review": Q(status=Tender.Status.SUBMITTED),
    "publish": Q(status=Tender.Status.REVIEWED),
    "register": Q(status=Tender.Status.EVALUATED),
    "open": Q(status__in=[Tender.Status.ACTIVE, Tender.Status.CLOSED]),
}


def _operated(party: Party) -> TenderQuerySet:
    return Tender.objects.within(party.organization.division)


def queue_of(party: Party, name: str) -> QuerySet[Tender]:
    """
    Return the orders of one queue in the officer's area, the longest waiting first.

    Unknown names give all that waits.
    """
    waiting = QUEUES["review"] | QUEUES["publish"] | QUEUES["register"]
    return (
        _operated(party)
        .filter(QUEUES.get(name, waiting))
        .joined_with("buyer", "item__service_class", "division__parent", "award__contract")
        .prefetch_related("deadlines")
        .order_by(Coalesce("evaluated_at", "reviewed_at", "submitted_at"), "pk")
    )


def queue_counts(party: Party) -> dict[str, int]:
    """Return how many orders wait in each queue of the officer's area, in one query."""
    return _operated(party).aggregate(
        **{name: Count("pk", filter=condition) for name, condition in QUEUES.items()}
    )


def awards_of_party(party: Party) -> QuerySet[Award]:
    """Return the awards in which the reader's unit is a side, the newest first."""
    unit = party.organization
    awards = public_awards().filter(Q(bid__agency=unit) | Q(tender__buyer=unit))
    if party.has_role(Membership.Role.BUYER_AGENT) and not party.has_role(
        Membership.Role.BUYER_MANAGER
    ):
        awards = awards.filter(tender__created_by=party.user)
    return awards


def with_open_texts(awards: QuerySet[Award]) -> QuerySet[Award]:
    """Add to each contract, as `open_texts`, the text that waits for the other side's answer."""
    unanswered = ContractUpload.objects.unanswered()
    return awards.prefetch_related(
        Prefetch("contract__uploads", queryset=unanswered, to_attr="open_texts")
    )


def award_by_tender_slug(slug: str) -> Award | None:
    """Return one award with both sides and its contract, or None."""
    return public_awards().select_related("tender__rulebook").filter(tender__slug=slug).first()


def last_deliverable(contract: Contract) -> Deliverable | None:
    """Return what was delivered last, or None."""
    return contract.deliverables.order_by("-pk").first()


def own_rating(contract: Contract, side: str) -> Evaluation | None:
    """Return what a side has rated so far, its latest version, or None."""
    return contract.evaluations.current().filter(side=side).first()


def document_of(contract: Contract, slug: str) -> Document | None:
    """Return the document `slug` if it belongs to `contract`, or None."""
    uploads = contract.uploads.values("document")
    deliverables = contract.deliverables.values("document")
    return (
        Document.objects.filter(slug=slug)
        .filter(Q(pk__in=uploads) | Q(pk__in=deliverables))
        .first()
    )
