"""Django's migrate, followed by the triggers that a migration of SQLite silently drops."""

from typing import Any

from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connections

from marketplace.kernel import triggers


class Command(MigrateCommand):
    """Migrate, then install the triggers (idempotent)."""

    def handle(self, *args: Any, **options: Any) -> None:
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        if connections[options["database"]].vendor == "sqlite":
            triggers.remove_public(options["database"])
        super().handle(*args, **options)
        triggers.install(options["database"])
