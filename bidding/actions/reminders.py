"""Remind of a deadline before it ends, and the officers of one that has ended; once each."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding import links
from bidding.actions.deadlines import ACCEPTANCE, RATING, REGISTRATION, SERVICE, SIGNATURE
from bidding.actions.telling import tell, tell_both, tell_operators
from bidding.guards.reminders import lateness_is_to_be_told, reminder_is_due
from bidding.models import Award, Contract, Tender
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import Organization


@transaction.atomic
def remind_of_registration(*, tender: Tender, at: datetime) -> Tender:
    """
    Tell the officers of the place that a result should have been registered by now.

    Raises:
        Refused: it is registered, or they were told.
    """
    tender = Tender.objects.lock(tender.pk)
    require(lateness_is_to_be_told(REGISTRATION.of(tender), at))
    deadlines.rest(REGISTRATION, tender)
    _record(tender, at)
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
    require(reminder_is_due(SIGNATURE.of(award), at))
    deadlines.reminded(SIGNATURE, award)
    _record(award, at)
    tell_both(award, kind="bidding/signature_due_soon", at=at)
    return award


@transaction.atomic
def remind_of_delivery(*, contract: Contract, at: datetime) -> Contract:
    """
    Remind the agency that the time for the service ends soon.

    Raises:
        Refused: it has delivered, or was reminded.
    """
    contract = Contract.objects.lock(contract.pk)
    require(reminder_is_due(SERVICE.of(contract), at))
    deadlines.reminded(SERVICE, contract)
    _record(contract, at)
    _tell(contract, contract.award.bid.agency, "bidding/delivery_due_soon", at)
    return contract


@transaction.atomic
def remind_of_rating(*, contract: Contract, at: datetime) -> Contract:
    """
    Remind the buyer that the time for the rating ends soon.

    Raises:
        Refused: it has rated, or was reminded.
    """
    contract = Contract.objects.lock(contract.pk)
    require(reminder_is_due(RATING.of(contract), at))
    deadlines.reminded(RATING, contract)
    _record(contract, at)
    _tell(contract, contract.award.tender.buyer, "bidding/rating_due_soon", at)
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
    require(lateness_is_to_be_told(ACCEPTANCE.of(contract), at))
    deadlines.rest(ACCEPTANCE, contract)
    _record(contract, at)
    _tell(contract, contract.award.tender.buyer, "bidding/acceptance_overdue", at)
    return contract


def _record(row: Tender | Award | Contract, at: datetime) -> None:
    verb = f"{row._meta.model_name}.reminded"
    record(by=None, verb=verb, target=row, at=at, before=row.status)


def _tell(contract: Contract, organization: Organization, kind: str, at: datetime) -> None:
    tell(
        organization=organization,
        kind=kind,
        at=at,
        url=links.to_contract(contract.award),
        tender=contract.award.tender,
        contract=contract,
    )
