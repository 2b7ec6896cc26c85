"""Build the search indexes anew, from everything that is public."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.backends import indexes
from search.indexing import rebuild


class Command(BaseCommand):
    """Rebuild every index that this installation keeps; what fails is left out and logged."""

    help = (
        "Rebuild the search indexes; pages may be searched and changed meanwhile "
        "(exit code 1 when an entry could not be written)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-missing", action="store_true", help="leave alone an index that is built already"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        missing = 0
        for index in indexes():
            if options["if_missing"] and index.is_built():
                continue
            failed = rebuild(index)
            missing += failed
            self.stdout.write(
                f"{index.name}: rebuilt" + (f", {failed} entries failed" if failed else "")
            )
        if missing:
            sys.exit(1)
