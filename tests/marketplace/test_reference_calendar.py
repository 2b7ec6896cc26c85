"""Where the working days come from, and which days differ from the week."""

from datetime import date

from marketplace.reference import (
    CalendarDay,
    CalendarSource,
    differing_days,
    parse_calendar_source,
)
from tests.reference_files import fault, text


def test_the_calendar_names_its_source_and_first_year():
    origin = parse_calendar_source(text("calendar.json"))

    assert origin == CalendarSource(
        "国务院办公厅年度节假日安排（数据取自 chinesecalendar {version}）", 2024
    )


def test_a_calendar_without_a_first_year_is_refused():
    assert fault(parse_calendar_source, '{"source": "x", "first_year": true}') == (
        1,
        "first_year",
        "missing_member",
        "",
    )


def test_only_days_that_differ_from_the_week_are_kept_in_order():
    thursday, saturday, sunday = date(2026, 10, 1), date(2026, 10, 3), date(2026, 9, 20)

    days = differing_days(
        free={saturday: "N", thursday: "N", date(2023, 10, 2): "N"},
        worked={sunday: "N"},
        years=range(2024, 2027),
        names={"N": "国庆节"},
        source="某来源",
    )

    assert days == (
        CalendarDay(sunday, is_workday=True, name="国庆节", source="某来源"),
        CalendarDay(thursday, is_workday=False, name="国庆节", source="某来源"),
    )
