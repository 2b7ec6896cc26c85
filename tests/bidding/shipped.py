"""The rulebook as it is shipped, in the form `Rules.from_values` reads, and a published year."""

import csv
import json
from datetime import date
from pathlib import Path

from bidding.rules import Rules
from marketplace.kernel.calendar import WorkCalendar

DATA = Path(__file__).resolve().parents[2] / "marketplace" / "data" / "parameters.csv"

with DATA.open(encoding="utf-8", newline="") as rows:
    VALUES = {row["key"]: json.loads(row["value"]) for row in csv.DictReader(rows)}

RULES = Rules.from_values(VALUES)

C2026 = WorkCalendar(
    holidays=frozenset(
        [date(2026, 9, 25), *(date(2026, 10, day) for day in (1, 2, 5, 6, 7))],
    ),
    makeup_workdays=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    published_until=date(2026, 12, 31),
)
