"""Remind of a deadline before it ends, and the officers of one that has ended; once each."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding import links
from bidding.actions.telling import tell, tell_both, tell_operators
from bidding.guards.reminders import reminder_is_due
from bidding.models import Award, Contract, Tender
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require


@transaction.atomic
def remind_of_registration(*, tender: Tender, at: datetime) -> Tender:
    """
    Tell the officers of the place that a result should have been registered by now.

    Raises:
        Refused: it is registered, or they were told.
    """
    tender = Tender.objects.lock(tender.pk)
    require(reminder_is_due(tender, at))
    _note(tender, at)
    tell_operators(tender, kind="bidding/registration_overdue", at=at)
    return tender


@transaction.atomic
def remind_of_signature(*, award: Award, at: datetime) -> Award:
    """
    Remind both sides that the time for the signature ends soon.

    Raises:
        Refused: the contract is signed, or they were reminded.
    """
    award = Award.objects.lock(award.pk)
    require(reminder_is_due(award, at))
    _note(award, at)
    tell_both(award, kind="bidding/signature_due_soon", at=at)
    return award


@transaction.atomic
def remind_of_service(*, contract: Contract, at: datetime) -> Contract:
    """
    Remind the agency of the delivery, or after the acceptance the buyer of the rating.

    Raises:
        Refused: it is delivered or rated, or they were reminded.
    """
    contract = Contract.objects.lock(contract.pk)
    require(reminder_is_due(contract, at))
    _note(contract, at)
    award = contract.award
    is_in_service = contract.status == Contract.Status.ACTIVE
    tell(
        organization=award.bid.agency if is_in_service else award.tender.buyer,
        kind="bidding/delivery_due_soon" if is_in_service else "bidding/rating_due_soon",
        at=at,
        url=links.to_contract(award),
        tender=award.tender,
        contract=contract,
    )
    return contract


@transaction.atomic
def remind_of_acceptance(*, contract: Contract, at: datetime) -> Contract:
    """
    Tell the buyer that the result should have been accepted or returned by now.

    Nothing is accepted by silence: the rules set a time and no consequence.

    Raises:
        Refused: it is accepted or returned, or the buyer was told.
    """
    contract = Contract.objects.lock(contract.pk)
    require(reminder_is_due(contract, at))
    _note(contract, at)
    award = contract.award
    tell(
        organization=award.tender.buyer,
        kind="bidding/acceptance_overdue",
        at=at,
        url=links.to_contract(award),
        tender=award.tender,
        contract=contract,
    )
    return contract


def _note(row: Tender | Award | Contract, at: datetime) -> None:
    """Note that the reminder was given."""
    row.remind_at = None
    row.save()
    verb = f"{row._meta.model_name}.reminded"
    record(by=None, verb=verb, target=row, at=at, before=row.status)
