"""Set up the pages that every installation begins with."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.actions.items import keep_in_step
from cms.actions.pages import HOME, ITEMS, NOTICES, Section, set_up_home
from cms.actions.people import set_up_editors
from marketplace.kernel import clock
from marketplace.management.commands._loading import aware

PAGES = Path(__file__).parents[2] / "data" / "pages.toml"


class Command(BaseCommand):
    """Set up the home page, its lists, a page for each item, and who writes; once."""

    help = (
        "Set up the home page with its lists, the pages of the items and the review (idempotent)."
    )

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
            titles={name: pages[name]["title"] for name in (HOME, NOTICES, ITEMS)},
            introduction=pages[HOME]["introduction"],
            sections=[Section(**row) for row in pages.get("section", ())],
            at=options["at"] or clock.now(),
        )
        editors = set_up_editors(home=home)
        keep_in_step()
        self.stdout.write(f"home page: {home.title}; editors: {editors.name}")
