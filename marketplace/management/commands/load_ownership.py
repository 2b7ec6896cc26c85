"""Load who owns, runs and represents whom, from a file that a registry handed over."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path

from marketplace.actions.ownership import load_ownership
from marketplace.management.commands._loading import LoadCommand
from marketplace.models import Division
from marketplace.reference import parse_ownership


class Command(LoadCommand):
    """Bring the ties of the units in a file to what it says."""

    help = "Load ownership, management and representation of units (idempotent)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--file", default="ownership.csv", help="name of the file in --data")

    def handle(self, *args: object, **options: object) -> None:
        self.file = str(options["file"])
        super().handle(*args, **options)

    def load(self, data: Path, at: datetime) -> None:
        areas = set(Division.objects.values_list("pk", flat=True))
        ties = parse_ownership(self.text(data, self.file), areas, self.file)
        self.report("ties", load_ownership(ties, source=self.file, at=at))
