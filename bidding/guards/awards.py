"""May an award be issued, given up, contracted or recorded as unsigned."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Contract, ContractUpload
from credit import measures
from credit.in_force import scheme_at
from credit.models import ReportedFact, StandingCheck
from marketplace.kernel.known import asked_once
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Organization


@guard(_("中选机构处于信用限制期，限制在全省生效，不能中选、签约"))
def winner_is_unrestricted(check: StandingCheck) -> bool:
    return check.is_clear


@guard(_("中选机构经核查不符合参加条件，不能中选、签约"))
def winner_is_eligible(check: StandingCheck) -> bool:
    """Answer the same in words that name no restriction, for one that is not published."""
    return check.is_clear


def may_go_on(check: StandingCheck) -> Verdict:
    """Ask whether the winner may be awarded and sign; a refusal is stored, and read by all."""
    if check.is_clear or measures.is_any_published(check.restriction_ids):
        return winner_is_unrestricted(check)
    return winner_is_eligible(check)


@guard(_("中选结果不在公示状态"))
def award_is_in_publicity(award: Award) -> bool:
    return award.status == Award.Status.PENDING


@guard(_("结果公示期还没有满"))
def publicity_is_over(award: Award, at: datetime) -> bool:
    return at >= award.publicity_ends_at and not award.is_suspended


@guard(_("采购因异议或者投诉中止，恢复以后才能办理"))
def award_is_not_suspended(award: Award) -> bool:
    return not award.is_suspended


@guard(_("中选结果已经签约或者已经取消，不能放弃"))
def award_is_not_settled(award: Award) -> bool:
    return award.status in {Award.Status.PENDING, Award.Status.ACTIVE}


@guard(_("中选结果现在是“%(status)s”，中选通知书发出以后、签约以前才能办理"))
def award_is_active(award: Award) -> bool | Because:
    return award.status == Award.Status.ACTIVE or Because(status=award.get_status_display())


@guard(_("签约期限还没有满"), rule="contract.sign")
def signature_is_overdue(award: Award, at: datetime) -> bool:
    return award.contract_due_at is not None and at >= award.contract_due_at


@guard(_("逾期签约已经记录"))
def overdue_is_not_recorded(award: Award) -> bool:
    return award.overdue_recorded_at is None


@guard(_("只有合同双方可以办理"))
def organization_is_a_party(award: Award, organization: Organization) -> bool:
    return organization.pk in {award.tender.buyer_id, award.bid.agency_id}


@guard(_("合同已经签订或者终止"))
def contract_is_unsigned(contract: Contract | None) -> bool:
    return contract is None or contract.status == Contract.Status.PENDING


@guard(_("已有一份合同文本等待确认"))
def no_text_awaits_an_answer(contract: Contract | None) -> bool:
    return contract is None or not contract.uploads.unanswered().exists()


def may_issue_award(award: Award, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything but the winner's standing before the award letter goes out."""
    return award_is_in_publicity(award), publicity_is_over(award, at)


def may_abandon(award: Award, _at: datetime) -> tuple[Verdict, ...]:
    """Ask everything but the reasons that must hold before the winner gives the award up."""
    return (award_is_not_settled(award),)


@asked_once
def contract_of(award: Award) -> Contract | None:
    """Return the contract of an award, if its text was put up."""
    return Contract.objects.filter(award=award).first()


def may_upload_contract(
    award: Award, organization: Organization, _at: datetime
) -> tuple[Verdict, ...]:
    """Ask everything but the agency's standing, which the act asks, for putting up a text."""
    contract = contract_of(award)
    return (
        award_is_active(award),
        award_is_not_suspended(award),
        organization_is_a_party(award, organization),
        contract_is_unsigned(contract),
        no_text_awaits_an_answer(contract),
    )


def may_record_unsigned(award: Award, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before a missing signature is recorded."""
    return (
        award_is_active(award),
        signature_is_overdue(award, at),
        overdue_is_not_recorded(award),
    )


def agency_owes_the_signature(award: Award, at: datetime) -> bool:
    """Tell whether everybody waited for the agency at `at`; not when its text awaited the buyer."""
    waiting = ContractUpload.objects.filter(
        contract__award=award, organization=award.bid.agency_id, uploaded_at__lt=at
    ).exclude(Q(confirmed_at__lt=at) | Q(rejected_at__lt=at))
    return not waiting.exists()


# --- What the buyer did ---------------------------------------------------------------------------
PAID_LATE, CHANGED_TERMS = "buyer_paid_late", "buyer_changed_terms"
OF_BUYERS = (PAID_LATE, CHANGED_TERMS)
"""What the winner of an order may say of its buyer; names, points and periods are the scheme's."""


@guard(_("信用评价方案没有这类行为"), source=FORM)
def conduct_is_of_buyers(kind: str, at: datetime) -> bool:
    return kind in OF_BUYERS and kind in scheme_at(at).by_code


@guard(_("这件事已经反映过：%(outcome)s"))
def buyer_was_not_reported(award: Award, kind: str) -> bool | Because:
    known = ReportedFact.objects.filter(
        organization=award.tender.buyer, kind=kind, reference=award.tender.reference
    ).first()
    return known is None or Because(outcome=known.outcome)


def may_report_buyer(award: Award, kind: str, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the winner may say this of its buyer, but for the words."""
    return conduct_is_of_buyers(kind, at), buyer_was_not_reported(award, kind)
