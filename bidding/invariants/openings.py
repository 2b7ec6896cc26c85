"""What holds of openings: done when they are due, with evidence that anybody finds the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from bidding.guards.bids import may_close_tender, may_evaluate_tender, may_open_hall
from bidding.guards.lots import earlier_lots_are_opened
from bidding.guards.openings import shares_are_given
from bidding.guards.public_values import public_value_is_known
from bidding.models import Offer, SealReveal, Selection, Tender
from bidding.models.bid import ABSENT
from bidding.models.deadlines import OrderDeadline
from bidding.selection import evidence
from bidding.selection.methods import method_of
from marketplace.kernel.invariants import invariant
from marketplace.kernel.models import Deadline
from marketplace.kernel.verdicts import all_hold


def _overdue(due: datetime, *kinds: str) -> Iterator[Tender]:
    rows = Deadline.objects.due(due).filter(kind__in=kinds, acts_at__lte=due)
    keys = rows.values_list("object_id", flat=True)
    yield from Tender.objects.filter(pk__in=list(keys)).order_by("pk")


@invariant(_("报名到期的采购已经截止"))
def sign_up_that_is_over_is_closed(due: datetime) -> Iterator[Tender]:
    for tender in _overdue(due, OrderDeadline.SIGN_UP):
        if all_hold(may_close_tender(tender, due)):
            yield tender


@invariant(_("到了开启时间、不等任何人的采购已经开启"))
def opening_that_waits_for_nobody_is_done(due: datetime) -> Iterator[Tender]:
    for tender in _overdue(due, OrderDeadline.OPENING, OrderDeadline.HALL):
        is_hall = method_of(tender).is_live and tender.status == Tender.Status.CLOSED
        asked = (
            may_open_hall(tender, due)
            if is_hall
            else (
                *may_evaluate_tender(tender, due),
                shares_are_given(tender),
                public_value_is_known(tender),
            )
        )
        if all_hold((*asked, earlier_lots_are_opened(tender))):
            yield tender


@invariant(_("开启了的采购有选取证据，种子也已公开"))
def opened_order_has_its_evidence(_due: datetime) -> Iterator[Tender | Selection]:
    found = Selection.objects.filter(tender=OuterRef("pk"), round=OuterRef("selection_round"))
    opened = Tender.objects.filter(evaluated_at__isnull=False)
    yield from opened.filter(~Exists(found)).order_by("pk")
    revealed = SealReveal.objects.filter(
        seal__tender=OuterRef("tender"), seal__round=OuterRef("round")
    )
    yield from Selection.objects.filter(~Exists(revealed)).order_by("pk")


@invariant(_("选取证据重新计算以后结果相同"))
def evidence_recomputes(_due: datetime) -> Iterator[Selection]:
    for selection in Selection.objects.order_by("pk").select_related("tender").iterator():
        seal = selection.tender.seals.filter(round=selection.round).first()
        findings = evidence.verify(
            selection.content,
            published_digest=selection.sha256,
            published_commitment=seal.commitment if seal else "",
        )
        if findings:
            yield selection


@invariant(_("选取证据所列的报价就是收到的全部报价"))
def evidence_lists_every_bid(_due: datetime) -> Iterator[Selection]:
    rows = Selection.objects.filter(round=F("tender__selection_round")).order_by("pk")
    for selection in rows.select_related("tender").iterator():
        told = {one["agency"]: Decimal(one["amount"]) for one in selection.content["entrants"]}
        if told != _offered(selection.tender):
            yield selection


def _offered(tender: Tender) -> dict[str, Any]:
    """Return the opened amount of each last offer of the round, by agency; None without one."""
    offers = Offer.objects.filter(bid__tender=tender).exclude(bid__status__in=ABSENT)
    in_turn = offers.filter(offered_at__gte=tender.seal.committed_at).order_by("version")
    return dict(in_turn.values_list("bid__agency__slug", "opened__amount"))


INVARIANTS = (
    sign_up_that_is_over_is_closed,
    opening_that_waits_for_nobody_is_done,
    opened_order_has_its_evidence,
    evidence_recomputes,
    evidence_lists_every_bid,
)
