"""Load the province, its cities and counties."""

from datetime import datetime
from pathlib import Path

from marketplace.actions.reference import load_divisions
from marketplace.kernel.calendar import day_of
from marketplace.management.commands._loading import LoadCommand
from marketplace.reference import parse_divisions


class Command(LoadCommand):
    """Bring the divisions to what divisions.json says."""

    help = "Load the administrative divisions (idempotent)."

    def load(self, data: Path, at: datetime) -> None:
        text = self.text(data, "divisions.json")
        self.report("divisions", load_divisions(parse_divisions(text), on=day_of(at)))
