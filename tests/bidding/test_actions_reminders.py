"""Whoever has something to do hears of it before its time is over, or of the lateness, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bidding.actions import reminders
from bidding.models import Award, Contract
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.due import run_due
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.deadlines import waiting
from tests.factories.bidding import (
    ACCEPT_DUE,
    REGISTER_DUE,
    SIGNED,
    AwardFactory,
    BidFactory,
    ContractFactory,
    TenderFactory,
)
from tests.factories.marketplace import AuthorityFactory, party

ONE_DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
D = OrderDeadline


@pytest.mark.django_db
def test_officers_of_the_place_hear_of_a_result_that_is_not_registered():
    tender = TenderFactory(closed=True)
    BidFactory(tender=tender)
    office = party(AuthorityFactory(), "operator")
    party(AuthorityFactory(), "regulator")

    run_due(tender.opening_at + 10 * ONE_DAY)

    message = Message.objects.get(kind="bidding/registration_overdue")
    assert (message.user, message.created_at) == (
        office.user,
        datetime(2026, 12, 1, tzinfo=CHINA),
    )
    assert message.url == f"/operator/tenders/{tender.slug}/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "kinds"),
    [
        (
            lambda: ContractFactory(active=True, remind_at=SIGNED),
            [("bidding/delivery_due_soon", "agency")],
        ),
        (
            lambda: ContractFactory(accepted=True, remind_at=SIGNED),
            [("bidding/rating_due_soon", "buyer")],
        ),
        (lambda: ContractFactory(delivered=True, remind_at=SIGNED), []),
        (lambda: ContractFactory(rated=True, remind_at=SIGNED), []),
    ],
)
def test_a_side_is_reminded_of_what_it_still_owes(make, kinds):
    contract = make()
    party(contract.award.bid.agency, "agency_manager")
    party(contract.award.tender.buyer, "buyer_manager")

    run_due(SIGNED)
    run_due(SIGNED + timedelta(hours=1))

    rows = Message.objects.filter(kind__endswith="due_soon")
    assert list(rows.values_list("kind", "organization__kind")) == kinds


@pytest.mark.django_db
def test_a_buyer_who_leaves_a_delivery_undecided_hears_of_it_once_and_nothing_is_accepted():
    contract = ContractFactory(delivered=True)
    buyer = party(contract.award.tender.buyer, "buyer_manager")
    party(contract.award.bid.agency, "agency_manager")

    run_due(ACCEPT_DUE + ONE_DAY)
    run_due(ACCEPT_DUE + 2 * ONE_DAY)

    message = Message.objects.get()
    assert (message.user, message.kind) == (buyer.user, "bidding/acceptance_overdue")
    assert (message.created_at, message.url) == (
        ACCEPT_DUE,
        f"/contracts/{contract.award.tender.slug}/",
    )
    assert message.subject == f"成果逾期没有验收：{contract.number}"
    assert "的成果应在 2027年6月13日 24:00 前验收，现已逾期。" in message.body
    entry = AuditEntry.objects.get(verb="contract.reminded")
    assert (entry.at, entry.before, entry.after) == (ACCEPT_DUE, "delivered", "delivered")
    contract.refresh_from_db()
    assert (contract.status, waiting(D.ACCEPTANCE)) == (Contract.Status.DELIVERED, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "remind"),
    [
        (
            lambda: AwardFactory(active=True, remind_at=SIGNED),
            lambda award, at: reminders.remind_of_signature(award=award, at=at),
        ),
        (
            lambda: ContractFactory(active=True, remind_at=SIGNED),
            lambda contract, at: reminders.remind_of_delivery(contract=contract, at=at),
        ),
        (
            lambda: ContractFactory(accepted=True, remind_at=SIGNED),
            lambda contract, at: reminders.remind_of_rating(contract=contract, at=at),
        ),
    ],
)
def test_nobody_is_reminded_before_the_moment_or_twice(
    make: Callable[[], Award | Contract], remind: Callable[[Award | Contract, datetime], object]
) -> None:
    row = make()

    with refused("reminder_is_due"):
        remind(row, SIGNED - MICROSECOND)
    remind(row, SIGNED)
    with refused("reminder_is_due"):
        remind(row, SIGNED)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.at) == (f"{row._meta.model_name}.reminded", SIGNED)
    assert (entry.before, entry.after, entry.by) == (row.status, row.status, None)


@pytest.mark.django_db
def test_lateness_is_told_from_the_end_on_and_once() -> None:
    tender, contract = TenderFactory(evaluated=True), ContractFactory(delivered=True)

    with refused("lateness_is_to_be_told"):
        reminders.remind_of_registration(tender=tender, at=REGISTER_DUE - MICROSECOND)
    reminders.remind_of_registration(tender=tender, at=REGISTER_DUE)
    with refused("lateness_is_to_be_told"):
        reminders.remind_of_registration(tender=tender, at=REGISTER_DUE)
    with refused("lateness_is_to_be_told"):
        reminders.remind_of_acceptance(contract=contract, at=ACCEPT_DUE - MICROSECOND)
    reminders.remind_of_acceptance(contract=contract, at=ACCEPT_DUE)
    with refused("lateness_is_to_be_told"):
        reminders.remind_of_acceptance(contract=contract, at=ACCEPT_DUE)
