"""May a contract be uploaded, confirmed, rejected; may its result be delivered and accepted."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.guards.awards import (
    award_is_active,
    contract_is_unsigned,
    organization_is_a_party,
)
from bidding.models import Award, Contract, ContractUpload, Deliverable, Evaluation
from marketplace.kernel.known import once_here
from marketplace.kernel.laws import cite
from marketplace.kernel.verdicts import Verdict, guard
from marketplace.models import Organization, User


# --- Signature ------------------------------------------------------------------------------------
@guard(_("没有等待确认的合同文本"))
def a_text_awaits_an_answer(upload: ContractUpload | None) -> bool:
    return upload is not None


@guard(_("合同文本由对方确认，上传的一方不能自己确认"), source=cite("民法典", "第四百九十条第一款"))
def other_side_answers(upload: ContractUpload | None, organization: Organization) -> bool:
    return upload is None or upload.organization_id != organization.pk


@guard(_("合同文本由您上传，须由另一人确认"))
def another_person_confirms(upload: ContractUpload | None, by: User) -> bool:
    return upload is None or upload.document.uploaded_by_id != by.pk


def may_confirm(
    award: Award, contract: Contract | None, organization: Organization, by: User, at: datetime
) -> tuple[Verdict, ...]:
    """Ask everything but the agency's standing, which the act asks, for signing a contract."""
    return (
        *may_reject(award, contract, organization, at),
        another_person_confirms(open_upload(contract), by),
    )


def may_reject(
    award: Award, contract: Contract | None, organization: Organization, _at: datetime
) -> tuple[Verdict, ...]:
    """Ask everything but the reasons that must hold before a text goes back."""
    upload = open_upload(contract)
    return (
        award_is_active(award),
        organization_is_a_party(award, organization),
        contract_is_unsigned(contract),
        a_text_awaits_an_answer(upload),
        other_side_answers(upload, organization),
    )


def last_deliverable(contract: Contract) -> Deliverable | None:
    """Return what was delivered last, or None."""
    read = contract.deliverables.order_by("-pk").first
    return once_here("last deliverable", contract.pk, read=read)


def ratings_of(contract: Contract) -> list[Evaluation]:
    """Return how each side rated the other, in its latest words."""
    return once_here("ratings", contract.pk, read=lambda: [*contract.evaluations.current()])


def open_upload(contract: Contract | None) -> ContractUpload | None:
    """Return the text that waits for the other side, if any."""
    if contract is None:
        return None
    read = contract.uploads.unanswered().select_related("document").first
    return once_here("open upload", contract.pk, read=read)


# --- Service --------------------------------------------------------------------------------------
@guard(_("合同不在服务期，不能交付"))
def contract_is_in_service(contract: Contract | None) -> bool:
    return contract is not None and contract.status == Contract.Status.ACTIVE


@guard(_("没有等待验收的成果"))
def contract_awaits_a_decision(contract: Contract | None) -> bool:
    return contract is not None and contract.status == Contract.Status.DELIVERED


@guard(_("这份成果已经验收或者退回"))
def deliverable_is_undecided(deliverable: Deliverable) -> bool:
    return deliverable.status == Deliverable.Status.SUBMITTED


@guard(_("成果由您交付，须由另一人验收"))
def another_person_decides(deliverable: Deliverable | None, by: User) -> bool:
    return deliverable is None or deliverable.document.uploaded_by_id != by.pk


# Two servers' clocks differ by seconds: a request may have arrived before what it answers.
@guard(_("成果的交付时间晚于这次提交到达的时间，什么也没有办理；请稍后再提交"))
def deliverable_is_handed_over(deliverable: Deliverable, at: datetime) -> bool:
    return at >= deliverable.delivered_at


@guard(_("逾期还没有超过容忍期"), rule="service.late_tolerance")
def lateness_is_beyond_tolerance(contract: Contract, at: datetime) -> bool:
    return contract.late_from is not None and at >= contract.late_from


@guard(_("逾期已经记录"))
def lateness_is_not_recorded(contract: Contract) -> bool:
    return contract.late_recorded_at is None


def may_deliver(contract: Contract | None, _at: datetime) -> tuple[Verdict, ...]:
    """Ask everything but the file that must hold before a result is handed over."""
    return (contract_is_in_service(contract),)


def may_decide_delivery(
    contract: Contract | None, deliverable: Deliverable | None, by: User, at: datetime
) -> tuple[Verdict, ...]:
    """Ask everything that must hold before a result is accepted, or but for reasons returned."""
    asked = contract_awaits_a_decision(contract), another_person_decides(deliverable, by)
    if deliverable is None:
        return asked
    return (
        *asked,
        deliverable_is_undecided(deliverable),
        deliverable_is_handed_over(deliverable, at),
    )


def may_record_late(contract: Contract, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before late service is recorded."""
    return (
        contract_is_in_service(contract),
        lateness_is_beyond_tolerance(contract, at),
        lateness_is_not_recorded(contract),
    )
