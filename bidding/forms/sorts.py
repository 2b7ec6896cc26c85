"""How the public lists can be sorted; the first order of each is the one nobody asks for."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, F, When
from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from marketplace.kernel.models import end_of
from marketplace.models.deadlines import AdmissionDeadline
from marketplace.web.components import Order


def tender_orders(at: datetime) -> list[Order]:
    """Return the orders of the order list: the open ones first at `at`, or by one value alone."""
    open_until = Case(
        When(status=Tender.Status.ACTIVE, sign_up__ends_at__gt=at, then=F("sign_up__ends_at"))
    ).asc(nulls_last=True)
    return [
        Order("deadline", _("按截止时间"), (open_until, "-published_at", "-pk")),
        Order("newest", _("最新发布"), ("-published_at", "-pk")),
        Order("ceiling", _("限价高低"), (F("ceiling").desc(nulls_last=True), "-pk")),
    ]


def award_orders() -> list[Order]:
    """Return the orders of the list of awards."""
    return [
        Order("newest", _("最新公示"), ("-published_at", "-pk")),
        Order("amount", _("金额高低"), ("-amount", "-pk")),
    ]


def agency_orders() -> list[Order]:
    """Return the orders of the list of agencies."""
    return [
        Order("awards", _("中选多的在前"), ("-award_count", "pk")),
        Order("rating", _("评价高的在前"), (F("mean").desc(nulls_last=True), "-award_count", "pk")),
        Order("newest", _("最近入驻"), (F("agency__activated_at").desc(nulls_last=True), "pk")),
    ]


def item_orders() -> list[Order]:
    """Return the orders of the catalogue; only the first one keeps its classes together."""
    return [
        Order("class", _("按服务类别和事项编码"), ("service_class__position", "code", "pk")),
        Order("open", _("正在报名多的在前"), ("-open_count", "code", "pk")),
    ]


def publicity_orders() -> list[Order]:
    """Return the orders of the agencies that may be objected to."""
    end = end_of(AdmissionDeadline.PUBLICITY)
    return [
        Order("ending", _("先期满的在前"), (end.asc(), "pk")),
        Order("latest", _("最近开始公示的在前"), (end.desc(), "-pk")),
    ]
