"""The rulebook as it is shipped, each value of its kind, and a published year."""

from datetime import date
from pathlib import Path

from marketplace.kernel.calendar import WorkCalendar
from marketplace.kernel.declarations import Rules
from marketplace.kernel.rules import declaration_of
from marketplace.reference import parse_parameters

DATA = Path(__file__).resolve().parents[2] / "marketplace" / "data" / "parameters.csv"
ROWS = parse_parameters(DATA.read_text(encoding="utf-8"))
RULES = Rules({row.key: declaration_of(row.key).kind.read(row.value, row.unit) for row in ROWS})

C2026 = WorkCalendar(
    holidays=frozenset(
        [date(2026, 9, 25), *(date(2026, 10, day) for day in (1, 2, 5, 6, 7))],
    ),
    makeup_workdays=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    published_until=date(2026, 12, 31),
)
