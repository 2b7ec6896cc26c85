"""Write the published decisions as a signed file that another installation verifies offline."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from credit.actions.lists import own_key, signed_decisions
from credit.signed_lists import written
from marketplace.kernel import clock


class Command(BaseCommand):
    """Sign with CREDIT_SIGNING_KEY, and say the public key to give to others."""

    help = "Export the published decisions, signed (JWS, Ed25519)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        options["file"].write_text(signed_decisions(at=clock.now()))
        self.stdout.write(written(own_key().public_key()))
