"""May a selection be registered, an award be issued, given up or recorded as unsigned."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.guards.tenders import (
    officer_did_neither,
    officer_is_not_of_the_buyer,
    reasons_are_given,
)
from bidding.models import Award, Bid, Contract, Tender
from credit.models import StandingCheck
from marketplace.models import Membership, User
from marketplace.verdicts import Verdict, guard


@guard(_("采购不在待登记状态"))
def tender_awaits_registration(tender: Tender) -> bool:
    return bool(tender.status == Tender.Status.EVALUATED)


@guard(_("您在报名机构任职，不能登记这项采购的结果"))
def officer_is_not_of_a_bidder(tender: Tender, by: User) -> bool:
    memberships = Membership.objects.active().filter(user=by)
    return not memberships.filter(organization__bids__tender=tender).exists()


@guard(_("中选机构处于限制参与期，限制在全省生效，不能中选、签约"))
def winner_is_unrestricted(check: StandingCheck) -> bool:
    return check.is_clear


@guard(_("中选机构的报名已经因信用限制终止"))
def winning_bid_stands(bid: Bid) -> bool:
    return bool(bid.status == Bid.Status.ACTIVE)


@guard(_("中选结果不在公示状态"))
def award_is_in_publicity(award: Award) -> bool:
    return bool(award.status == Award.Status.PENDING)


@guard(_("结果公示期还没有满"))
def publicity_is_over(award: Award, at: datetime) -> bool:
    return at >= award.publicity_ends_at


@guard(_("中选结果已经签约或者已经取消，不能放弃"))
def award_is_not_settled(award: Award) -> bool:
    return bool(award.status in {Award.Status.PENDING, Award.Status.ACTIVE})


@guard(_("中选通知书没有发出，或者已经签约、取消"))
def award_is_active(award: Award) -> bool:
    return bool(award.status == Award.Status.ACTIVE)


@guard(_("签约期限还没有满"), rule="contract.sign")
def signature_is_overdue(award: Award, at: datetime) -> bool:
    return award.contract_due_at is not None and at >= award.contract_due_at


@guard(_("逾期签约已经记录"))
def overdue_is_not_recorded(award: Award) -> bool:
    return award.overdue_recorded_at is None


def may_register_selection(tender: Tender, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold of the order and the officer; who won is not theirs to say."""
    return (
        tender_awaits_registration(tender),
        officer_is_not_of_the_buyer(tender, by),
        officer_is_not_of_a_bidder(tender, by),
        officer_did_neither(tender, by),
    )


def may_issue_award(award: Award, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything but the winner's standing before the award letter goes out."""
    return award_is_in_publicity(award), publicity_is_over(award, at)


def may_abandon_award(award: Award, reasons: str) -> tuple[Verdict, ...]:
    """Ask everything that must hold before the winner gives the award up."""
    return award_is_not_settled(award), reasons_are_given(reasons)


def may_record_unsigned(award: Award, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before a missing signature is recorded."""
    return (
        award_is_active(award),
        signature_is_overdue(award, at),
        overdue_is_not_recorded(award),
    )


def agency_owes_the_signature(award: Award) -> bool:
    """Tell whether everybody waits for the agency; not when its text awaits the buyer."""
    contract = Contract.objects.filter(award=award).first()
    upload = contract.uploads.unanswered().first() if contract else None
    return upload is None or upload.organization_id != award.bid.agency_id
