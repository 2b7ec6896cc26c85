"""What the load commands share: where the files are, a trial run, and how the result is printed."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, transaction

from marketplace.actions.parameters import RulesRefused
from marketplace.actions.reference import Outcomes
from marketplace.forms.reference import sentence_of
from marketplace.kernel import clock
from marketplace.reference import BadReferenceData, decoded

DATA = Path(__file__).parents[2] / "data"


class LoadCommand(BaseCommand):
    """A command that brings one part of the database to what its data files say."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would change")
        parser.add_argument("--data", type=Path, default=DATA, help="folder with the data files")
        parser.add_argument(
            "--at", type=aware, help="moment of publication (ISO 8601 with offset); default: now"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        at = options["at"] or clock.now()
        with rolled_back() if options["dry_run"] else nullcontext():
            try:
                self.load(options["data"], at)
            except BadReferenceData as error:
                raise CommandError(sentence_of(error)) from error
            except RulesRefused as error:
                raise CommandError(str(error)) from error
            except DataError as error:  # PostgreSQL: a text that is too long for its column
                raise CommandError(str(error)) from error
        if options["dry_run"]:
            self.stdout.write("dry run: nothing was written")

    def load(self, data: Path, at: datetime) -> None:
        """Read the files in `data`, write, and report."""
        raise NotImplementedError

    def text(self, data: Path, name: str) -> str:
        """
        Return the text of one file of the folder `data`, however an office program saved it.

        Raises:
            BadReferenceData: it is not there, or nothing that can be read.
        """
        try:
            return decoded((data / name).read_bytes(), name)
        except OSError as error:
            raise BadReferenceData(name, 0, "", "not_there", error.strerror or "") from error

    def report(self, name: str, outcomes: Outcomes) -> None:
        """Print one line: how many rows were created, updated, left unchanged, and so on."""
        counts = dict.fromkeys(("created", "updated", "unchanged"), 0) | dict(outcomes)
        self.stdout.write(
            f"{name}: " + ", ".join(f"{count} {what}" for what, count in counts.items())
        )


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo at the end of the block whatever it wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def aware(text: str) -> datetime:
    """Read a moment that names its offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ArgumentTypeError(text)
    return moment
