"""List the work after a commit that fails again and again, for whoever runs the platform."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from marketplace.kernel.models import Effect

OFTEN = 3


class Command(BaseCommand):
    """Print each open effect that has failed often, and on demand let all of them rest no more."""

    help = "List the effects that keep failing (exit code 1 when there are any)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--failed", type=int, default=OFTEN, help="at least so many failures")
        parser.add_argument(
            "--retry", action="store_true", help="let the next sweep try them all, when mended"
        )

    def handle(self, *, failed: int, retry: bool, **_options: Any) -> None:
        failing = Effect.objects.failed_often(failed)
        for effect in failing:
            self.stdout.write(
                f"{effect.pk} {effect.kind} due {effect.due_at.isoformat()}, "
                f"{effect.attempt_count} failures: {effect.last_error}"
            )
        if retry:
            failing.update(next_attempt_at=None)
        elif failing.exists():
            sys.exit(1)
