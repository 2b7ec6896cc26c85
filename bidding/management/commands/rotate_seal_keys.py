"""Give the holders of shares new keys; what was wrapped with the old ones is wrapped anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bidding.actions.shares import missing_keys, rotate_key
from bidding.rules.openings import HOLDER
from bidding.sealing.keyring import KeyMissing
from marketplace.kernel import clock


class Command(BaseCommand):
    help = "Rotate the keys that wrap the shares of orders' keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("holders", nargs="+", choices=sorted(HOLDER.labels))
        parser.add_argument("--dry-run", action="store_true", help="say which keys are missing")

    def handle(self, *, holders: list[str], dry_run: bool, **_: Any) -> None:
        if dry_run:
            self.stdout.write("\n".join(map(str, missing_keys())) or "no key is missing")
            return
        for holder in holders:
            try:
                count = rotate_key(holder, clock.now())
            except KeyMissing as error:
                raise CommandError(f"{holder}: the key {error.args[-1]} is missing") from None
            self.stdout.write(f"{holder}: {count} shares wrapped anew")
