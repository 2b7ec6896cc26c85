"""Load all reference data, in the order in which the parts need each other."""

from datetime import datetime
from pathlib import Path

from django.core.management import call_command

from marketplace.management.commands._loading import LoadCommand

PARTS = (
    *("load_divisions", "load_place_codes", "load_laws"),
    *("load_catalogue", "load_calendar", "load_parameters"),
)


class Command(LoadCommand):
    """Run the six load commands."""

    help = "Load places, laws, catalogue, calendar and parameters (idempotent)."

    def load(self, data: Path, at: datetime) -> None:
        for part in PARTS:
            call_command(part, data=data, at=at, stdout=self.stdout)
