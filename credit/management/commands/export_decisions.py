"""Write the published decisions as a signed file that another installation verifies offline."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from credit.actions.lists import signed_decisions
from credit.in_force import province
from credit.signed_lists import private_key, written
from marketplace.kernel import clock


class Command(BaseCommand):
    """Sign with CREDIT_SIGNING_KEY, and say the public key to give to others."""

    help = "Export the published decisions, signed (JWS, Ed25519)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.CREDIT_SIGNING_KEY:
            raise CommandError("CREDIT_SIGNING_KEY is not set")
        key = private_key(settings.CREDIT_SIGNING_KEY)
        text = signed_decisions(issuer=province().name, seed=key, at=clock.now())
        options["file"].write_text(text)
        self.stdout.write(written(key.public_key()))
