"""Load what every code of GB/T 2260 means and meant, for parties from outside the province."""

from datetime import datetime
from pathlib import Path

from marketplace.actions.reference import load_place_codes
from marketplace.kernel.calendar import day_of
from marketplace.management.commands._loading import LoadCommand
from marketplace.reference import parse_place_codes, refuse_lost_successors


class Command(LoadCommand):
    """Bring the codes of the country to what place_codes.csv says."""

    help = "Load the division codes of the whole country (idempotent)."

    def load(self, data: Path, at: datetime) -> None:
        codes = parse_place_codes(self.text(data, "place_codes.csv"))
        refuse_lost_successors(codes)
        self.report("place codes", load_place_codes(codes, on=day_of(at)))
