"""The provisional deadlines of a contract, computed again when a year is published."""

from datetime import date, datetime, timedelta

import pytest

from bidding.actions.contracts import accept_delivery, deliver, return_delivery
from bidding.actions.ratings import Scores, close_rating, rate
from bidding.models import Contract, Deliverable
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.deadlines import Settled
from marketplace.kernel.due import settle_deadlines
from marketplace.models import Message
from tests.bidding.new_year import KIND, LOADED, NEW_YEAR, YEAR_END, day, publish_2027, told
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.deadlines import settle_one
from tests.factories.bidding import (
    ContractFactory,
    load_reference,
)
from tests.factories.marketplace import UserFactory, party
from tests.uploads import upload

pytestmark = pytest.mark.django_db


def contract_in_service(**changed: object) -> Contract:
    """Return a contract of eleven working days, signed at the year's end."""
    load_reference()
    return ContractFactory(
        active=True,
        **{
            "signed_at": YEAR_END,
            "service_due_at": day(1, 15),
            "late_from": day(1, 29),
            "is_due_provisional": True,
            **changed,
        },
    )


def delivered(contract: Contract, at: datetime) -> Deliverable:
    return deliver(contract=contract, files=[upload()], note="", by=UserFactory(), at=at)


def test_service_and_tolerance_move_behind_the_holidays_in_each() -> None:
    contract = contract_in_service()
    publish_2027(NEW_YEAR, date(2027, 1, 25))

    [found] = settle_deadlines(LOADED)

    contract.refresh_from_db()
    assert (found.deadline, found.before, found.after) == (
        "contract.service",
        day(1, 15),
        day(1, 16),
    )
    assert (contract.service_due_at, contract.late_from) == (day(1, 16), day(2, 2))
    assert not contract.is_due_provisional


def test_when_the_service_is_due_already_only_the_tolerance_moves() -> None:
    contract = contract_in_service()
    publish_2027(date(2027, 1, 25))

    [found] = settle_deadlines(day(1, 15))

    contract.refresh_from_db()
    assert (found.deadline, found.after) == ("contract.tolerance", day(1, 30))
    assert (contract.service_due_at, contract.late_from) == (day(1, 15), day(1, 30))


def test_the_days_of_a_check_that_ended_in_a_return_are_kept() -> None:
    contract = contract_in_service()
    at = day(1, 6) + timedelta(hours=9)
    made = delivered(contract, day(1, 4) + timedelta(hours=9))
    return_delivery(deliverable=made, reasons="缺图。", by=UserFactory(), at=at)
    contract.refresh_from_db()
    assert (contract.service_due_at, contract.late_from) == (day(1, 19), day(2, 2))
    publish_2027(date(2027, 1, 11))

    settle_deadlines(at)

    contract.refresh_from_db()
    assert (contract.service_due_at, contract.late_from) == (day(1, 20), day(2, 3))


def test_a_return_on_the_day_of_the_delivery_leaves_the_deadline_provisional() -> None:
    contract = contract_in_service()
    made, at = delivered(contract, YEAR_END), YEAR_END + timedelta(hours=2)
    return_delivery(deliverable=made, reasons="缺图。", by=UserFactory(), at=at)
    contract.refresh_from_db()
    assert (contract.service_due_at, contract.late_from) == (day(1, 15), day(1, 29))
    assert contract.is_due_provisional
    publish_2027(NEW_YEAR)

    settle_deadlines(LOADED)

    contract.refresh_from_db()
    assert (contract.service_due_at, contract.late_from) == (day(1, 16), day(1, 30))
    assert not contract.is_due_provisional


def test_a_return_after_the_publication_brings_in_the_holidays_of_the_time_between() -> None:
    contract = contract_in_service()
    made = delivered(contract, YEAR_END)
    publish_2027(NEW_YEAR, date(2027, 1, 25))
    assert settle_deadlines(LOADED) == []

    return_delivery(deliverable=made, reasons="缺图。", by=UserFactory(), at=LOADED)

    contract.refresh_from_db()
    assert (contract.service_due_at, contract.late_from) == (day(1, 16), day(2, 2))
    assert contract.deadline(OrderDeadline.SERVICE).remind_at == day(1, 14)
    assert not contract.is_due_provisional


def test_the_time_for_the_rating_moves_after_the_acceptance() -> None:
    contract = contract_in_service()
    made = delivered(contract, YEAR_END + timedelta(hours=1))
    accept_delivery(deliverable=made, by=UserFactory(), at=YEAR_END + timedelta(hours=2))
    contract.refresh_from_db()
    assert (contract.rating_due_at, contract.is_due_provisional) == (day(1, 21), True)
    publish_2027(NEW_YEAR)

    [found] = settle_deadlines(LOADED)

    contract.refresh_from_db()
    assert (found.deadline, found.after) == ("contract.rating", day(1, 22))
    assert (contract.rating_due_at, contract.is_due_provisional) == (day(1, 22), False)


def test_a_delivered_contract_has_no_deadline() -> None:
    load_reference()
    contract = ContractFactory(delivered=True, is_due_provisional=True)

    with refused("deadline_still_runs"):
        settle_one(OrderDeadline.SERVICE, contract, YEAR_END)


FIVE = Scores(quality=5, attitude=5, timeliness=5, charges=5, conduct=5)


@pytest.mark.parametrize(
    ("side", "kind"),
    [("buyer", OrderDeadline.AMENDMENT), ("agency", OrderDeadline.AGENCY_AMENDMENT)],
)
def test_the_time_to_amend_moves_and_both_sides_are_told(side: str, kind: OrderDeadline) -> None:
    load_reference()
    contract, by = ContractFactory(accepted=True), UserFactory()
    for one in (contract.award.tender.buyer, contract.award.bid.agency):
        party(one, f"{one.kind}_manager")
    rate(contract=contract, side=side, scores=FIVE, comment="", by=by, at=YEAR_END)
    publish_2027(NEW_YEAR)

    assert settle_deadlines(LOADED) == [
        Settled(contract.number, kind.value, day(1, 5), day(1, 6), is_provisional=False)
    ]

    contract.refresh_from_db()
    found = contract.deadline(kind)
    assert (found.ends_at, found.is_provisional) == (day(1, 6), False)
    assert str(kind.label) in Message.objects.filter(kind=KIND).first().subject
    assert len(told()) == 2
    rate(contract=contract, side=side, scores=FIVE, comment="", by=by, at=day(1, 5))
    with refused("rating_can_be_amended"):
        rate(contract=contract, side=side, scores=FIVE, comment="", by=by, at=day(1, 6))


def test_after_a_silence_the_archive_waits_for_the_settled_moment() -> None:
    load_reference()
    contract = ContractFactory(accepted=True, rating_due_at=YEAR_END)
    close_rating(contract=contract, at=YEAR_END)
    publish_2027(NEW_YEAR)

    settle_deadlines(LOADED)

    contract.refresh_from_db()
    amendment = contract.deadline(OrderDeadline.AMENDMENT)
    assert (amendment.ends_at, amendment.is_provisional) == (day(1, 6), False)
    assert contract.deadline(OrderDeadline.ARCHIVE).ends_at == day(1, 6)


def test_the_time_for_the_agencys_rating_moves_also_after_the_buyers() -> None:
    load_reference()
    contract = ContractFactory(
        rated=True, accepted_at=YEAR_END, rating_due_at=day(1, 21), is_due_provisional=True
    )
    publish_2027(NEW_YEAR)

    settle_deadlines(LOADED)

    contract.refresh_from_db()
    assert (contract.rating_due_at, contract.is_due_provisional) == (day(1, 22), False)


def test_an_amendment_that_has_ended_or_that_nobody_has_begun_is_refused() -> None:
    load_reference()
    contract = ContractFactory(rated=True, is_amend_provisional=True)

    with refused("deadline_still_runs"):
        settle_one(OrderDeadline.AMENDMENT, contract, contract.amend_until)
    with refused("deadline_is_provisional", "deadline_still_runs"):
        settle_one(OrderDeadline.AGENCY_AMENDMENT, contract, NOON)
