"""The contract's text: put up by one side, confirmed or rejected by the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bidding import links
from bidding.actions.awards import record_overdue, still_restricted
from bidding.actions.conduct import report_changed_terms
from bidding.actions.deadlines import SERVICE, SIGNATURE, TOLERANCE
from bidding.actions.locking import lock_award, lock_award_and_ranked
from bidding.actions.outcomes import settle
from bidding.actions.requirements import ask_requirements
from bidding.actions.standing import Moment
from bidding.actions.telling import tell, tell_both
from bidding.guards.agencies import agency_is_licensed, agency_is_qualified
from bidding.guards.awards import may_upload_contract
from bidding.guards.contracts import (
    may_confirm,
    may_reject,
    open_upload,
)
from bidding.guards.payments import payer_by_law
from bidding.guards.people import named_people_still_serve
from bidding.guards.tenders import reasons_are_given
from bidding.guards.versions import award_as_seen
from bidding.models import Award, Contract, ContractUpload
from marketplace.actions.documents import store_all, stores_files
from marketplace.identifiers import contract_number
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import Sequence
from marketplace.kernel.verdicts import Refused, Verdict, require
from marketplace.models import Organization, User


def upload_contract(
    *,
    award: Award,
    organization: Organization,
    files: Iterable[UploadedFile],
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Contract:
    """
    Put up the text of a contract for the other side to confirm; its amount is the award's.

    The first of `files` is the text, the others are attached to it. A refusal leaves nothing of
    them.

    When the winner is restricted by now, the award is cancelled instead (that stays), and the
    refusal says so.

    Raises:
        Refused: a guard in `may_upload_contract` or of the file does not hold, or the winner is
            restricted or lacks what the item requires.
    """
    return settle(_upload(award, organization, files, by=by, at=at, seen=seen))


@stores_files
@transaction.atomic
def _upload(
    award: Award,
    organization: Organization,
    files: Iterable[UploadedFile],
    *,
    by: User,
    at: datetime,
    seen: str | None,
) -> Contract | Refused:
    award = lock_award_and_ranked(award)
    require(
        *may_upload_contract(award, organization, at),
        *award_as_seen(award, seen),
    )
    if barred := _barred(award, by=by, at=at):
        return Refused(barred)
    document, *attached = store_all(files, organization=organization, by=by, at=at)
    known = Contract.objects.filter(award=award).first()
    contract = known or _draft_contract(award, at)
    upload = ContractUpload.objects.create(
        contract=contract, document=document, organization=organization, uploaded_at=at
    )
    upload.attachments.set(attached)
    record(
        by=by,
        verb="contract.uploaded",
        target=contract,
        at=at,
        organization=organization,
        before=known.status if known else "",
        document=document.sha256,
        attachments=[one.sha256 for one in attached],
    )
    _tell_other_side(upload, "bidding/contract_uploaded", at)
    return contract


def _barred(award: Award, *, by: User, at: datetime) -> Verdict | None:
    """
    Ask whether the winner of a locked award may still sign, and keep what was answered.

    Who is restricted loses the award. Who lacks what the item requires, whose licence has run out,
    or whose people left, may put it right and sign then.
    """
    if restricted := still_restricted(award, Moment.CONTRACT, by=by, at=at):
        return restricted
    tender, agency = award.tender, award.bid.agency
    answer = ask_requirements(tender, [agency.pk], Moment.CONTRACT, at)[agency.pk]
    asked = (
        agency_is_licensed(agency, at),
        agency_is_qualified(agency, tender.item, at, answer),
        named_people_still_serve(award, at),
    )
    return next((verdict for verdict in asked if not verdict.holds), None)


def _draft_contract(award: Award, at: datetime) -> Contract:
    division, year = award.tender.division_id, day_of(at).year
    serial = Sequence.objects.next_value(f"contract/{division}/{year}")
    return Contract.objects.create(
        award=award,
        number=contract_number(division, year, serial),
        amount=award.amount,
        created_at=at,
    )


def confirm_contract(
    *,
    contract: Contract,
    organization: Organization,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Contract:
    """
    Confirm the other side's text: the contract is signed and on file, and the service clock runs.

    When the winner is restricted by now, the award is cancelled instead (that stays), and the
    refusal says so.

    Raises:
        Refused: a guard in `may_confirm` does not hold, or the winner is restricted or lacks what
            the item requires.
    """
    return settle(_confirm(contract, organization, by=by, at=at, seen=seen))


@transaction.atomic
def _confirm(
    contract: Contract,
    organization: Organization,
    *,
    by: User,
    at: datetime,
    seen: str | None,
) -> Contract | Refused:
    award = lock_award_and_ranked(contract.award)
    contract = Contract.objects.lock(contract.pk)
    require(
        *may_confirm(award, contract, organization, by, at),
        *award_as_seen(award, seen),
    )
    if barred := _barred(award, by=by, at=at):
        return Refused(barred)
    record_overdue(award, at)
    _answer(open_upload(contract), confirmed_at=at, confirmed_by=by)
    _sign(contract, at)
    before = award.status
    award.complete(at=at)
    award.save()
    deadlines.stop(SIGNATURE, award, at)
    record(by=by, verb="award.completed", target=award, at=at, before=before)
    record(
        by=by,
        verb="contract.signed",
        target=contract,
        at=at,
        organization=organization,
        before=Contract.Status.PENDING,
        number=contract.number,
    )
    tell_both(award, kind="bidding/contract_signed", at=at)
    return contract


def _sign(contract: Contract, at: datetime) -> None:
    """
    Start the service clock, where the service has one, and keep who pays by law from now on.

    On this platform signature and filing are one act.
    """
    contract.sign(at=at)
    contract.payer = payer_by_law(contract.award.tender.buyer, contract.award.bid.agency)
    contract.save()
    if contract.award.tender.service_period is not None:
        for kind in (SERVICE, TOLERANCE):
            deadlines.start(kind, contract, at)


@transaction.atomic
def reject_upload(  # noqa: PLR0913 - an answer has this many sides
    *,
    contract: Contract,
    organization: Organization,
    reasons: str,
    by: User,
    at: datetime,
    changes_the_award: bool = False,
    seen: str | None = None,
) -> Contract:
    """
    Say what is wrong with the other side's text; either side may put up another.

    A buyer's text that `changes_the_award` is handed down as a fact of the buyer, to be judged.

    Raises:
        Refused: a guard in `may_reject` does not hold, or no reason is given.
    """
    award = lock_award(contract.award)
    contract = Contract.objects.lock(contract.pk)
    require(
        *may_reject(award, contract, organization, at),
        reasons_are_given(reasons),
        *award_as_seen(award, seen),
    )
    upload = _answer(open_upload(contract), rejected_at=at, reject_reasons=reasons.strip())
    record(
        by=by,
        verb="contract.rejected",
        target=contract,
        at=at,
        organization=organization,
        before=contract.status,
        reasons=upload.reject_reasons,
    )
    if changes_the_award and upload.organization_id == award.tender.buyer_id:
        report_changed_terms(award, reasons=upload.reject_reasons, at=at)
    tell(
        organization=upload.organization,
        kind="bidding/contract_rejected",
        at=at,
        url=links.to_contract(contract.award),
        tender=contract.award.tender,
        upload=upload,
    )
    return contract


def _answer(upload: ContractUpload | None, **answer: object) -> ContractUpload:
    """Write the other side's answer on the open text; a guard has found that there is one."""
    assert upload is not None  # noqa: S101 - a guard: a text awaits an answer
    for name, value in answer.items():
        setattr(upload, name, value)
    upload.save(update_fields=[*answer])
    return upload


def _tell_other_side(upload: ContractUpload, kind: str, at: datetime) -> None:
    award = upload.contract.award
    sides = {award.tender.buyer_id: award.bid.agency, award.bid.agency_id: award.tender.buyer}
    tell(
        organization=sides[upload.organization_id],
        kind=kind,
        at=at,
        url=links.to_contract(award),
        tender=award.tender,
        award=award,
    )
