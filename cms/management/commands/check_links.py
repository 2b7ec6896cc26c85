"""Say which links of the live pages lead nowhere, here and on other sites."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.outside import link_fetch
from cms.pages.links import broken_links, external_links, live_pages


class Command(BaseCommand):
    """Print one line for each link that leads nowhere; fail if there is one."""

    help = "Check the links of the live pages; --inside asks no other site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--inside", action="store_true", help="ask no other site")

    def handle(self, *_args: Any, **options: Any) -> None:
        pages = list(live_pages())
        lines = [f"{one.page.url} {one.address}: {one.why}" for one in broken_links(pages)]
        if not options["inside"]:
            lines += self._outside(external_links(pages))
        for line in lines:
            self.stdout.write(line)
        if lines:
            raise CommandError(f"{len(lines)} broken")

    @staticmethod
    def _outside(found: dict[str, list[Any]]) -> list[str]:
        fetch = link_fetch()
        problems = {address: fetch.problem(address) for address in found}
        return [
            f"{page.url} {address}: {problems[address]}"
            for address, pages in found.items()
            for page in pages
            if problems[address]
        ]
