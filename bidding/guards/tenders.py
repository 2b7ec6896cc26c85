"""May an order be changed, submitted, reviewed, published, registered, cancelled, run again."""

from __future__ import annotations

from copy import copy
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.guards.bids import tender_is_not_suspended
from bidding.guards.choices import choice_is_made, panel_has_scored
from bidding.guards.explanations import costs_are_settled
from bidding.guards.funds import (
    shares_make_a_whole,
    strictest_fund_holds,
    unit_and_fund_let_it_name,
)
from bidding.guards.identities import buyer_uscc_is_confirmed, owner_is_checked
from bidding.guards.items import (
    fund_suits_the_item,
    item_verdicts,
    may_be_tendered,
    tender_limit,
)
from bidding.guards.kin import namesakes_are_other_people
from bidding.guards.lots import limited_lot_leaves_no_choice
from bidding.guards.officers import (
    officer_did_neither,
    officer_did_not_review,
    officer_is_not_of_a_bidder,
    officer_is_not_of_the_buyer,
    officer_is_not_of_the_named_agency,
)
from bidding.guards.rounds import (
    agency_did_not_give_up,
    later_round_keeps_its_item,
    method_may_change_by_now,
)
from bidding.guards.terms import (
    ceiling_is_above_zero,
    floor_is_below_ceiling,
    named_agency_is_another,
)
from bidding.guards.times import (
    selection_follows_the_sign_up,
    service_period_is_short_enough,
    sign_up_ends_by_days_or_at_a_time,
    sign_up_period_is_short_enough,
)
from bidding.guards.warnings import limits_are_kept_or_exempted
from bidding.models import Award, Tender
from bidding.rulebook import amounts_reached, finer_cells, rules_for
from bidding.rules.limits import OPEN_TENDER_LIMIT, TENDER_LIMIT
from bidding.rules.methods import METHOD_ENABLED
from bidding.selection.methods import METHODS, method_name
from marketplace.identifiers import is_project_code
from marketplace.kernel.calendar import day_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM, cite
from marketplace.kernel.models.labels import label_of
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import ServiceItem, User

NEEDED = ("title", "content", "service_time", "contact_name", "contact_phone", "fund", "method")
REVIEWABLE = (Tender.Status.DRAFT, Tender.Status.RETURNED)
CANCELLABLE = (
    *(*REVIEWABLE, Tender.Status.SUBMITTED, Tender.Status.REVIEWED, Tender.Status.ACTIVE),
    *(Tender.Status.EVALUATED, Tender.Status.COMPLETE),
)


# --- Where the order stands -----------------------------------------------------------------------
@guard(_("采购已经提交，不能再修改"))
def tender_is_editable(tender: Tender) -> bool:
    return tender.status in REVIEWABLE


@guard(_("只有没有提交的草稿可以删除；已经提交过的可以取消"))
def tender_is_a_draft(tender: Tender) -> bool:
    return tender.status == Tender.Status.DRAFT


@guard(_("采购不在待审核状态"))
def tender_awaits_review(tender: Tender) -> bool:
    return tender.status == Tender.Status.SUBMITTED


@guard(_("采购不在待审核或者待发布状态"))
def tender_is_with_the_operator(tender: Tender) -> bool:
    return tender.status in {Tender.Status.SUBMITTED, Tender.Status.REVIEWED}


@guard(_("采购不在待发布状态"))
def tender_awaits_publication(tender: Tender) -> bool:
    return tender.status == Tender.Status.REVIEWED


@guard(_("采购不在待登记状态"))
def tender_awaits_registration(tender: Tender) -> bool:
    return tender.status == Tender.Status.EVALUATED


@guard(_("采购%(ended)s"))
def tender_is_not_over(tender: Tender) -> bool | Because:
    ended = {
        Tender.Status.CANCELLED: _("已经取消"),
        Tender.Status.UNSUCCESSFUL: _("已经流标"),
    }.get(Tender.Status(tender.status))
    return Because(ended=ended) if ended else True


@guard(_("报名截止以后、开启报价以前不能取消，开启报价和选取由平台按期进行"))
def tender_is_cancellable(tender: Tender, at: datetime) -> bool:
    """While bids are sealed nobody may stop their opening; after it all know what is given up."""
    if tender.status == Tender.Status.ACTIVE and tender.tender_period_end is not None:
        return at < tender.tender_period_end or tender.is_suspended
    return tender.status in CANCELLABLE


@guard(_("已经签约或者中选结果已经取消，不能再取消采购"))
def award_is_not_settled_yet(tender: Tender) -> bool:
    if tender.status != Tender.Status.COMPLETE:
        return True
    award = tender.award
    return award is not None and award.status in {Award.Status.PENDING, Award.Status.ACTIVE}


@guard(_("请写明理由，对方会原样看到"), source=FORM)
def reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


# --- What an order must hold ----------------------------------------------------------------------
@guard(_("还没有填写：%(fields)s"), source=FORM)
def order_is_complete(tender: Tender) -> bool | Because:
    missing = [
        label_of(Tender, name)
        for name in NEEDED
        if not str(getattr(tender, name) or "").strip()
        and not (name == "service_time" and tender.lasts_as_agreed)
    ]
    return Because(fields=_("、").join(missing)) if missing else True


@guard(_("须填写最高限价；不预估价格的，须说明限价依据"))
def price_is_explained(tender: Tender) -> bool:
    if tender.fund == Tender.Fund.FISCAL:
        return tender.ceiling is not None
    return tender.ceiling is not None or bool(tender.price_basis.strip())


@guard(_("服务事项已经停用或者不在有效期，不能据此发布采购"), source=cite("国发〔2022〕5号"))
def item_is_offered(tender: Tender, at: datetime) -> bool:
    offered = ServiceItem.objects.offered_on(day_of(at))
    return offered.filter(pk=tender.item_id).exists()


@guard(_("勘察、设计、监理服务达到 ¥%(limit)s 的须转为招标，不在本平台选取"), rule=TENDER_LIMIT.key)
def ceiling_is_below_tender_limit(tender: Tender, rules: Rules) -> bool | Because:
    """Only survey, design and supervision for works with state investment must be tendered."""
    limit = tender_limit(tender, rules)
    if tender.ceiling is None or tender.ceiling < limit or not may_be_tendered(tender, rules):
        return True
    return Because(limit=f"{limit:,.2f}")


@guard(
    _("财政资金的服务采购达到 ¥%(limit)s 的须公开招标，不在本平台选取"), rule=OPEN_TENDER_LIMIT.key
)
def fiscal_order_is_below_open_tender(tender: Tender, rules: Rules) -> bool | Because:
    limit = rules[OPEN_TENDER_LIMIT]
    if tender.fund != Tender.Fund.FISCAL or tender.ceiling is None or tender.ceiling < limit:
        return True
    return Because(limit=f"{limit:,.2f}")


@guard(_("%(fund)s的采购不能采用“%(method)s”"), rule=METHOD_ENABLED.key)
def method_is_enabled(tender: Tender, rules: Rules) -> bool | Because:
    """Ask it of each fund that pays; the refusal names class, level, round or amount, too."""
    against = str(_("资金来源未定"))
    finer = *finer_cells(tender), *amounts_reached(tender, rules, METHOD_ENABLED)
    for fund in tender.funds:
        against = str(Tender.Fund(fund).label)
        if tender.method not in METHODS:
            break
        key = rules.cell_key(METHOD_ENABLED, tender.method, fund, finer=finer)
        if not rules.values[key]:
            against = "、".join([against, *METHOD_ENABLED.refined_by(key)])
            break
    else:
        if tender.fund:
            return True
    return Because(method=method_name(tender.method) or _("未选定"), fund=against)


@guard(_("还没有填写资金来源，选取方式由资金来源决定，请先完成“填需求”"), source=FORM)
def fund_is_chosen(tender: Tender) -> bool:
    return bool(tender.fund)


@guard(
    _("财政资金在审批过程中委托的服务须竞争选取，不能直接选取"),
    source=cite("优化营商环境条例", "第四十三条第三款"),
)
def fiscal_order_in_approval_competes(tender: Tender) -> bool:
    method = METHODS.get(tender.method)
    competes = method is None or method.is_competitive
    return competes or not tender.is_in_approval or tender.fund != Tender.Fund.FISCAL


@guard(
    _("审批部门在审批过程中委托的服务由部门用财政资金付费，不能转由申请人承担"),
    source=cite("优化营商环境条例", "第四十三条第三款"),
)
def department_pays_in_approval(tender: Tender) -> bool:
    return not tender.is_in_approval or tender.fund == Tender.Fund.FISCAL


# --- May it be done -------------------------------------------------------------------------------
def may_change_tender(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold of a changed draft; what is merely not filled in yet is allowed."""
    rules = rules_for(tender, at)
    of_fund = (
        shares_make_a_whole(tender),
        strictest_fund_holds(tender),
        department_pays_in_approval(tender),
        fund_suits_the_item(tender),
        fiscal_order_in_approval_competes(tender),
    )
    of_method = (
        method_is_enabled(tender, rules),
        unit_and_fund_let_it_name(tender, rules),
        method_may_change_by_now(tender, rules),
    )
    return (
        tender_is_editable(tender),
        named_agency_is_another(tender),
        ceiling_is_above_zero(tender),
        floor_is_below_ceiling(tender),
        sign_up_ends_by_days_or_at_a_time(tender),
        sign_up_period_is_short_enough(tender, rules, at),
        selection_follows_the_sign_up(tender, rules, at),
        service_period_is_short_enough(tender, rules, at),
        *(of_fund if tender.fund else ()),
        *(of_method if tender.fund and tender.method else ()),
    )


@guard(
    _("统一项目代码由 4、6、2、2、6 位数字组成，例如 2610-360702-04-01-218846；没有的留空"),
    source=FORM,
)
def project_code_is_well_formed(tender: Tender) -> bool:
    return not tender.project_code or is_project_code(tender.project_code)


def order_verdicts(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask what an order must hold; asked at submission, at the review and at publication."""
    rules = rules_for(tender, at)
    method = METHODS.get(tender.method)
    return (
        owner_is_checked(tender),
        order_is_complete(tender),
        project_code_is_well_formed(tender),
        item_is_offered(tender, at),
        shares_make_a_whole(tender),
        strictest_fund_holds(tender),
        *item_verdicts(tender),
        price_is_explained(tender),
        ceiling_is_above_zero(tender),
        ceiling_is_below_tender_limit(tender, rules),
        fiscal_order_is_below_open_tender(tender, rules),
        department_pays_in_approval(tender),
        fiscal_order_in_approval_competes(tender),
        named_agency_is_another(tender),
        *_named_did_not_give_up(tender),
        method_is_enabled(tender, rules),
        unit_and_fund_let_it_name(tender, rules),
        method_may_change_by_now(tender, rules),
        limited_lot_leaves_no_choice(tender),
        service_period_is_short_enough(tender, rules, at),
        *(method.order_verdicts(tender, rules, at) if method else ()),
    )


def _named_did_not_give_up(tender: Tender) -> tuple[Verdict, ...]:
    agency = tender.named_agency
    return () if agency is None else (agency_did_not_give_up(tender, agency),)


def method_suits(tender: Tender, method: str, at: datetime) -> Verdict:
    """Return the first rule that keeps an order from `method`, or one that holds."""
    changed = copy(tender)
    changed.method = method
    rules = rules_for(tender, at)
    asked = (
        fund_is_chosen(changed),
        fiscal_order_in_approval_competes(changed),
        method_is_enabled(changed, rules),
        unit_and_fund_let_it_name(changed, rules),
        method_may_change_by_now(changed, rules),
    )
    return next((verdict for verdict in asked if not verdict.holds), asked[0])


def fund_suits(tender: Tender, fund: str) -> Verdict:
    """Tell whether the item lets an order be paid by `fund`."""
    changed = copy(tender)
    changed.fund = fund
    return fund_suits_the_item(changed)


def may_submit_tender(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """
    Ask everything that must hold before an order goes to the operator.

    Limits are asked here alone: what is published meanwhile must not strand what was sent in, and
    the officers see the same as a warning.
    """
    limits = limits_are_kept_or_exempted(tender, rules_for(tender, at), at)
    return tender_is_editable(tender), *order_verdicts(tender, at), limits


def may_return(tender: Tender, by: User, _at: datetime) -> tuple[Verdict, ...]:
    """Ask everything but the reasons that must hold before an order goes back to the buyer."""
    return (
        tender_is_with_the_operator(tender),
        officer_is_not_of_the_buyer(tender, by),
        officer_is_not_of_the_named_agency(tender, by),
    )


def may_approve(
    tender: Tender, by: User, at: datetime, *, uscc_confirmed: bool
) -> tuple[Verdict, ...]:
    """Ask everything that must hold before an order passes the review."""
    return (
        tender_awaits_review(tender),
        officer_is_not_of_the_buyer(tender, by),
        officer_is_not_of_the_named_agency(tender, by),
        buyer_uscc_is_confirmed(tender.buyer, uscc_confirmed),
        *order_verdicts(tender, at),
    )


def may_publish(tender: Tender, by: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before an order is published."""
    return (
        tender_awaits_publication(tender),
        officer_is_not_of_the_buyer(tender, by),
        officer_is_not_of_the_named_agency(tender, by),
        officer_did_not_review(tender, by),
        buyer_uscc_is_confirmed(tender.buyer, confirmed=False),
        *order_verdicts(tender, at),
    )


def may_register(
    tender: Tender, by: User, _at: datetime, *, namesakes_ruled_out: bool = False
) -> tuple[Verdict, ...]:
    """Ask what must hold of the order and the officer; who won is not theirs to say."""
    return (
        tender_awaits_registration(tender),
        tender_is_not_suspended(tender),
        costs_are_settled(tender),
        choice_is_made(tender),
        panel_has_scored(tender),
        officer_is_not_of_the_buyer(tender, by),
        officer_is_not_of_a_bidder(tender, by),
        officer_did_neither(tender, by),
        namesakes_are_other_people(tender, namesakes_ruled_out),
    )


def may_cancel(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything but the reasons that must hold before the buyer gives an order up."""
    is_not_over = tender_is_not_over(tender)
    if not is_not_over.holds:
        return (is_not_over,)
    return tender_is_cancellable(tender, at), award_is_not_settled_yet(tender)


def may_choose_item(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold of a draft with another item or another place."""
    return (
        tender_is_editable(tender),
        later_round_keeps_its_item(tender),
        item_is_offered(tender, at),
    )


def may_take_back(tender: Tender, _at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before the buyer takes a submission back: nobody has passed it yet."""
    return (tender_awaits_review(tender),)


def may_delete(tender: Tender, _at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before a draft is thrown away."""
    return (tender_is_a_draft(tender),)


def may_copy(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before an order becomes the draft of another one."""
    return (item_is_offered(tender, at),)
