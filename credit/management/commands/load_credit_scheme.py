"""Load the credit scheme of the province."""

from datetime import datetime
from pathlib import Path

from credit.actions.schemes import load_scheme
from marketplace.management.commands._loading import LoadCommand

FILE = "credit_scheme.json"


class Command(LoadCommand):
    """Store the version of the scheme that credit_scheme.json states; a stored one stays."""

    help = "Load the province's credit scheme (idempotent)."

    def load(self, data: Path, at: datetime) -> None:
        self.report("credit scheme", load_scheme(text=self.text(data, FILE), file=FILE, at=at))
