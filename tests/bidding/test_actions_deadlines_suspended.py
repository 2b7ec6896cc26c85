"""An order that is suspended stands still, and runs on with as many days as it had left."""

from datetime import date, datetime, timedelta

import pytest

from bidding.actions.deadlines import CHECK
from bidding.models import Contract, Tender
from bidding.models.deadlines import OrderDeadline as D
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.deadlines import MATTER, resume_matter, suspend_matter
from marketplace.kernel.due import due_works, next_deadline, run_due, settle_deadlines
from marketplace.kernel.models import CalendarDay, Deadline
from tests.clock import NOON
from tests.factories.bidding import (
    ACCEPT_DUE,
    DEADLINE,
    DELIVERED,
    GRACE,
    OPENING,
    ContractFactory,
    TenderFactory,
    load_reference,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=CHINA)
LATER = datetime(2026, 12, 3, tzinfo=CHINA)


def matter(tender: Tender) -> str:
    return f"tender/{tender.slug}"


def acts(at: datetime) -> dict[str, int]:
    """Run the schedule, and return what it did about deadlines."""
    done = run_due(at)
    done.pop("effects", None)
    return done


def suspend(tender: Tender, at: datetime) -> list[Deadline]:
    return suspend_matter(matter(tender), [work.kind for work in due_works()], at)


def resume(tender: Tender, at: datetime) -> list[Deadline]:
    return resume_matter(matter(tender), [work.kind for work in due_works()], at)


@pytest.mark.parametrize(
    ("unit", "days", "end"),
    [
        ("working_day", 5, datetime(2026, 12, 31, tzinfo=CHINA)),
        ("calendar_day", 7, datetime(2026, 12, 31, tzinfo=CHINA)),
        ("month", 7, datetime(2027, 1, 16, tzinfo=CHINA)),
    ],
)
def test_a_service_is_given_back_days_of_its_own_unit(unit: str, days: int, end: datetime) -> None:
    """From Friday to Friday five working days pass, and seven of the others."""
    load_reference()
    contract = ContractFactory(active=True)
    tender = contract.award.tender
    Tender.objects.filter(pk=tender.pk).update(service_time=1, service_unit=unit)
    friday = datetime(2026, 12, 11, 9, tzinfo=CHINA)

    suspend(tender, friday)
    resume(tender, friday + timedelta(days=7))

    row = Contract.objects.get().deadline(D.SERVICE)
    assert row is not None
    assert (row.paused_days, row.ends_at) == (days, end)


def test_a_suspended_order_stands_still_and_ends_later_by_the_working_days_that_passed() -> None:
    load_reference()
    tender, other = TenderFactory(active=True), TenderFactory(active=True)

    stopped = suspend(tender, NOON)

    assert sorted(row.kind for row in stopped) == [D.OPENING, D.SIGN_UP]
    assert acts(OPENING) == {"tender.sign_up": 1, "tender.opening": 1}
    assert Tender.objects.get(pk=tender.pk).status == Tender.Status.ACTIVE
    assert Tender.objects.get(pk=other.pk).status == Tender.Status.UNSUCCESSFUL
    assert next_deadline(NOON) is None

    resume(tender, MONDAY)

    tender.refresh_from_db()
    assert (tender.tender_period_end, tender.opening_at) == (LATER, LATER + GRACE)
    assert next_deadline(NOON) == (LATER + GRACE, D.SIGN_UP.label)
    assert acts(LATER + GRACE) == {"tender.sign_up": 1, "tender.opening": 1}
    assert Tender.objects.get(pk=tender.pk).closed_at == LATER


def test_what_had_ended_before_the_suspension_is_done_all_the_same() -> None:
    tender = TenderFactory(active=True)

    assert [row.kind for row in suspend(tender, DEADLINE)] == [D.OPENING]
    assert acts(OPENING) == {"tender.sign_up": 1}
    assert Tender.objects.get().closed_at == DEADLINE


def test_a_suspension_twice_and_a_resumption_of_what_runs_change_nothing() -> None:
    tender = TenderFactory(active=True)

    assert resume(tender, NOON) == []
    suspend(tender, NOON)
    assert suspend(tender, MONDAY) == []

    assert set(Deadline.objects.values_list("suspended_at", "suspended_by")) == {(NOON, MATTER)}
    tender.refresh_from_db()
    assert tender.tender_period_end == DEADLINE


def test_a_check_goes_on_standing_still_when_the_order_runs_on() -> None:
    load_reference()
    contract = ContractFactory(delivered=True)
    tender = contract.award.tender

    assert [row.kind for row in suspend(tender, DELIVERED)] == [D.ACCEPTANCE]
    resume(tender, DELIVERED + timedelta(days=9))

    contract = Contract.objects.get()
    assert contract.accept_due_at == ACCEPT_DUE + timedelta(days=9)
    assert contract.deadline(D.SERVICE).suspended_by == CHECK


def test_holidays_published_while_it_stood_still_are_in_and_those_after_it_are_settled() -> None:
    load_reference()
    end = datetime(2026, 12, 31, tzinfo=CHINA)
    published = datetime(2026, 12, 25, 10, tzinfo=CHINA)
    tender = TenderFactory(active=True, published_at=published, tender_period_end=end)
    suspend(tender, datetime(2026, 12, 28, 10, tzinfo=CHINA))

    resume(tender, datetime(2026, 12, 30, 10, tzinfo=CHINA))
    tender.refresh_from_db()
    assert tender.tender_period_end == datetime(2027, 1, 2, tzinfo=CHINA)
    assert tender.is_end_provisional
    for day in (date(2027, 1, 1), date(2027, 10, 1)):
        CalendarDay.objects.create(day=day, is_workday=False, name="节日", source="test")

    settle_deadlines(datetime(2026, 12, 30, 18, tzinfo=CHINA))

    tender.refresh_from_db()
    assert tender.tender_period_end == datetime(2027, 1, 5, tzinfo=CHINA)
    assert not tender.is_end_provisional
