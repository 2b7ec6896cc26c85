"""Write the texts that an installation begins with."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.actions.content import NoPlace, load_content
from cms.models import HomePage

CONTENT = Path(__file__).parents[2] / "data" / "content.toml"


class Command(BaseCommand):
    """Write guides, answers, policies and statements; a second run changes nothing."""

    help = "Write the guides, answers, policies and statements that are not there yet (idempotent)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, default=CONTENT, help="file with the texts")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not HomePage.objects.exists():
            raise CommandError("There is no home page; run load_pages first.")
        try:
            rows = tomllib.loads(options["data"].read_text(encoding="utf-8-sig"))["page"]
            made = load_content(rows)
        except (OSError, ValueError, KeyError, NoPlace) as error:
            raise CommandError(f"{options['data']}: {error!r}") from error
        self.stdout.write(f"texts: {made} written, {len(rows) - made} there")
