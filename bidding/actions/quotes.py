"""Quote in the hall of a live auction: decided and numbered under the lock of its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from bidding.actions.deadlines import HALL
from bidding.guards.bids import may_act_for, tender_is_not_suspended
from bidding.guards.halls import (
    agency_has_a_seat,
    form_is_sent_once,
    hall_is_there,
    may_quote,
    price_is_as_seen,
)
from bidding.models import Bid, Hall, Quote, Seat, Tender
from bidding.rulebook import rules_for
from bidding.selection.auction import Hall as State
from bidding.selection.auction import opened, quoted, ran_on
from bidding.selection.methods import hall_rules_of
from marketplace.kernel import deadlines
from marketplace.kernel.inserts import insert
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, User


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """
    What somebody sends: an amount, and what makes one form count once.

    `seen` is the price that the page showed, None where nobody looked at a page.
    """

    amount: Decimal
    key: UUID
    by: User
    seen: str | None = None


@transaction.atomic
def place_quote(
    *,
    tender: Tender,
    agency: Organization,
    attempt: Attempt,
    clock: Callable[[], datetime],
) -> Quote:
    """
    Record a quote of `agency`, or return the one that was recorded under the same key.

    `clock` is read when the order's lock is held, so that quotes are ordered by the lock, and none
    is recorded from the end of the hall on. The row of the quote is what the record of a hall
    consists of: number, moment, person.

    Raises:
        Refused: there is no open hall, the agency has no seat, the price has changed, or a guard in
            `may_quote` does not hold.
    """
    agency = Organization.objects.lock(agency.pk)
    tender = Tender.objects.lock(tender.pk)
    hall = tender.hall
    seat = None if hall is None else _seat_of(hall, agency)
    if seat and (before := Quote.objects.filter(seat=seat, key=attempt.key).first()):
        require(form_is_sent_once(before, attempt.amount))
        return before
    require(hall_is_there(hall), tender_is_not_suspended(tender))
    assert hall is not None  # noqa: S101 - the guard has asked
    bid = Bid.objects.own(tender, agency)
    require(
        agency_has_a_seat(seat.number if seat else None, bid),
        *may_act_for(agency, attempt.by, tender.item),
    )
    assert seat is not None  # noqa: S101 - the guard has asked
    made = _quote(hall, seat, attempt, state_of(tender, hall), clock())
    deadlines.end_now(HALL, tender, made.ends_at)
    return made


def run_hall_on(tender: Tender, since: datetime, at: datetime) -> None:
    """Give the open hall of a locked order a whole countdown again, after it has stood still."""
    hall = tender.hall if tender.status == Tender.Status.BIDDING else None
    if hall is None or hall.ended_at is not None:
        return
    state = ran_on(state_of(tender, hall), max(since, hall.opened_at), at)
    hall.moved_at, hall.ends_at, hall.closes_at = state.moved_at, state.ends_at, state.closes_at
    hall.save(update_fields=["moved_at", "ends_at", "closes_at"])


def _seat_of(hall: Hall, agency: Organization) -> Seat | None:
    return Seat.objects.filter(hall=hall, bid__agency=agency).first()


def _quote(hall: Hall, seat: Seat, attempt: Attempt, state: State, at: datetime) -> Quote:
    """Decide in a locked hall and write what follows."""
    amount, bidder = attempt.amount, str(seat.number)
    require(*may_quote(state, bidder, amount, at))
    if attempt.seen is not None:
        require(price_is_as_seen(state, attempt.seen))
    after = quoted(state, bidder, amount, at)
    hall.price, hall.moved_at, hall.ends_at = after.price, at, after.ends_at
    hall.quote_count += 1
    hall.save(update_fields=["price", "moved_at", "ends_at", "quote_count"])
    return insert(
        Quote(
            hall=hall,
            seat=seat,
            number=hall.quote_count,
            amount=amount,
            quoted_at=at,
            ends_at=after.ends_at,
            quoted_by=attempt.by,
            key=attempt.key,
        )
    )


def state_of(tender: Tender, hall: Hall) -> State:
    """
    Return where a hall stands by its rules, from its row and the last quotes of those who lead.

    Its bidders are the numbers of the seats.
    """
    at = tender.published_at
    assert at is not None  # noqa: S101 - a constraint: a hall is of a published order
    state = opened(hall_rules_of(tender, rules_for(tender, at)), hall.opened_at)
    last: dict[str, Decimal] = {}
    if hall.price is not None:
        leading = Quote.objects.filter(hall=hall, amount=hall.price).order_by("number")
        numbers = leading.values_list("seat__number", flat=True)
        last = {str(number): hall.price for number in numbers}
    return replace(
        state,
        ends_at=hall.ends_at,
        moved_at=hall.moved_at,
        closes_at=hall.closes_at,
        price=hall.price,
        last=last,
    )
