"""Let a person write and publish pages."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.actions.people import make_editor
from cms.models import EDITORS
from marketplace.kernel import clock
from marketplace.parties import person


class Command(BaseCommand):
    """Make an editor of somebody who has an account; a second run changes nothing."""

    help = "Make an editor of the person with this user name (idempotent)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login", help="user name")

    def handle(self, *_args: Any, **options: Any) -> None:
        login = options["login"]
        user = person(login)
        if user is None:
            raise CommandError(f"There is no account {login}; it is opened at /accounts/signup/.")
        is_editor = user.groups.filter(name=str(EDITORS)).exists()
        if not is_editor:
            make_editor(user=user, by=None, at=clock.now())
        self.stdout.write(f"editor {login}: {'exists' if is_editor else 'created'}")
