"""May a contract be uploaded, confirmed, rejected; may its result be delivered and accepted."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.guards.awards import award_is_active
from bidding.guards.tenders import reasons_are_given
from bidding.models import Award, Contract, ContractUpload, Deliverable
from marketplace.models import Document, Organization, User
from marketplace.verdicts import Verdict, guard


# --- Parties and papers ---------------------------------------------------------------------------
@guard(_("只有合同双方可以办理"))
def organization_is_a_party(award: Award, organization: Organization) -> bool:
    return organization.pk in {award.tender.buyer_id, award.bid.agency_id}


@guard(_("文件不是由本单位上传的"))
def document_is_own(document: Document, organization_id: int) -> bool:
    return document.organization_id == organization_id


# --- Signature ------------------------------------------------------------------------------------
@guard(_("合同已经签订或者终止"))
def contract_is_unsigned(contract: Contract | None) -> bool:
    return contract is None or contract.status == Contract.Status.PENDING


@guard(_("已有一份合同文本等待对方确认"))
def no_text_awaits_an_answer(contract: Contract | None) -> bool:
    return contract is None or not contract.uploads.unanswered().exists()


@guard(_("没有等待确认的合同文本"))
def a_text_awaits_an_answer(upload: ContractUpload | None) -> bool:
    return upload is not None


@guard(_("合同文本由对方确认，上传的一方不能自己确认"))
def other_side_answers(upload: ContractUpload | None, organization: Organization) -> bool:
    return upload is None or upload.organization_id != organization.pk


@guard(_("合同文本由您上传，须由另一人确认"))
def another_person_confirms(upload: ContractUpload | None, by: User) -> bool:
    return upload is None or upload.document.uploaded_by_id != by.pk


def may_upload_contract(
    award: Award, contract: Contract | None, organization: Organization, document: Document | None
) -> tuple[Verdict, ...]:
    """Ask everything but the agency's standing before a text is put up; the file may come later."""
    return (
        award_is_active(award),
        organization_is_a_party(award, organization),
        contract_is_unsigned(contract),
        no_text_awaits_an_answer(contract),
        *([document_is_own(document, organization.pk)] if document else []),
    )


def may_answer_upload(
    contract: Contract, upload: ContractUpload | None, organization: Organization
) -> tuple[Verdict, ...]:
    """Ask what must hold before the other side says yes or no."""
    return (
        award_is_active(contract.award),
        organization_is_a_party(contract.award, organization),
        contract_is_unsigned(contract),
        a_text_awaits_an_answer(upload),
        other_side_answers(upload, organization),
    )


def may_confirm_contract(
    contract: Contract, upload: ContractUpload | None, organization: Organization, by: User
) -> tuple[Verdict, ...]:
    """Ask everything but the agency's standing before a contract is signed."""
    return *may_answer_upload(contract, upload, organization), another_person_confirms(upload, by)


def may_reject_upload(
    contract: Contract, upload: ContractUpload | None, organization: Organization, reasons: str
) -> tuple[Verdict, ...]:
    """Ask everything that must hold before a text goes back."""
    return *may_answer_upload(contract, upload, organization), reasons_are_given(reasons)


# --- Service --------------------------------------------------------------------------------------
@guard(_("合同不在服务期，不能交付"))
def contract_is_in_service(contract: Contract) -> bool:
    return bool(contract.status == Contract.Status.ACTIVE)


@guard(_("这份成果已经验收或者退回"))
def deliverable_awaits_a_decision(deliverable: Deliverable) -> bool:
    is_delivered = deliverable.contract.status == Contract.Status.DELIVERED
    return is_delivered and bool(deliverable.status == Deliverable.Status.SUBMITTED)


@guard(_("成果由您交付，须由另一人验收"))
def another_person_decides(deliverable: Deliverable, by: User) -> bool:
    return deliverable.document.uploaded_by_id != by.pk


@guard(_("逾期还没有超过容忍期"), rule="service.late_tolerance")
def lateness_is_beyond_tolerance(contract: Contract, at: datetime) -> bool:
    return contract.late_from is not None and at >= contract.late_from


@guard(_("逾期已经记录"))
def lateness_is_not_recorded(contract: Contract) -> bool:
    return contract.late_recorded_at is None


def may_deliver(contract: Contract, document: Document | None) -> tuple[Verdict, ...]:
    """Ask everything that must hold before a result is handed over; `document` may come later."""
    agency = contract.award.bid.agency_id
    return (
        contract_is_in_service(contract),
        *([document_is_own(document, agency)] if document else []),
    )


def may_accept_delivery(deliverable: Deliverable, by: User) -> tuple[Verdict, ...]:
    """Ask everything that must hold before a result is accepted."""
    return deliverable_awaits_a_decision(deliverable), another_person_decides(deliverable, by)


def may_return_delivery(deliverable: Deliverable, reasons: str, by: User) -> tuple[Verdict, ...]:
    """Ask everything that must hold before a result goes back for correction."""
    return *may_accept_delivery(deliverable, by), reasons_are_given(reasons)


def may_record_late(contract: Contract, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before late service is recorded."""
    return (
        contract_is_in_service(contract),
        lateness_is_beyond_tolerance(contract, at),
        lateness_is_not_recorded(contract),
    )
