"""How the deadlines of a case move when a year's holidays are published."""

from datetime import date, datetime, timedelta

import pytest

from credit.actions import hear_statement
from credit.models.deadlines import CreditDeadline
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.deadlines import Settled
from marketplace.kernel.due import settle_deadlines
from marketplace.kernel.models import AuditEntry, CalendarDay
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.deadlines import settle_one
from tests.factories.credit import CaseFactory, notice
from tests.factories.deadlines import move_deadline
from tests.factories.marketplace import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
HOUR = timedelta(hours=1)
YEAR_END = datetime(2026, 12, 30, 10, tzinfo=CHINA)
LOADED = datetime(2026, 12, 30, 18, tzinfo=CHINA)


def test_past_the_published_calendar_deadlines_are_provisional():
    at = datetime(2026, 12, 28, 9, 0, tzinfo=CHINA)
    case = notice(at=at)

    assert case.is_due_provisional
    assert case.statement_due_at == datetime(2027, 1, 5, tzinfo=CHINA)


# --- a year's holidays are published ---
def publish_2027(*holidays):
    for day in {*holidays, date(2027, 10, 1)}:
        CalendarDay.objects.create(day=day, is_workday=False, name="节日", source="test")


def told_of_the_deadline():
    rows = Message.objects.filter(kind="credit/deadline_settled").order_by("organization")
    return list(rows.values_list("organization", "url"))


def test_the_time_for_a_statement_moves_behind_a_holiday_and_both_sides_are_told(agency, authority):
    case = notice(organization=agency, authority=authority, at=YEAR_END)
    announced, after = datetime(2027, 1, 7, tzinfo=CHINA), datetime(2027, 1, 8, tzinfo=CHINA)
    assert (case.statement_due_at, case.is_due_provisional) == (announced, True)
    publish_2027(date(2027, 1, 1))

    assert settle_deadlines(LOADED) == [
        Settled(case.number, "case.statement", announced, after, is_provisional=False)
    ]

    case.refresh_from_db()
    assert (case.statement_due_at, case.is_due_provisional) == (after, False)
    assert told_of_the_deadline() == [
        (agency.pk, f"/credit/record/cases/{case.slug}/"),
        (authority.pk, f"/regulator/cases/{case.slug}/"),
    ]
    message = Message.objects.filter(kind="credit/deadline_settled").first()
    assert message.subject == f"案件 {case.number} 的陈述申辩截止已重新计算"
    assert "由暂定的 2027年1月6日 24:00 改为 2027年1月7日 24:00。" in message.body
    entry = AuditEntry.objects.get(verb="case.deadline_settled")
    assert (entry.by, entry.at, entry.data["settled"]) == (None, LOADED, after.isoformat())
    assert settle_deadlines(LOADED) == []


def test_the_time_for_a_decision_moves_after_the_statement(agency, authority):
    case = notice(organization=agency, authority=authority, at=YEAR_END)
    at = YEAR_END + HOUR
    hear_statement(case=case, statement="情况属实。", by=UserFactory(), at=at)
    case.refresh_from_db()
    assert (case.decision_due_at, case.is_due_provisional) == (
        datetime(2027, 1, 14, tzinfo=CHINA),
        True,
    )
    publish_2027(date(2027, 1, 1))

    [found] = settle_deadlines(LOADED)

    case.refresh_from_db()
    assert found.deadline == "case.decision"
    assert (case.decision_due_at, case.is_due_provisional) == (
        datetime(2027, 1, 15, tzinfo=CHINA),
        False,
    )


def test_a_case_that_is_decided_or_sure_is_not_settled(agency, authority):
    decided = CaseFactory(decided=True)
    move_deadline(decided, CreditDeadline.DECISION, is_provisional=True)
    sure = CaseFactory()

    with refused("deadline_still_runs"):
        settle_one(CreditDeadline.DECISION, decided, NOON)
    with refused("deadline_is_provisional"):
        settle_one(CreditDeadline.STATEMENT, sure, NOON)
    assert settle_deadlines(NOON) == []
