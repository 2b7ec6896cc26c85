"""Close the platform for maintenance, and open it again."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import make_aware

from marketplace.web import maintenance
from marketplace.web.maintenance import Maintenance


class Command(BaseCommand):
    """Every process of this machine that shares DATA_DIR sees it at its next request."""

    help = "on: answer every page with 503; off: serve again; without either: say which it is."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("state", nargs="?", choices=("on", "off"))
        parser.add_argument("--until", default="", help="when it ends, as 2026-11-30T06:00")
        parser.add_argument("--reason", default="", help="what readers are told, in Chinese")

    def handle(self, *, state: str | None, until: str, reason: str, **_options: Any) -> None:
        if state == "on":
            maintenance.announce(Maintenance(_moment(until), reason))
        elif state == "off":
            maintenance.end()
        self.stdout.write("closed" if maintenance.announced() else "open")


def _moment(text: str) -> datetime | None:
    """Return the moment that `text` names, on the platform's own clock face."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"No moment: {text}") from error
    return moment if moment.tzinfo else make_aware(moment)
