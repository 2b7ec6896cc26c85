"""Load the official holidays and make-up working days from the package chinesecalendar."""

from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from chinese_calendar.constants import Holiday, holidays, workdays

from marketplace.actions.reference import load_calendar_days
from marketplace.kernel.due import settle_deadlines
from marketplace.management.commands._loading import LoadCommand
from marketplace.reference import differing_days, parse_calendar_source


class Command(LoadCommand):
    """
    Bring the calendar to the years that the installed chinesecalendar knows.

    Provisional deadlines that rest on a year published now are computed again and printed.
    """

    help = "Load holidays and make-up working days (idempotent)."

    def load(self, data: Path, at: datetime) -> None:
        origin = parse_calendar_source(self.text(data, "calendar.json"))
        years = range(origin.first_year, max(holidays).year + 1)
        days = differing_days(
            free=holidays,
            worked=workdays,
            years=years,
            names={holiday.value: holiday.chinese for holiday in Holiday},
            source=origin.source.format(version=version("chinesecalendar")),
        )
        own_source = origin.source.partition("{version}")[0]
        self.report(
            f"calendar {years[0]}-{years[-1]}",
            load_calendar_days(days, own_source=own_source, years=years),
        )
        for found in settle_deadlines(at):
            self.stdout.write(
                "{reference} {deadline}: {announced} -> {settled}{note}".format(
                    reference=found.reference,
                    note=" (provisional)" if found.is_provisional else "",
                    **found.as_data(),
                )
            )
