"""Repeat a selection from its public evidence alone; no database is needed or asked."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from bidding.selection.evidence_report import add_arguments, report_file


class Command(BaseCommand):
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *, file: Path, digest: str | None, commitment: str | None, **_: Any) -> None:
        result = report_file(file, published_digest=digest, published_commitment=commitment)
        self.stdout.write("\n".join(result.lines))
        if not result.holds:
            sys.exit(1)
