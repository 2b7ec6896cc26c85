"""Django's migrate, followed by the triggers that a migration of SQLite silently drops."""

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connections

from marketplace.kernel import garbage, roles, triggers


class Command(MigrateCommand):
    """
    Migrate, then install the triggers (idempotent).

    With DATABASE_OWNER_URL it is the owner of the tables who does this, and the role of
    DATABASE_URL is granted what the program needs of them.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
        elif settings.DATABASE_OWNER_URL:
            with roles.as_owner(settings.DATABASE_OWNER_URL, options["database"]) as role:
                self.migrate(*args, **options)
                roles.grant(role, options["database"])
        else:
            self.migrate(*args, **options)

    def migrate(self, *args: Any, **options: Any) -> None:
        """Do what Django does, between the triggers of before and those of now."""
        if connections[options["database"]].vendor == "sqlite":
            triggers.remove_naming_others(options["database"])
        with garbage.looked_for_seldom():
            super().handle(*args, **options)
        triggers.install(options["database"])
