"""What holds of bids: none lost, none late, each with its trail and its receipt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from bidding.actions.sealing import digest
from bidding.models import Bid, Offer
from bidding.models.deadlines import OrderDeadline
from bidding.selection.methods import METHODS
from credit.measures import is_restricted
from credit.models import Restriction
from marketplace.kernel.invariants import Rows, invariant
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.models.deadlines import end_of
from marketplace.models import Message

AT_ONCE = 2000
SUBMITTED = "bid.submitted"


@invariant(_("每份报名都有密封的报价"))
def bid_has_an_offer(_due: datetime) -> Rows:
    return Bid.objects.filter(~Exists(Offer.objects.filter(bid=OuterRef("pk"))))


@invariant(_("一份报名的报价从第 1 次起连续编号，一次不早于一次"))
def offers_follow_each_other(_due: datetime) -> Rows:
    before = Offer.objects.filter(
        bid=OuterRef("bid"),
        version=OuterRef("version") - 1,
        offered_at__lte=OuterRef("offered_at"),
    )
    return Offer.objects.exclude(version=1).filter(~Exists(before)).order_by("pk")


@invariant(_("报价在公告发布以后、报名截止以前到达"))
def offer_came_in_time(_due: datetime) -> Rows:
    ends_at = end_of(OrderDeadline.SIGN_UP, "bid__tender")
    in_time = Q(offered_at__gte=F("bid__tender__published_at"), offered_at__lt=F("ends_at"))
    return Offer.objects.alias(ends_at=ends_at).exclude(in_time).order_by("pk")


@invariant(_("密封的报价与回执所列的摘要一致"))
def envelope_is_what_the_receipt_names(_due: datetime) -> Iterator[Offer]:
    for offer in Offer.objects.order_by("pk").only("envelope", "sealed").iterator(AT_ONCE):
        if digest(bytes(offer.envelope)) != offer.sealed:
            yield offer


@invariant(_("操作记录中提交了几次，就有几次报价，一次不少"))
def no_offer_is_lost(_due: datetime) -> Iterator[Bid | AuditEntry]:
    told = AuditEntry.objects.filter(
        target_type=Bid._meta.label_lower,
        target_id=Cast(OuterRef("pk"), CharField()),
        verb=SUBMITTED,
    )
    counted = told.order_by().values("target_id").annotate(count=Count("*")).values("count")
    recorded = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    yield from (
        Bid.objects.annotate(stored=Count("offers"), recorded=recorded)
        .exclude(stored=F("recorded"))
        .order_by("pk")
    )
    bids = Bid.objects.annotate(key=Cast("pk", CharField())).filter(key=OuterRef("target_id"))
    submitted = AuditEntry.objects.filter(target_type=Bid._meta.label_lower, verb=SUBMITTED)
    yield from submitted.filter(~Exists(bids)).order_by("pk")


@invariant(_("机构有人员的，每次报价都有告知到达的站内消息"))
def offer_was_acknowledged(_due: datetime) -> Rows:
    receipts = {method.receipt for method in METHODS.values()}
    told = Message.objects.filter(
        organization=OuterRef("bid__agency"),
        kind__in=receipts,
        created_at=OuterRef("offered_at"),
    )
    has_people = Q(bid__agency__memberships__is_active=True)
    return Offer.objects.filter(has_people, ~Exists(told)).distinct().order_by("pk")


@invariant(_("受到限制的机构没有还算数的报价；限制以前就应开启的除外"))
def restricted_agency_has_no_standing_bid(due: datetime) -> Iterator[Bid]:
    blocking = Restriction.objects.blocking().in_force(due)
    opens_at = end_of(OrderDeadline.OPENING, "tender")
    rows = Bid.objects.undecided().alias(opens_at=opens_at).order_by("pk")
    for one in blocking.order_by("pk"):
        hit = rows.filter(agency=one.organization_id, opens_at__gt=one.effective_from)
        for bid in hit.select_related("tender__item__service_class", "agency"):
            if is_restricted(bid.agency, due, bid.tender.item.service_class):
                yield bid


@invariant(_("因限制终止的报价有作出限制的决定"))
def ended_bid_has_its_decision(_due: datetime) -> Rows:
    decided = Restriction.objects.blocking().filter(case__decision_number=OuterRef("end_reference"))
    ended = Bid.objects.filter(status=Bid.Status.ENDED)
    return ended.filter(~Exists(decided)).order_by("pk")


@invariant(_("决定所记同时终止的报价数与报名一致"))
def decision_ended_what_it_counts(_due: datetime) -> Rows:
    ended = Bid.objects.filter(
        status=Bid.Status.ENDED,
        end_reference=OuterRef("case__decision_number"),
        agency=OuterRef("organization"),
        ended_at=OuterRef("effective_from"),
    )
    counted = ended.order_by().values("end_reference").annotate(count=Count("*")).values("count")
    found = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    rows = Restriction.objects.blocking().alias(found=found)
    return rows.exclude(found=F("ended_bid_count")).order_by("pk")


INVARIANTS = (
    bid_has_an_offer,
    offers_follow_each_other,
    offer_came_in_time,
    envelope_is_what_the_receipt_names,
    no_offer_is_lost,
    offer_was_acknowledged,
    restricted_agency_has_no_standing_bid,
    ended_bid_has_its_decision,
    decision_ended_what_it_counts,
)
