"""Let the demo province be searched: terms counted, a synonym, questions kept and told of."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace.kernel import clock
from search.demo import play


class Command(BaseCommand):
    """Fill in what people asked; done twice it changes nothing."""

    help = "Let the demo province be searched; run once its index is built (DEMO=1 only)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("What people asked of a demo is no statistics: DEMO=1 only.")
        self.stdout.write("searched" if play(clock.now()) else "searched before")
