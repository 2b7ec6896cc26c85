"""How the public lists can be sorted; the first order of each is the one nobody asks for."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from marketplace.kernel.models import end_of
from marketplace.models.deadlines import AdmissionDeadline
from marketplace.web.components import Order
from marketplace.web.keys import InTurn

DEADLINE, AWARDS, RATING, NEWEST = "deadline", "awards", "rating", "newest"


def tender_orders() -> list[Order]:
    """Return the orders of the order list: the open ones first, or by one value alone."""
    return [
        Order(DEADLINE, _("按截止时间"), ("-published_at", "-pk")),
        Order(NEWEST, _("最新发布"), ("-published_at", "-pk")),
        Order("ceiling", _("限价高低"), (F("ceiling").desc(nulls_last=True), "-pk")),
    ]


def tenders_in_turn(
    tenders: QuerySet[Tender], order: Order, at: datetime, kept_as: tuple[Hashable, ...] = ()
) -> InTurn[Tender]:
    """
    Return orders as their list shows them.

    By deadline those that take sign-ups at `at` come first, the next deadline at the top, and then
    all others, newest first: each part by an index of its own.
    """
    if order.name != DEADLINE:
        return InTurn(tenders.order_by(*order.by), kept_as=kept_as)
    is_active = Q(status=Tender.Status.ACTIVE)
    is_open = is_active & Q(sign_up__ends_at__gt=at)
    is_closed = ~is_active | Q(sign_up__ends_at__lte=at)
    return InTurn(
        tenders.filter(is_open).order_by(F("sign_up__ends_at"), *order.by),
        tenders.filter(is_closed).order_by(*order.by),
        whole=tenders,
        kept_as=kept_as,
    )


def award_orders() -> list[Order]:
    """Return the orders of the list of awards."""
    return [
        Order(NEWEST, _("最新公示"), ("-published_at", "-pk")),
        Order("amount", _("金额高低"), ("-amount", "-pk")),
    ]


def agency_orders() -> list[Order]:
    """Return the orders of the list of agencies; what they go by is not in one table."""
    return [
        Order(AWARDS, _("中选多的在前"), ()),
        Order(RATING, _("评价高的在前"), ()),
        Order(NEWEST, _("最近入驻"), ()),
    ]


def item_orders() -> list[Order]:
    """Return the orders of the catalogue; only the first one keeps its classes together."""
    return [
        Order("class", _("按服务类别和事项编码"), ("service_class__position", "code", "pk")),
        Order("open", _("正在报名多的在前"), ("-open_count", "code", "pk")),
    ]


def own_tender_orders() -> list[Order]:
    """Return the orders of a buyer's own list; drafts have no deadline and come last by it."""
    return [
        Order(NEWEST, _("最近建立的在前"), ("-pk",)),
        Order(
            DEADLINE, _("报名截止晚的在前"), (F("sign_up__ends_at").desc(nulls_last=True), "-pk")
        ),
        Order("ceiling", _("限价高低"), (F("ceiling").desc(nulls_last=True), "-pk")),
    ]


def match_orders() -> list[Order]:
    """Return the orders of what an agency can sign up for."""
    return [
        Order(DEADLINE, _("先截止的在前"), (F("sign_up__ends_at").asc(), "pk")),
        *tender_orders()[1:],
    ]


def own_bid_orders() -> list[Order]:
    """Return the orders of an agency's own sign-ups."""
    return [
        Order(NEWEST, _("最近报名的在前"), ("-submitted_at", "-pk")),
        Order("oldest", _("最早报名的在前"), ("submitted_at", "pk")),
    ]


def publicity_orders() -> list[Order]:
    """Return the orders of the agencies that may be objected to."""
    end = end_of(AdmissionDeadline.PUBLICITY)
    return [
        Order("ending", _("先期满的在前"), (end.asc(), "pk")),
        Order("latest", _("最近开始公示的在前"), (end.desc(), "-pk")),
    ]
