"""Set up the pages that every installation begins with."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.actions import set_up_editors, set_up_home
from marketplace.kernel import clock
from marketplace.management.commands._loading import aware

PAGES = Path(__file__).parents[2] / "data" / "pages.toml"


class Command(BaseCommand):
    """Set up the home page and the list of notices; a second run changes nothing."""

    help = "Set up the home page and the list of notices (idempotent)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, default=PAGES, help="file with the titles")
        parser.add_argument(
            "--at", type=aware, help="moment of the set-up (ISO 8601 with offset); default: now"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            pages = tomllib.loads(options["data"].read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:  # not there, no UTF-8, no TOML
            raise CommandError(f"{options['data']}: {error}") from error
        home = set_up_home(
            title=pages["home"]["title"],
            introduction=pages["home"]["introduction"],
            notices_title=pages["notices"]["title"],
            at=options["at"] or clock.now(),
        )
        editors = set_up_editors(home=home)
        self.stdout.write(f"home page: {home.title}; editors: {editors.name}")
