"""Load the values of the rulebook."""

from datetime import datetime
from pathlib import Path

from marketplace.actions.reference import load_parameters
from marketplace.management.commands._loading import LoadCommand
from marketplace.reference import parse_parameters


class Command(LoadCommand):
    """Bring the rule values to what parameters.csv says; a stored value is never rewritten."""

    help = "Load the rulebook's parameters (idempotent)."

    def load(self, data: Path, at: datetime) -> None:  # noqa: ARG002 - rows carry their own day
        text = (data / "parameters.csv").read_text(encoding="utf-8")
        self.report("parameters", load_parameters(parse_parameters(text)))
