"""The service under a contract: delivery, acceptance or return, and lateness."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bidding import links
from bidding.actions.conduct import note_conduct
from bidding.actions.deadlines import ACCEPTANCE, CHECK, PAYMENT, RATING, SERVICE, TOLERANCE
from bidding.actions.telling import tell, tell_both
from bidding.guards.contracts import (
    may_decide_delivery,
    may_deliver,
    may_record_late,
)
from bidding.guards.tenders import reasons_are_given
from bidding.guards.versions import award_as_seen
from bidding.models import Contract, Deliverable
from credit.models import Conduct
from marketplace.actions.documents import store_all, stores_files
from marketplace.actions.performance import enter_order
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.verdicts import Verdict, require
from marketplace.models import Organization, User

CLOCK = (SERVICE, TOLERANCE)
"""What stands still while the buyer checks a delivery."""


@stores_files
@transaction.atomic
def deliver(
    *,
    contract: Contract,
    files: Iterable[UploadedFile],
    note: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Deliverable:
    """
    Hand the result over; the service clock stands still until the buyer decides.

    The first of `files` is the result, the others belong to it. A refusal leaves nothing of them.

    Raises:
        Refused: a guard in `may_deliver` or of the file does not hold.
    """
    agency = Organization.objects.lock(contract.award.bid.agency_id)
    contract = Contract.objects.lock(contract.pk)
    require(*may_deliver(contract, at), *award_as_seen(contract.award, seen))
    document, *attached = store_all(files, organization=agency, by=by, at=at)
    _record_overdue(contract, at)
    before = contract.status
    contract.deliver(at=at)
    contract.save()
    deadlines.suspend(CLOCK, contract, at, why=CHECK, also_ended=True)
    deadlines.start(ACCEPTANCE, contract, at)
    deliverable = Deliverable.objects.create(
        contract=contract, document=document, note=note.strip(), delivered_at=at
    )
    deliverable.attachments.set(attached)
    record(
        by=by,
        verb="contract.delivered",
        target=contract,
        at=at,
        organization=agency,
        before=before,
        document=document.sha256,
        attachments=[one.sha256 for one in attached],
    )
    _tell(contract, contract.award.tender.buyer, "bidding/delivered", at)
    return deliverable


@transaction.atomic
def accept_delivery(
    *, deliverable: Deliverable, by: User, at: datetime, seen: str | None = None
) -> Deliverable:
    """
    Sign for the result: the service has ended, and the time for the ratings begins.

    A delivery in time goes on the agency's record.

    Raises:
        Refused: a guard in `may_decide_delivery` does not hold.
    """
    contract, deliverable = _lock_delivery(deliverable, by, at, seen)
    deliverable.accept(at=at, by=by)
    deliverable.save()
    tender = contract.award.tender
    before = contract.status
    contract.accept(at=at)
    contract.save()
    for kind in (*CLOCK, ACCEPTANCE):
        deadlines.stop(kind, contract, at)
    deadlines.start(RATING, contract, at)
    if contract.payer:
        deadlines.start(PAYMENT, contract, at)
    record(
        by=by,
        verb="contract.accepted",
        target=contract,
        at=at,
        organization=tender.buyer,
        before=before,
    )
    if _was_in_time(contract, deliverable):
        agency = contract.award.bid.agency
        occurred_at = deliverable.delivered_at
        note_conduct(contract.award, agency, Conduct.ON_TIME, occurred_at=occurred_at, at=at)
    _enter_performance(contract, by, at)
    _tell(contract, contract.award.bid.agency, "bidding/delivery_accepted", at)
    return deliverable


def _enter_performance(contract: Contract, by: User, at: datetime) -> None:
    """Put the work on the agency's record of what it has done."""
    tender = contract.award.tender
    if tender.code is None or tender.item.service_class is None:
        return
    enter_order(
        agency=contract.award.bid.agency,
        tender_code=tender.code,
        title=tender.title,
        client=tender.buyer.name,
        service_class=tender.item.service_class,
        amount=contract.amount,
        completed_on=day_of(at),
        by=by,
        at=at,
    )


@transaction.atomic
def return_delivery(
    *, deliverable: Deliverable, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Deliverable:
    """
    Send the result back for correction; the service clock runs on without the days of the check.

    Raises:
        Refused: a guard in `may_decide_delivery` does not hold, or no reason is given.
    """
    contract, deliverable = _lock_delivery(deliverable, by, at, seen, reasons_are_given(reasons))
    deliverable.send_back(at=at, by=by, reasons=reasons.strip())
    deliverable.save()
    before = contract.status
    contract.send_back()
    contract.save()
    deadlines.resume(CLOCK, contract, at, why=CHECK)
    deadlines.drop(ACCEPTANCE, contract)
    record(
        by=by,
        verb="contract.returned",
        target=contract,
        at=at,
        organization=contract.award.tender.buyer,
        before=before,
        reasons=deliverable.return_reasons,
    )
    _tell(contract, contract.award.bid.agency, "bidding/delivery_returned", at)
    return deliverable


@transaction.atomic
def record_late(*, contract: Contract, at: datetime) -> Contract:
    """
    Note once that the service is late beyond the tolerance; `at` is the end of the tolerance.

    Raises:
        Refused: a guard in `may_record_late` does not hold.
    """
    Organization.objects.lock(contract.award.bid.agency_id)
    contract = Contract.objects.lock(contract.pk)
    require(*may_record_late(contract, at))
    _note_late(contract, at)
    return contract


def _record_overdue(contract: Contract, at: datetime) -> None:
    """Note the lateness of a locked contract before it is delivered, if the schedule has not."""
    late_from = contract.late_from
    if contract.late_recorded_at is None and late_from is not None and late_from <= at:
        _note_late(contract, late_from)


def _note_late(contract: Contract, at: datetime) -> None:
    contract.late_recorded_at = at
    contract.save()
    deadlines.rest(TOLERANCE, contract)
    record(by=None, verb="contract.late", target=contract, at=at, before=contract.status)
    agency = contract.award.bid.agency
    note_conduct(contract.award, agency, Conduct.LATE_SERVICE, occurred_at=at, at=at)
    tell_both(contract.award, kind="bidding/service_late", at=at)


def _lock_delivery(
    deliverable: Deliverable, by: User, at: datetime, seen: str | None, *more: Verdict
) -> tuple[Contract, Deliverable]:
    """Lock winner and contract, and read the delivery anew, if it may be decided."""
    Organization.objects.lock(deliverable.contract.award.bid.agency_id)
    contract = Contract.objects.lock(deliverable.contract_id)
    deliverable = Deliverable.objects.get(pk=deliverable.pk)
    require(
        *may_decide_delivery(contract, deliverable, by, at),
        *more,
        *award_as_seen(contract.award, seen),
    )
    return contract, deliverable


def _was_in_time(contract: Contract, deliverable: Deliverable) -> bool:
    due = contract.service_due_at
    return due is not None and deliverable.delivered_at < due


def _tell(contract: Contract, organization: Organization, kind: str, at: datetime) -> None:
    tell(
        organization=organization,
        kind=kind,
        at=at,
        url=links.to_contract(contract.award),
        tender=contract.award.tender,
        contract=contract,
    )
