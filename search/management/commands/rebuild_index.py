"""Build the search indexes anew, from everything that is public."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.indexing import Outcome, rebuild_all


class Command(BaseCommand):
    """Rebuild every index that this installation keeps; what fails is left out and logged."""

    help = (
        "Rebuild the search indexes; pages may be searched and changed meanwhile "
        "(exit code 1 when an index could not be rebuilt or an entry not be written)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-missing", action="store_true", help="leave alone an index that is built already"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        outcomes = rebuild_all(if_missing=options["if_missing"])
        for outcome in outcomes:
            self.stdout.write(_line(outcome))
        if not all(outcome.is_complete for outcome in outcomes):
            sys.exit(1)


def _line(outcome: Outcome) -> str:
    if outcome.error:
        return f"{outcome.index}: failed ({outcome.error})"
    failed = f", {outcome.missing} entries failed" if outcome.missing else ""
    return f"{outcome.index}: rebuilt{failed}"
