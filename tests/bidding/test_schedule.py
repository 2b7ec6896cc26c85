"""What becomes due is done as of its own deadline, however late or often the schedule runs."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bidding import schedule
from bidding.models import Award, Bid, Tender
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.due import next_deadline, run_due, run_rows
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON
from tests.deadlines import run, waiting
from tests.factories.bidding import (
    ACCEPT_DUE,
    DEADLINE,
    GRACE,
    LATE_FROM,
    OPENING,
    PUBLICITY_END,
    RATING_DUE,
    REGISTER_DUE,
    SIGN_DUE,
    AwardFactory,
    BidFactory,
    ContractFactory,
    OfferFactory,
    TenderFactory,
)

ONE_DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
WORKS = {work.kind.name: work for work in schedule.WORKS}
PAY_DUE = datetime(2027, 1, 16, tzinfo=CHINA)
REMINDED = datetime(2026, 12, 16, tzinfo=CHINA)
D = OrderDeadline


# --- one kind ---
ACTS = {
    D.SIGN_UP: (lambda: TenderFactory(active=True), OPENING),
    D.OPENING: (lambda: TenderFactory(closed=True), OPENING),
    D.REGISTRATION: (lambda: TenderFactory(evaluated=True), REGISTER_DUE + GRACE),
    D.PUBLICITY: (AwardFactory, PUBLICITY_END),
    D.SIGNATURE: (lambda: AwardFactory(active=True), SIGN_DUE + GRACE),
    D.TOLERANCE: (lambda: ContractFactory(active=True), LATE_FROM + GRACE),
    D.ACCEPTANCE: (lambda: ContractFactory(delivered=True), ACCEPT_DUE + GRACE),
    D.PAYMENT: (lambda: ContractFactory(archived=True, pay_due_at=PAY_DUE), PAY_DUE),
    D.RATING: (lambda: ContractFactory(accepted=True), RATING_DUE + GRACE),
    D.ARCHIVE: (lambda: ContractFactory(rated=True), RATING_DUE + GRACE),
}
REMINDERS = {
    D.SIGNATURE: lambda: AwardFactory(active=True, remind_at=REMINDED),
    D.SERVICE: lambda: ContractFactory(active=True, remind_at=REMINDED),
    D.RATING: lambda: ContractFactory(accepted=True, remind_at=REMINDED),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ACTS)
def test_what_follows_is_done_from_its_moment_on_and_once(kind):
    make, moment = ACTS[kind]
    make()

    assert run(kind, moment - MICROSECOND) == 0
    assert waiting(kind) == 1
    assert run(kind, moment) == 1
    assert waiting(kind) == 0
    assert run(kind, moment) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("kind", REMINDERS)
def test_a_reminder_is_given_from_its_moment_on_and_once(kind):
    REMINDERS[kind]()

    assert run(kind, REMINDED - MICROSECOND) == 0
    assert run(kind, REMINDED) == 1
    assert run(kind, REMINDED) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ACTS)
def test_the_next_moment_is_announced_unless_it_is_a_reminder(kind):
    make, moment = ACTS[kind]
    make()

    found = next_deadline(moment - MICROSECOND)
    assert found == (None if kind in UNANNOUNCED else (moment, FIRST.get(kind, kind).label))
    assert next_deadline(moment) is None


UNANNOUNCED = {D.REGISTRATION, D.PAYMENT}
"""What is only a reminder."""
FIRST = {D.OPENING: D.OPENING}
"""What is announced first where two fall together."""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deadline", "verb", "due"),
    [
        (D.REGISTRATION, "tender.reminded", REGISTER_DUE),
        (D.SIGNATURE, "award.unsigned", SIGN_DUE),
        (D.TOLERANCE, "contract.late", LATE_FROM),
        (D.ACCEPTANCE, "contract.reminded", ACCEPT_DUE),
        (D.RATING, "contract.not_rated", RATING_DUE),
        (D.ARCHIVE, "contract.archived", RATING_DUE),
    ],
)
def test_what_arrived_in_time_has_the_grace_to_get_in_before_its_absence_is_noted(
    deadline, verb, due
):
    make, _moment = ACTS[deadline]
    make()

    assert run(deadline, due + GRACE - MICROSECOND) == 0
    assert run(deadline, due + GRACE) == 1

    assert AuditEntry.objects.get(verb=verb).at == due


@pytest.mark.django_db
def test_the_grace_is_that_of_the_order():
    ContractFactory(accepted=True, grace=timedelta(seconds=90))

    assert next_deadline(RATING_DUE) == (RATING_DUE + timedelta(seconds=90), "评价期限")
    assert run(D.RATING, RATING_DUE + timedelta(seconds=89)) == 0


@pytest.mark.django_db
def test_the_platform_runs_these_steps():
    TenderFactory(active=True)

    assert next_deadline(NOON) == (OPENING, "报名截止")
    done = run_due(OPENING)
    done.pop("effects", None)
    assert done == {"tender.sign_up": 1, "tender.opening": 1}
    tender = Tender.objects.get()
    assert (tender.closed_at, tender.ended_at) == (DEADLINE, OPENING)
    assert next_deadline(NOON) is None


@pytest.mark.django_db
def test_a_row_that_cannot_be_handled_does_not_hold_up_the_others():
    broken, sound = TenderFactory(closed=True, seal=False), TenderFactory(closed=True)
    for tender in (broken, sound):
        BidFactory(tender=tender)

    assert run(D.OPENING, OPENING) == 1

    assert Tender.objects.get(pk=broken.pk).status == Tender.Status.CLOSED
    assert Tender.objects.get(pk=sound.pk).status == Tender.Status.EVALUATED


def leaks(caplog: pytest.LogCaptureFixture, bid: Bid) -> list[str]:
    """Return what the log tells of a sealed bid: its amount, its moment, its agency."""
    agency = bid.agency
    words = ["81234.56", "100000.01", "11:59", "12:00:00", agency.name, agency.slug, bid.slug]
    written = caplog.text + "".join(f"{record.msg} {record.args}" for record in caplog.records)
    return [word for word in words if word in written]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("offer", "place"),
    [
        ({"offered_at": DEADLINE}, "times at $.entrants[0].offered_at"),
        ({"amount": Decimal("100000.01")}, "limits at $.entrants[0].amount"),
    ],
    ids=["a moment", "an amount"],
)
def test_a_failed_opening_names_what_contradicts_and_no_sealed_value(caplog, offer, place):
    tender = TenderFactory(closed=True)
    bid = BidFactory(tender=tender, amount="81234.56")
    OfferFactory(bid=bid, **offer)

    assert run(D.OPENING, OPENING) == 0

    assert "due_row_failed" in caplog.text
    assert place in caplog.text
    assert "opening.py" in caplog.text
    assert leaks(caplog, bid) == []


@pytest.mark.django_db
def test_a_failed_opening_does_not_quote_what_another_error_says(caplog):
    tender = TenderFactory(closed=True)
    bid = BidFactory(tender=tender, amount="81234.56")

    def fail(*_given: object) -> None:
        raise ValueError(f"cannot store {bid.agency.name}, 81234.56")

    sealed = replace(WORKS[D.OPENING], act=fail)
    assert not run_rows({D.OPENING: sealed}, OPENING)

    assert "ValueError" in caplog.text
    assert leaks(caplog, bid) == []
    run_rows({D.OPENING: replace(sealed, is_sealed=False)}, OPENING)
    assert leaks(caplog, bid) == ["81234.56", bid.agency.name]


def test_the_steps_before_the_opening_are_sealed():
    assert [work.kind.name for work in schedule.WORKS if work.is_sealed] == [
        D.SIGN_UP,
        D.OPENING,
        D.HALL,
    ]


@pytest.mark.django_db
def test_rows_are_handled_in_the_order_of_their_deadlines():
    later = AwardFactory(publicity_ends_at=PUBLICITY_END + ONE_DAY)
    earlier = AwardFactory()

    run_due(PUBLICITY_END + 2 * ONE_DAY)

    assert Award.objects.get(pk=earlier.pk).letter_number == "JX360702-2026-L00001"
    assert Award.objects.get(pk=later.pk).letter_number == "JX360702-2026-L00002"
