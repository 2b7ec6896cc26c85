"""Compute provisional deadlines again when a year's holidays are published."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from bidding import links, periods
from bidding.actions.deadlines import service_deadlines
from bidding.actions.locking import lock_award
from bidding.actions.telling import tell, tell_bidders, tell_both, tell_operators
from bidding.models import Award, Contract, Evaluation, Tender
from bidding.rulebook import rules_for
from bidding.selection.methods import method_of
from marketplace.guards.deadlines import may_settle_deadline
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import Deadline, WorkCalendar
from marketplace.kernel.deadlines import Settled, settle_each, settled
from marketplace.kernel.declarations import Rules
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.verdicts import require

RATING = (Contract.Status.ACCEPTED, Contract.Status.RATED)
AMENDMENT: dict[str, tuple[str, str]] = {
    Evaluation.Side.BUYER: ("amend_until", "is_amend_provisional"),
    Evaluation.Side.AGENCY: ("agency_amend_until", "is_agency_amend_provisional"),
}
"""For each side the field until when it may amend its rating, and whether that is provisional."""


def settle_deadlines(*, at: datetime) -> list[Settled]:
    """Settle every provisional deadline of an order that still runs at `at`."""
    tenders = Tender.objects.filter(is_end_provisional=True, status=Tender.Status.ACTIVE)
    awards = Award.objects.filter(
        is_end_provisional=True, status__in=[Award.Status.PENDING, Award.Status.ACTIVE]
    )
    contracts = Contract.objects.filter(
        is_due_provisional=True, status__in=[Contract.Status.ACTIVE, *RATING]
    )
    opened = Tender.objects.filter(is_register_due_provisional=True, status=Tender.Status.EVALUATED)
    return [
        *settle_each(tenders.order_by("pk"), lambda row: settle_sign_up(tender=row, at=at)),
        *settle_each(opened.order_by("pk"), lambda row: settle_registration(tender=row, at=at)),
        *settle_each(awards.order_by("pk"), lambda row: settle_award(award=row, at=at)),
        *settle_each(contracts.order_by("pk"), lambda row: settle_contract(contract=row, at=at)),
        *_settle_amendments(at),
    ]


def _settle_amendments(at: datetime) -> list[Settled]:
    rated = Contract.objects.filter(status__in=RATING).order_by("pk")
    found: list[Settled] = []
    for side, (_end, flag) in AMENDMENT.items():
        provisional = rated.filter(**{flag: True})
        found += settle_each(provisional, partial(_settle_amendment, side=side, at=at))
    return found


def _settle_amendment(contract: Contract, *, side: str, at: datetime) -> Settled | None:
    return settle_amendment(contract=contract, side=side, at=at)


@transaction.atomic
def settle_sign_up(*, tender: Tender, at: datetime) -> Settled | None:
    """
    Settle the end of an order's sign-up; the opening moves with it.

    Returns None when nothing has changed: the year that it rests on is not published yet.

    Raises:
        Refused: it is not provisional, or has ended.
    """
    tender = Tender.objects.lock(tender.pk)
    end = tender.tender_period_end if tender.status == Tender.Status.ACTIVE else None
    require(*may_settle_deadline(tender.is_end_provisional, end, at))
    assert end is not None  # noqa: S101 - the guard has asked
    assert tender.published_at is not None  # noqa: S101 - a constraint: it was published
    method, rules = method_of(tender), rules_for(tender, at)
    computed = method.period_end(tender, tender.published_at, rules, _calendar())
    found = settled(tender.reference, "tender_period_end", end, computed)
    if _is_unchanged(found):
        return None
    tender.tender_period_end = found.after
    tender.opening_at = method.opening_at(found.after, rules)
    tender.is_end_provisional = found.is_provisional
    tender.save()
    _record(tender, found, at)
    if found.has_moved:
        told = _told(tender, found)
        url = links.to_tender(tender)
        tell(
            organization=tender.buyer,
            kind="bidding/deadline_settled",
            at=at,
            url=url,
            tender=tender,
            **told,
        )
        tell_bidders(tender, kind="bidding/deadline_settled", at=at, **told)
    return found


@transaction.atomic
def settle_registration(*, tender: Tender, at: datetime) -> Settled | None:
    """
    Settle until when the officers register a result; the reminder of it moves with it.

    Returns None when nothing has changed.

    Raises:
        Refused: it is not provisional, or has ended.
    """
    tender = Tender.objects.lock(tender.pk)
    runs = tender.status == Tender.Status.EVALUATED
    end = tender.register_due_at if runs else None
    require(*may_settle_deadline(tender.is_register_due_provisional, end, at))
    assert end is not None  # noqa: S101 - the guard has asked
    assert tender.evaluated_at is not None  # noqa: S101 - a constraint: it was opened
    computed = periods.register_due(tender.evaluated_at, rules_for(tender, at), _calendar())
    found = settled(tender.reference, "register_due_at", end, computed)
    if _is_unchanged(found):
        return None
    tender.register_due_at = found.after
    tender.is_register_due_provisional = found.is_provisional
    if tender.remind_at is not None:
        tender.remind_at = found.after
    tender.save()
    _record(tender, found, at)
    if found.has_moved:
        tell_operators(tender, kind="bidding/deadline_settled", at=at, **_told(tender, found))
    return found


@transaction.atomic
def settle_award(*, award: Award, at: datetime) -> Settled | None:
    """
    Settle the end of a result's publicity, or after the letter the time for the signature.

    Returns None when nothing has changed.

    Raises:
        Refused: it is not provisional, or has ended.
    """
    award = lock_award(award)
    is_pending = award.status == Award.Status.PENDING
    name = "publicity_ends_at" if is_pending else "contract_due_at"
    runs = is_pending or award.status == Award.Status.ACTIVE
    end: datetime | None = getattr(award, name) if runs else None
    require(*may_settle_deadline(award.is_end_provisional, end, at))
    assert end is not None  # noqa: S101 - the guard has asked
    rules, calendar = rules_for(award.tender, at), _calendar()
    found = settled(award.tender.reference, name, end, _award_deadline(award, rules, calendar))
    if _is_unchanged(found):
        return None
    setattr(award, name, found.after)
    award.is_end_provisional = found.is_provisional
    if award.awarded_at is not None:
        _move_reminder(award, award.awarded_at, found.after, rules, calendar)
    award.save()
    _record(award, found, at)
    if found.has_moved:
        tell_both(award, kind="bidding/deadline_settled", at=at, **_told(award, found))
    return found


@transaction.atomic
def settle_contract(*, contract: Contract, at: datetime) -> Settled | None:
    """
    Settle the time for the service with its tolerance, or after the acceptance that for the rating.

    Returns None when nothing has changed.

    Raises:
        Refused: it is not provisional, or has ended.
    """
    award = lock_award(contract.award)
    contract = Contract.objects.lock(contract.pk)
    in_service = contract.status == Contract.Status.ACTIVE
    end = contract.late_from if in_service else contract.rating_due_at
    runs = in_service or contract.status in RATING
    require(*may_settle_deadline(contract.is_due_provisional, end if runs else None, at))
    rules, calendar = rules_for(award.tender, at), _calendar()
    settle = _settle_service if in_service else _settle_rating
    found = settle(contract, rules, calendar, at)
    if _is_unchanged(found):
        return None
    contract.is_due_provisional = found.is_provisional
    contract.save()
    _record(contract, found, at)
    if found.has_moved:
        tell_both(award, kind="bidding/deadline_settled", at=at, **_told(contract, found))
    return found


@transaction.atomic
def settle_amendment(*, contract: Contract, side: str, at: datetime) -> Settled | None:
    """
    Settle until when a side may amend its rating; the archive waits for it.

    Returns None when nothing has changed.

    Raises:
        Refused: it is not provisional, or has ended.
    """
    award = lock_award(contract.award)
    contract = Contract.objects.lock(contract.pk)
    name, flag = AMENDMENT[side]
    end: datetime | None = getattr(contract, name) if contract.status in RATING else None
    require(*may_settle_deadline(getattr(contract, flag), end, at))
    assert end is not None  # noqa: S101 - the guard has asked
    rules, calendar = rules_for(award.tender, at), _calendar()
    computed = periods.amend_due(_rated_at(contract, side), rules, calendar)
    found = settled(contract.number, name, end, computed)
    if _is_unchanged(found):
        return None
    setattr(contract, name, found.after)
    setattr(contract, flag, found.is_provisional)
    contract.save()
    _record(contract, found, at)
    if found.has_moved:
        tell_both(award, kind="bidding/deadline_settled", at=at, **_told(contract, found))
    return found


def _rated_at(contract: Contract, side: str) -> datetime:
    """Return when a side gave its first rating, or when its silence was recorded."""
    first = contract.evaluations.filter(side=side, version=1).first()
    moment = contract.rated_at if first is None else first.rated_at
    assert moment is not None  # noqa: S101 - its end of the amendment is set with either
    return moment


def _settle_service(
    contract: Contract, rules: Rules, calendar: WorkCalendar, at: datetime
) -> Settled:
    """Move the service's end, unless it has passed, and that of the tolerance after it."""
    signed_at, end, late_from = contract.signed_at, contract.service_due_at, contract.late_from
    assert signed_at and end and late_from  # noqa: S101, PT018 - a constraint: it is signed
    due, late = service_deadlines(contract, rules, calendar)
    tolerance = settled(contract.number, "late_from", late_from, late)
    contract.late_from = tolerance.after
    if at >= end:
        return tolerance
    computed = replace(due, provisional=late.provisional)
    found = settled(contract.number, "service_due_at", end, computed)
    contract.service_due_at = found.after
    _move_reminder(contract, signed_at, found.after, rules, calendar)
    return found if found.has_moved else tolerance


def _settle_rating(
    contract: Contract,
    rules: Rules,
    calendar: WorkCalendar,
    at: datetime,  # noqa: ARG001 - as for the service
) -> Settled:
    accepted_at, end = contract.accepted_at, contract.rating_due_at
    assert accepted_at and end  # noqa: S101, PT018 - a constraint: it is accepted
    computed = periods.rating_due(accepted_at, rules, calendar)
    found = settled(contract.number, "rating_due_at", end, computed)
    contract.rating_due_at = found.after
    _move_reminder(contract, accepted_at, found.after, rules, calendar)
    return found


def _award_deadline(award: Award, rules: Rules, calendar: WorkCalendar) -> Deadline:
    if award.awarded_at is None:
        return periods.result_publicity_end(award.published_at, rules, calendar)
    return periods.sign_due(award.awarded_at, rules, calendar)


def _move_reminder(
    row: Award | Contract, start: datetime, end: datetime, rules: Rules, calendar: WorkCalendar
) -> None:
    """Let a reminder that was not given yet move with its deadline."""
    if row.remind_at is not None:
        row.remind_at = periods.reminder_at(start, end, rules, calendar)


def _calendar() -> WorkCalendar:
    return CalendarDay.objects.work_calendar()


def _is_unchanged(found: Settled) -> bool:
    return found.is_provisional and not found.has_moved


def _record(row: Tender | Award | Contract, found: Settled, at: datetime) -> None:
    record(
        by=None,
        verb=f"{row._meta.model_name}.deadline_settled",
        target=row,
        at=at,
        before=row.status,
        **found.as_data(),
    )


def _told(row: Tender | Award | Contract, found: Settled) -> dict[str, Any]:
    """Return what the message says beside the order."""
    label = row._meta.get_field(found.deadline).verbose_name  # type: ignore[union-attr]
    return {"label": label, "settled": found}
