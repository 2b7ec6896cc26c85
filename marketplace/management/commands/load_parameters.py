"""Load the values of the rulebook."""

from datetime import datetime
from pathlib import Path

from marketplace.actions.admissions.expiry import look_ahead_of_those_without
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
        # a database that is older than the rule has agencies which no admission gave a deadline
        look_ahead_of_those_without(at)
