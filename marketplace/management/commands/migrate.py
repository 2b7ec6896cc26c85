"""Django's migrate, followed by the triggers that a migration of SQLite silently drops."""

from typing import Any

from django.core.management.commands.migrate import Command as MigrateCommand

from marketplace.kernel import triggers


class Command(MigrateCommand):
    """Migrate, then install the append-only triggers (idempotent)."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            triggers.install(options["database"])
