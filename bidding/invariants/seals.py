"""What holds of what is sealed: keys, shares, promises, and the list fixed at the closing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bidding.actions.sealing import frozen_hash
from bidding.actions.shares import SEALED, missing_keys
from bidding.guards.openings import SCHEDULE
from bidding.guards.seals import key_is_vouched, list_is_as_frozen, seal_is_as_published
from bidding.models import BidList, OpenedOffer, OrderKey, SealReveal, Selection, ShareGiven, Tender
from marketplace.kernel.invariants import Rows, invariant


@invariant(_("公布的密封公钥是平台给这项采购签发的"))
def order_key_is_vouched(_due: datetime) -> Iterator[Tender]:
    for tender in Tender.objects.public().order_by("pk").iterator():
        if not key_is_vouched(tender).holds:
            yield tender


@invariant(_("没有开启的采购，抽取承诺与公告、操作记录一致"))
def promise_is_as_published(_due: datetime) -> Iterator[Tender]:
    for tender in Tender.objects.filter(status__in=SEALED).order_by("pk"):
        if not seal_is_as_published(tender).holds:
            yield tender


@invariant(_("每把密封公钥的份数够开启"))
def key_has_enough_shares(_due: datetime) -> Rows:
    rows = OrderKey.objects.alias(count=Count("shares"))
    return rows.filter(count__lt=F("threshold")).order_by("pk")


@invariant(_("没有开启的采购，保管方的密钥都在"))
def share_can_be_unwrapped(_due: datetime) -> Rows:
    return (str(key) for key in missing_keys())


@invariant(_("由工作人员开启的采购，份数够了才开启，并由不同单位的不同人员交出"))
def shares_were_given_by_enough(_due: datetime) -> Iterator[Selection]:
    opened = Selection.objects.filter(tender__order_key__is_by_officers=True).order_by("pk")
    for selection in opened.select_related("tender__order_key"):
        key = selection.tender.order_key
        given = ShareGiven.objects.filter(share__order_key=key, round=selection.round)
        told = given.aggregate(
            shares=Count("share", distinct=True),
            people=Count("given_by", distinct=True),
            offices=Count("office", distinct=True),
        )
        own = key.shares.filter(holder=SCHEDULE).exists()
        if min(told.values()) + own < key.threshold or len(set(told.values())) > 1:
            yield selection


@invariant(_("开启以前没有公开任何报价和种子"))
def nothing_is_open_before_its_opening(_due: datetime) -> Iterator[OpenedOffer | SealReveal]:
    yield from OpenedOffer.objects.filter(offer__bid__tender__evaluated_at__isnull=True).order_by(
        "pk"
    )
    selected = Selection.objects.filter(
        tender=OuterRef("seal__tender"), round=OuterRef("seal__round")
    )
    yield from SealReveal.objects.filter(~Exists(selected)).order_by("pk")


@invariant(_("截止时固定的密封名单与密封的报价一致"))
def frozen_list_is_of_the_bids(_due: datetime) -> Iterator[Tender | BidList]:
    rows = BidList.objects.filter(round=F("tender__selection_round")).order_by("pk")
    for frozen in rows.select_related("tender"):
        is_told = list_is_as_frozen(frozen.tender, frozen).holds
        if not is_told or frozen.sha256 != frozen_hash(frozen.tender):
            yield frozen
    has_list = BidList.objects.filter(tender=OuterRef("pk"), round=OuterRef("selection_round"))
    closed = Tender.objects.filter(Q(closed_at__isnull=False))
    yield from closed.filter(~Exists(has_list)).order_by("pk")


INVARIANTS = (
    order_key_is_vouched,
    promise_is_as_published,
    key_has_enough_shares,
    share_can_be_unwrapped,
    shares_were_given_by_enough,
    nothing_is_open_before_its_opening,
    frozen_list_is_of_the_bids,
)
