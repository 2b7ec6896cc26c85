"""Ask of the whole database what must hold of it at rest."""

import sys
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from marketplace.kernel import clock
from marketplace.kernel.invariants import INVARIANTS, breaches

NAMED = 20


class Command(BaseCommand):
    """Print each statement that does not hold, with the rows that break it."""

    help = "Ask what must hold of the whole database at rest (exit code 1 when something does not)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rest",
            type=int,
            default=settings.EFFECT_LEASE_SECONDS,
            metavar="SECONDS",
            help="what became due this long ago must be done; shorter while nobody works",
        )

    def handle(self, *, rest: int, **_options: Any) -> None:
        found = list(breaches(clock.now() - timedelta(seconds=rest)))
        for breach in found:
            self.stdout.write(f"{breach.invariant.name}: {breach.invariant.sentence}")
            for row in breach.rows[:NAMED]:
                self.stdout.write(f"  {row}")
            if len(breach.rows) > NAMED:
                self.stdout.write(f"  … {len(breach.rows) - NAMED}")
        if found:
            sys.exit(1)
        self.stdout.write(f"{len(list(INVARIANTS))} invariants hold")
