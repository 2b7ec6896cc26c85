"""May an agency bid, offer another amount, withdraw, decline; may an order be closed and opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.guards.agencies import agency_is_named, agency_is_not_avoided, may_work_for
from bidding.guards.halls import hall_is_over, tender_is_bidding
from bidding.guards.kin import may_serve_independently
from bidding.guards.rounds import agency_did_not_give_up
from bidding.models import Bid, Tender
from bidding.models.bid import BY_RESTRICTION, void_reason
from bidding.models.deadlines import OrderDeadline
from bidding.rulebook import rules_for
from bidding.selection.evidence_format import UNPUBLISHED
from bidding.selection.methods import METHODS
from marketplace.guards.memberships import ROLES_OF
from marketplace.kernel.statements import statement
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Membership, Organization, ServiceItem, User
from marketplace.ties import limits_of

Role = Membership.Role
AGENCY_ROLES = ROLES_OF[Organization.Kind.AGENCY]


# --- Sign-up --------------------------------------------------------------------------------------
@guard(_("采购因异议或者投诉中止，恢复以后才能办理"))
def tender_is_not_suspended(tender: Tender) -> bool:
    return not tender.is_suspended


@guard(_("报名尚未开始或已经截止"))
def tender_takes_bids(tender: Tender, at: datetime) -> bool:
    """
    Compare the arrival with both ends; a request may have waited for the publication itself.

    Of an order that stands still the end is not known yet: another guard says that.
    """
    begins_at, ends_at = tender.published_at, tender.tender_period_end
    if tender.status != Tender.Status.ACTIVE or begins_at is None or ends_at is None:
        return False
    return begins_at <= at and (at < ends_at or tender.is_suspended)


@guard(_("这份报名已经失效，不能恢复。原因：%(reason)s"))
def bid_was_not_ended(bid: Bid | None) -> bool | Because:
    if bid is None or bid.status in {Bid.Status.ACTIVE, Bid.Status.WITHDRAWN, Bid.Status.LAPSED}:
        return True
    return Because(reason=bid.void_reason)


@guard(_("这份报名已经撤回或者终止"))
def bid_stands(bid: Bid) -> bool:
    return bid.status == Bid.Status.ACTIVE


@guard(_("这不是直接选取，不报名即可，无须谢绝"))
def tender_names_an_agency(tender: Tender) -> bool:
    return tender.named_agency_id is not None


class Authority(NamedTuple):
    """A role that a person has or had in an agency, and a class that it is limited to, if any."""

    role: str
    is_active: bool
    service_class: str | None


@guard(_("您在“%(agency)s”的任职已经结束，不能再代表它办理"))
def person_still_acts_for(agency: Organization, held: Sequence[Authority]) -> bool | Because:
    """Ask it under the agency's lock: the form may have been under way when it ended."""
    is_active = [one.is_active for one in held]
    return not is_active or any(is_active) or Because(agency=agency.name)


@guard(_("您的授权不包括“%(service_class)s”类别，请由机构管理员办理，或者先变更授权范围"))
def person_may_act_for_the_class(held: Sequence[Authority], item: ServiceItem) -> bool | Because:
    """Ask what somebody's authority is limited to; one without limits acts for every class."""
    active = [one for one in held if one.is_active]
    limited = {one.service_class for one in active if one.role == Role.AGENCY_AGENT}
    limited.discard(None)
    if not limited or any(one.role == Role.AGENCY_MANAGER for one in active):
        return True
    asked = item.service_class
    return asked is None or asked.code in limited or Because(service_class=asked.name)


def may_act_for(agency: Organization, by: User, item: ServiceItem) -> tuple[Verdict, ...]:
    """Ask whether the person acts for the agency still, and in the class of the item."""
    held = authorities_of(agency, by)
    return person_still_acts_for(agency, held), person_may_act_for_the_class(held, item)


def authorities_of(agency: Organization, by: User) -> list[Authority]:
    """Return what a person may or might do for an agency, in one statement."""
    return [Authority(*row) for row in _authorities(agency.pk, by.pk)]


@statement
def _authorities(agency: int, person: int) -> QuerySet[Any, tuple[str, bool, str | None]]:
    held = Membership.objects.filter(organization=agency, user=person, role__in=AGENCY_ROLES)
    return held.order_by().values_list("role", "is_active", "service_classes__code")


def may_submit_bid(tender: Tender, agency: Organization, at: datetime) -> tuple[Verdict, ...]:
    """Ask all but the amount that must hold before `agency` signs up or offers another amount."""
    return (
        tender_takes_bids(tender, at),
        tender_is_not_suspended(tender),
        *may_work_for(tender, agency, at),
        *may_enter(tender, agency, Bid.objects.own(tender, agency), at),
    )


def may_enter(
    tender: Tender, agency: Organization, bid: Bid | None, at: datetime
) -> tuple[Verdict, ...]:
    """Ask what the method and the agency's own bid say; `bid` is None when it has none."""
    method = METHODS.get(tender.method)
    return (
        *(method.entry_verdicts(tender, agency) if method else ()),
        *may_serve_independently(tender, agency, limits_of(rules_for(tender, at))),
        agency_is_not_avoided(tender, agency),
        agency_did_not_give_up(tender, agency),
        bid_was_not_ended(bid),
        no_later_offer_has_arrived(bid, at),
    )


@guard(_("贵单位另有一份报价到达得更晚，以那一份为准；请打开报价页核对"))
def no_later_offer_has_arrived(bid: Bid | None, at: datetime) -> bool:
    last = bid.last_offer if bid else None  # each came later than those before it
    return last is None or last.offered_at <= at


def may_offer(tender: Tender, amount: Decimal) -> tuple[Verdict, ...]:
    """Ask everything that must hold of an amount."""
    method = METHODS.get(tender.method)
    return method.amount_verdicts(tender, amount) if method else ()


def may_withdraw_bid(bid: Bid, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before a bid is taken back."""
    return (
        tender_takes_bids(bid.tender, at),
        tender_is_not_suspended(bid.tender),
        bid_stands(bid),
        no_later_offer_has_arrived(bid, at),
    )


def may_decline_order(tender: Tender, agency: Organization, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before the named agency says no."""
    return (
        tender_takes_bids(tender, at),
        tender_is_not_suspended(tender),
        tender_names_an_agency(tender),
        agency_is_named(tender, agency),
    )


# --- Close and open -------------------------------------------------------------------------------
@guard(_("采购不在报名状态"))
def tender_is_active(tender: Tender) -> bool:
    return tender.status == Tender.Status.ACTIVE


@guard(_("报名还没有截止"))
def sign_up_is_over(tender: Tender, at: datetime) -> bool:
    return tender.tender_period_end is not None and at >= tender.tender_period_end


@guard(_("报名因异议或者投诉中止，恢复以后才能截止"))
def sign_up_does_not_stand_still(tender: Tender) -> bool:
    """A sign-up that had ended before the order was suspended is closed all the same."""
    row = tender.deadline(OrderDeadline.SIGN_UP)
    return row is None or row.suspended_at is None


@guard(_("采购不在等待选取状态"))
def tender_is_closed(tender: Tender) -> bool:
    return tender.status == Tender.Status.CLOSED


@guard(_("还没有到开启报价的时间"))
def opening_has_come(tender: Tender, at: datetime) -> bool:
    return tender.opening_at is not None and at >= tender.opening_at


def may_close_tender(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before the schedule ends the sign-up."""
    return (
        tender_is_active(tender),
        sign_up_does_not_stand_still(tender),
        sign_up_is_over(tender, at),
    )


def may_open_hall(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything but the seal that must hold before a hall opens."""
    return (
        tender_is_closed(tender),
        tender_is_not_suspended(tender),
        opening_has_come(tender, at),
    )


def awaits_selection(tender: Tender) -> Verdict:
    """Ask whether nothing but time lies between an order and its selection."""
    method = METHODS.get(tender.method)
    is_live = method is not None and method.is_live
    return tender_is_bidding(tender) if is_live else tender_is_closed(tender)


def may_evaluate_tender(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything but the seal that must hold before the bids are opened and ranked."""
    is_bidding = tender.status == Tender.Status.BIDDING
    is_time = hall_is_over(tender, at) if is_bidding else opening_has_come(tender, at)
    return awaits_selection(tender), tender_is_not_suspended(tender), is_time


# --- Why an order fails, in words that are stored with it -----------------------------------------
def failure_reasons(enough: Verdict, left_out: Iterable[tuple[str, str]]) -> str:
    """
    Return why an order failed, with how many bids did not count, and for what.

    `left_out` are their states and grounds as they may be published. Nobody is named, for nothing
    is opened; a bid that shares a representative is not among them, for it is not told so.
    """
    kinds = Counter(_kind_of(status, ground) for status, ground in left_out)
    if not kinds:
        return enough.refusal
    parts = "、".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    details = {"refusal": enough.refusal, "kinds": parts}
    return gettext("%(refusal)s；不计入的报名（家）：%(kinds)s") % details


def _kind_of(status: str, ground: str) -> str:
    if ground == UNPUBLISHED:
        return gettext("原因不公开")
    if status == Bid.Status.ENDED:
        return str(BY_RESTRICTION)
    return void_reason(status, ground)


@guard(_("公告所列机构谢绝了直接选取"))
def named_agency_has_not_declined() -> bool:
    return False
