"""What an officer sees of an application: how long it has waited, and what was looked at."""

from datetime import date, datetime, timedelta

import pytest

from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.durations import Duration
from marketplace.kernel.models.ends import Ends
from marketplace.models import Agency, Organization, Qualification
from marketplace.models.deadlines import AdmissionDeadline
from marketplace.named import Named
from marketplace.pages.admission_queue import beside, officer_checks, queue_rows, queue_tabs
from marketplace.pages.applications import Application
from marketplace.pages.certificates import CertificateRow
from marketplace.questions import Sanction
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory

DAY = timedelta(days=1)
CALENDAR = WorkCalendar(frozenset(), frozenset(), date(2026, 12, 31))
FIVE = Duration(5, "working_day")


def agency(**facts: object) -> Agency:
    """Return a submitted application that is not stored."""
    values = {"organization": Organization(), "submitted_at": NOON - DAY, **facts}
    return AgencyFactory.build(status=Agency.Status.SUBMITTED, **values)


def application(key: int, submitted_at: datetime, due_at: datetime) -> Application:
    """Return a submitted application."""
    named, ends = (
        Named("s", "机构", "", ""),
        Ends({(AdmissionDeadline.CHECK, key): (due_at, False)}),
    )
    status = Agency.Status.SUBMITTED
    return Application(key, named, ends, True, None, "", status, submitted_at, None)


def test_a_row_counts_working_days_after_the_day_of_the_submission_and_is_late_at_its_end() -> None:
    friday = application(1, NOON - 4 * DAY, NOON)
    monday = application(2, NOON - DAY, NOON + timedelta(microseconds=1))

    rows = queue_rows([friday, monday], NOON, CALENDAR, FIVE)

    assert [(row.age, row.limit, row.is_late) for row in rows] == [(2, 5, True), (1, 5, False)]
    assert [(row.awaits_check, row.is_in_publicity) for row in rows] == [(True, False)] * 2
    rows_beside = beside([friday, monday], Agency(pk=1), NOON)
    assert [(row.is_here, row.is_late) for row in rows_beside] == [(True, True), (False, False)]


def test_a_tab_counts_its_queue() -> None:
    tabs = queue_tabs({"submitted": 2, "publicity": 0}, "submitted")

    assert [(str(tab.label), tab.count, tab.is_on) for tab in tabs] == [
        ("待形式审核", 2, True),
        ("入驻公示", 0, False),
    ]


@pytest.mark.parametrize(
    ("facts", "words", "name", "tones"),
    [
        ({}, ["有效"], "", ["ok", "ok", "ok", "ok"]),
        (
            {"organization": Organization(has_valid_check_digit=False)},
            [],
            "",
            ["warn", "ok", "ok", "ok"],
        ),
        ({}, ["有效", "已过期"], "", ["ok", "warn", "ok", "ok"]),
        ({"business_until": date(2026, 11, 22)}, [], "", ["ok", "ok", "stop", "ok"]),
        ({"business_until": date(2026, 11, 23)}, [], "", ["ok", "ok", "ok", "ok"]),
        ({}, [], "另一家", ["ok", "ok", "ok", "stop"]),
    ],
    ids=["fine", "check digit", "expired", "term over", "term on its last day", "namesake"],
)
def test_the_officer_is_told_what_does_not_fit(
    facts: dict[str, object], words: list[str], name: str, tones: list[str]
) -> None:
    rows = [CertificateRow(Qualification(), word, NOON.date(), 30) for word in words]
    sanctions = [Sanction(Organization(name=name), "D1", NOON + DAY, "/x/")] if name else []

    checks = officer_checks(agency(**facts), rows, sanctions)

    assert [check.tone for check in checks] == tones
    assert [check.url for check in checks if check.url] == (["/x/"] if name else [])
