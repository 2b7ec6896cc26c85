"""What buyer and operator should look at before an order is published: shown, never a refusal."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from bidding.guards.funds import fund_suits_the_unit
from bidding.guards.tenders import may_be_tendered
from bidding.models import Tender, TenderQuerySet
from bidding.rulebook import rules_for
from bidding.rules import MUST_USE_LIMIT, SPLIT_WINDOW, TENDER_LIMIT
from marketplace.kernel.declarations import Rules
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.kernel.wording import in_words


@guard(_("财政资金项目超过 ¥%(limit)s，请确认已按政府采购的规定办理"), rule=MUST_USE_LIMIT.key)
def fiscal_order_is_below_limit(tender: Tender, rules: Rules) -> bool | Because:
    limit = rules.cell(MUST_USE_LIMIT, tender.buyer.division.level)
    if tender.fund != Tender.Fund.FISCAL or tender.ceiling is None or tender.ceiling < limit:
        return True
    return Because(limit=f"{limit:,.2f}")


@guard(
    _("同一项目同一事项的采购合计 ¥%(total)s，超过限额，请确认没有拆分"),
    rule=MUST_USE_LIMIT.key,
)
def order_is_not_split(tender: Tender, rules: Rules) -> bool | Because:
    limit = rules.cell(MUST_USE_LIMIT, tender.buyer.division.level)
    if tender.fund != Tender.Fund.FISCAL or not tender.project_code or tender.ceiling is None:
        return True
    parts = _going_on(tender).filter(project_code=tender.project_code, item__code=tender.item.code)
    other = parts.aggregate(total=Sum("ceiling"))["total"] or 0
    if not other or other + tender.ceiling < limit:
        return True
    return Because(total=f"{other + tender.ceiling:,.2f}")


@guard(
    _("近 %(window)s同一服务类别的财政资金采购合计 ¥%(total)s，超过限额，请确认没有拆分"),
    rule=SPLIT_WINDOW.key,
)
def year_of_class_is_below_limit(tender: Tender, rules: Rules, at: datetime) -> bool | Because:
    """Add up what the owner has published of one class; what came to nothing does not count."""
    limit, service_class = rules.cell(MUST_USE_LIMIT, tender.buyer.division.level), tender.item
    if (
        tender.fund != Tender.Fund.FISCAL
        or not tender.ceiling
        or not service_class.service_class_id
    ):
        return True
    since = rules[SPLIT_WINDOW].before(at, CalendarDay.objects.work_calendar())
    others = _going_on(tender).filter(
        item__service_class=service_class.service_class_id,
        fund=Tender.Fund.FISCAL,
        published_at__gte=since,
    )
    other = others.aggregate(total=Sum("ceiling"))["total"] or 0
    if not other or other + tender.ceiling < limit:
        return True
    total = f"{other + tender.ceiling:,.2f}"
    return Because(window=in_words(rules[SPLIT_WINDOW]), total=total)


@guard(
    _("同一项目的勘察、设计、监理合计 ¥%(total)s，达到须招标的金额，请确认没有拆分"),
    rule=TENDER_LIMIT.key,
)
def engineering_is_not_split(tender: Tender, rules: Rules) -> bool | Because:
    """Add up the same kind of service for one project; each for itself may be below the limit."""
    if not tender.project_code or tender.ceiling is None or not may_be_tendered(tender):
        return True
    same = _going_on(tender).filter(
        project_code=tender.project_code, item__service_class=tender.item.service_class_id
    )
    other = same.aggregate(total=Sum("ceiling"))["total"] or 0
    if not other or other + tender.ceiling < rules[TENDER_LIMIT]:
        return True
    return Because(total=f"{other + tender.ceiling:,.2f}")


def _going_on(tender: Tender) -> TenderQuerySet:
    """Return the other orders of its owner that have not come to nothing."""
    over = [Tender.Status.CANCELLED, Tender.Status.UNSUCCESSFUL]
    others = Tender.objects.filter(buyer=tender.buyer_id)
    return others.exclude(Q(pk=tender.pk) | Q(status__in=over))


def warnings_of(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask what buyer and operator should look at; nothing depends on the answer."""
    rules = rules_for(tender, at)
    return (
        fiscal_order_is_below_limit(tender, rules),
        order_is_not_split(tender, rules),
        year_of_class_is_below_limit(tender, rules, at),
        engineering_is_not_split(tender, rules),
        fund_suits_the_unit(tender),
    )
