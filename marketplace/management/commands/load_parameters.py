"""Load the values of the rulebook."""

from datetime import datetime
from pathlib import Path

from marketplace.actions.parameters import load_parameters
from marketplace.kernel.calendar import day_of
from marketplace.management.commands._loading import LoadCommand
from marketplace.reference import parse_parameters


class Command(LoadCommand):
    """Bring the rule values to what parameters.csv says; a stored value is never rewritten."""

    help = "Load the rulebook's parameters (idempotent)."

    def load(self, data: Path, at: datetime) -> None:
        text = self.text(data, "parameters.csv")
        self.report("parameters", load_parameters(parse_parameters(text), on=day_of(at)))
