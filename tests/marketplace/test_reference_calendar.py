"""Where the working days come from, and which days differ from the week."""

from datetime import date

from marketplace.reference import (
    CalendarDay,
    CalendarSource,
    differing_days,
    parse_calendar_days,
    parse_calendar_source,
    refuse_half_years,
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


DAYS = "day,is_workday,name,source\n"
OCTOBER = "2027-10-01,false,国庆节,某通知\n"


def test_days_are_told_that_differ_from_the_week():
    [day] = parse_calendar_days(f"{DAYS}{OCTOBER}")

    assert day == CalendarDay(date(2027, 10, 1), is_workday=False, name="国庆节", source="某通知")
    for row, expected in (
        ("2027-10-02,false,国庆节,某通知\n", (2, "is_workday", "as_the_week")),
        ("2027-10-08,true,国庆节,某通知\n", (2, "is_workday", "as_the_week")),
        ("2027-10-01,no,国庆节,某通知\n", (2, "is_workday", "unknown")),
        (OCTOBER * 2, (3, "day", "duplicate")),
    ):
        assert fault(parse_calendar_days, f"{DAYS}{row}")[:3] == expected


def test_a_year_is_told_of_whole():
    def whole(text):
        return refuse_half_years(parse_calendar_days(text))

    whole(f"{DAYS}{OCTOBER}2027-01-01,false,元旦,某通知\n")

    assert fault(whole, f"{DAYS}{OCTOBER}2028-01-03,false,元旦,某通知\n") == (
        *(0, "day", "not_a_whole_year"),
        "2028",
    )
