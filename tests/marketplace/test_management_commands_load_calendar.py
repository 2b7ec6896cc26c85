"""The calendar is that of chinesecalendar; what waited for a year of it is settled."""

from datetime import date, datetime

import pytest

from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import AuditEntry, CalendarDay
from tests.factories.marketplace import AgencyFactory
from tests.loading import load

pytestmark = pytest.mark.django_db


def test_the_calendar_holds_the_days_of_three_years_with_their_source():
    load("load_calendar")

    national_day = CalendarDay.objects.get(day=date(2026, 10, 1))
    assert (national_day.is_workday, national_day.name) == (False, "国庆节")
    assert national_day.source == "国务院办公厅年度节假日安排（数据取自 chinesecalendar 1.11.0）"
    assert CalendarDay.objects.get(day=date(2026, 2, 14)).is_workday is True
    assert CalendarDay.objects.work_calendar().published_until == date(2026, 12, 31)
    assert CalendarDay.objects.order_by("day").values_list("day", flat=True)[0].year == 2024


NEW_YEAR_2026 = "agency.check: 2026-01-02T00:00:00+08:00 -> 2026-01-05T00:00:00+08:00"


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.usefixtures("rules")
def test_a_year_that_is_published_settles_the_deadlines_that_waited_for_it(dry_run):
    CalendarDay.objects.exclude(day__year=2025).delete()
    agency = AgencyFactory(
        submitted=True,
        submitted_at=datetime(2025, 12, 30, 10, tzinfo=CHINA),
        check_due_at=datetime(2026, 1, 2, tzinfo=CHINA),
        is_due_provisional=True,
    )

    lines = load("load_calendar", at=datetime(2025, 12, 30, 18, tzinfo=CHINA), dry_run=dry_run)

    assert f"{agency.organization.uscc} {NEW_YEAR_2026}" in lines
    agency.refresh_from_db()
    assert agency.is_due_provisional is dry_run
    due = datetime(2026, 1, 2 if dry_run else 5, tzinfo=CHINA)
    assert agency.check_due_at == due
    assert AuditEntry.objects.exists() is not dry_run
