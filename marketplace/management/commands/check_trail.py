"""Ask the whole trail whether an entry is gone or not what it was."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from marketplace.kernel import trail


class Command(BaseCommand):
    """Print the witness of each entry that is gone or not what it was."""

    help = "List the entries that are gone or were changed (exit code 1 when there are any)."

    def handle(self, **_options: Any) -> None:
        lost = list(trail.lost())
        for witness in lost:
            self.stdout.write(f"{witness.at.isoformat()} {witness}")
        if lost:
            sys.exit(1)
