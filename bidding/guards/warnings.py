"""
What buyer and operator should look at before an order is published.

What compares amounts with limits is a refusal where the rulebook asks for an exemption.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from bidding.guards.funds import fund_suits_the_unit
from bidding.guards.items import may_be_tendered, must_use_limit, tender_limit
from bidding.models import Exemption, Tender, TenderQuerySet
from bidding.rulebook import rules_for
from bidding.rules.limits import EXEMPTION_NEEDED, MUST_USE_LIMIT, SPLIT_WINDOW, TENDER_LIMIT
from marketplace.kernel.declarations import Rules
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.kernel.wording import in_words


@guard(_("财政资金项目达到 ¥%(limit)s，请确认已按政府采购的规定办理"), rule=MUST_USE_LIMIT.key)
def fiscal_order_is_below_limit(tender: Tender, rules: Rules) -> bool | Because:
    limit = must_use_limit(tender, rules)
    if tender.fund != Tender.Fund.FISCAL or tender.ceiling is None or tender.ceiling < limit:
        return True
    return Because(limit=f"{limit:,.2f}")


@guard(
    _("同一项目同一事项或者同一采购各包合计 ¥%(total)s，达到限额，请确认没有拆分"),
    rule=MUST_USE_LIMIT.key,
)
def order_is_not_split(tender: Tender, rules: Rules) -> bool | Because:
    limit = must_use_limit(tender, rules)
    of_item = Q(item__code=tender.item.code)
    parts = _beside(tender, of_item) if tender.fund == Tender.Fund.FISCAL else None
    if parts is None or tender.ceiling is None:
        return True
    other = parts.aggregate(total=Sum("ceiling"))["total"] or 0
    if not other or other + tender.ceiling < limit:
        return True
    return Because(total=f"{other + tender.ceiling:,.2f}")


@guard(
    _("近 %(window)s同一服务类别的财政资金采购合计 ¥%(total)s，达到限额，请确认没有拆分"),
    rule=SPLIT_WINDOW.key,
)
def year_of_class_is_below_limit(tender: Tender, rules: Rules, at: datetime) -> bool | Because:
    """
    Add up what the owner has sent in of one class; what came to nothing does not count.

    The lots of one order count from their drafts on, for they were divided in one act.
    """
    limit, service_class = must_use_limit(tender, rules), tender.item
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
    )
    is_sent = Q(published_at__gte=since) | Q(published_at=None, submitted_at__gte=since)
    others = others.filter(is_sent | _is_lot_beside(tender))
    other = others.aggregate(total=Sum("ceiling"))["total"] or 0
    if not other or other + tender.ceiling < limit:
        return True
    total = f"{other + tender.ceiling:,.2f}"
    return Because(window=in_words(rules[SPLIT_WINDOW]), total=total)


@guard(
    _("同一项目、同一采购各包的勘察、设计、监理合计 ¥%(total)s，达到须招标的金额，请确认没有拆分"),
    rule=TENDER_LIMIT.key,
)
def engineering_is_not_split(tender: Tender, rules: Rules) -> bool | Because:
    """Add up the same kind of service for one project; each for itself may be below the limit."""
    same = _beside(tender, Q(item__service_class=tender.item.service_class_id))
    if same is None or tender.ceiling is None or not may_be_tendered(tender, rules):
        return True
    other = same.aggregate(total=Sum("ceiling"))["total"] or 0
    if not other or other + tender.ceiling < tender_limit(tender, rules):
        return True
    return Because(total=f"{other + tender.ceiling:,.2f}")


def _beside(tender: Tender, of_kind: Q) -> TenderQuerySet | None:
    """Return what belongs together with it: of its project and of a kind, and its other lots."""
    found = _is_lot_beside(tender)
    if tender.project_code:
        found |= Q(project_code=tender.project_code) & of_kind
    return _going_on(tender).filter(found) if found else None


def _is_lot_beside(tender: Tender) -> Q:
    """Return what the other lots meet that one order was divided into; empty for no lot."""
    return Q(lot_group=tender.lot_group_id) if tender.lot_group_id else Q()


def _going_on(tender: Tender) -> TenderQuerySet:
    """Return the other orders of its owner that have not come to nothing."""
    over = [Tender.Status.CANCELLED, Tender.Status.UNSUCCESSFUL]
    others = Tender.objects.filter(buyer=tender.buyer_id)
    return others.exclude(Q(pk=tender.pk) | Q(status__in=over))


def limits_of_amount(tender: Tender, rules: Rules, at: datetime) -> tuple[Verdict, ...]:
    """Ask all that compares the amount of an order, and of those beside it, with a limit."""
    return (
        fiscal_order_is_below_limit(tender, rules),
        order_is_not_split(tender, rules),
        year_of_class_is_below_limit(tender, rules, at),
        engineering_is_not_split(tender, rules),
    )


@guard(
    _("%(reasons)s。确有依据的，请在“附加事项”中写明豁免理由，并附证明文件"),
    rule=EXEMPTION_NEEDED.key,
)
def limits_are_kept_or_exempted(tender: Tender, rules: Rules, at: datetime) -> bool | Because:
    """Refuse what exceeds a limit, unless the buyer has said with a paper why it may."""
    if not rules[EXEMPTION_NEEDED]:
        return True
    exceeded = [one for one in limits_of_amount(tender, rules, at) if not one.holds]
    if not exceeded:
        return True
    exempted = Exemption.objects.filter(tender=tender.pk)
    known = set(exempted.values_list("check_name", flat=True))
    left = [one.refusal for one in exceeded if one.guard not in known]
    return not left or Because(reasons=str(_("；")).join(left))


def warnings_of(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask what buyer and operator should look at, exempted or not."""
    return *limits_of_amount(tender, rules_for(tender, at), at), fund_suits_the_unit(tender)
