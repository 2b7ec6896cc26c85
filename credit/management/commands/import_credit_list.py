"""Import a list that others keep of those who broke faith, from a file in its published form."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from credit.actions.lists import import_list, import_signed_decisions
from credit.models import ListKind
from credit.signed_lists import NotSigned, public_key
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Refused
from marketplace.reference import BadReferenceData


class Command(BaseCommand):
    """Take over a file; with a public key, the signed file of another installation."""

    help = "Import an external credit list (idempotent), or with --key another platform's file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=ListKind.values)
        parser.add_argument("--basis", default="")
        parser.add_argument("--whole", action="store_true", help="what is missing was removed")
        parser.add_argument("--key", default="", help="public key of the installation that signed")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        at = clock.now()
        try:
            if options["key"]:
                key = public_key(options["key"])
                outcome = import_signed_decisions(
                    content=path.read_bytes(), key=key, file=path.name, at=at
                )
            else:
                outcome = import_list(
                    content=path.read_bytes(),
                    kind=ListKind(options["kind"]),
                    basis=options["basis"],
                    file=path.name,
                    at=at,
                    is_whole=options["whole"],
                )
        except (BadReferenceData, NotSigned, OSError, ValueError) as error:
            raise CommandError(f"{path.name}: {error or type(error).__name__}") from error
        except Refused as refused:
            raise CommandError("; ".join(one.refusal for one in refused.verdicts)) from refused
        self.stdout.write(", ".join(f"{name} {value}" for name, value in vars(outcome).items()))
