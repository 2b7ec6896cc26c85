"""
Draw the tables of the pages of docs: layers that the linter holds, ways up, permissions.

`make docs` puts them between their marks; a test compares.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from marketplace.kernel.hooks import Answer, Way

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
PAGES = (PAGE, ROOT / "docs" / "permissions.md")


def main() -> None:
    """Write the pages anew with the tables as they are now."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.test")
    django.setup()
    for page in PAGES:
        page.write_text(redrawn(page.read_text(encoding="utf-8")), encoding="utf-8")


def redrawn(page: str) -> str:
    """Return `page` with the tables between their marks as they are now."""
    configuration = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    tables = {
        "layers": lambda: layers_table(configuration),
        "ways up": ways_table,
        "permissions": permissions_table,
    }
    for name, draw in tables.items():
        begin, end = f"<!-- begin: {name} -->\n", f"<!-- end: {name} -->"
        if begin not in page:
            continue
        table = draw()
        before, _mark, rest = page.partition(begin)
        _old, _mark, after = rest.partition(end)
        page = f"{before}{begin}{table}\n{end}{after}"
    return page


def layers_table(configuration: str) -> str:
    """Return one row for each contract of layers in `configuration` (TOML), the top layer first."""
    contracts = tomllib.loads(configuration)["tool"]["importlinter"]["contracts"]
    rows = [
        (", ".join(contract.get("containers", ["the apps"])), _downwards(contract["layers"]))
        for contract in contracts
        if contract["type"] == "layers"
    ]
    return _table(("Where", "What stands there, from the top down"), rows)


def _downwards(layers: list[str]) -> str:
    """Name the layers; `~` stands between modules of one layer that may know each other."""
    return " → ".join(layer.replace(" : ", " ~ ").replace(" | ", ", ") for layer in layers)


def ways_table() -> str:
    """Return one row for each way up that somebody answers, in the order of their names."""
    given: dict[Way[Any], list[str]] = {}
    for path in settings.WAYS_UP:
        for answer in import_module(path).WAYS_UP:
            given.setdefault(answer.way, []).extend(_names(path, answer))
    rows = [
        (f"`{way.name}`", _first_line(way.shape), "<br>".join(names))
        for way, names in sorted(given.items(), key=lambda pair: pair[0].name)
    ]
    return _table(("What is asked", "For", "Who answers, in this order"), rows)


def permissions_table() -> str:
    """Return one row for each permission, with the relations in which each role may."""
    drawn = import_module("docs.permission_table")  # its models need Django to be set up
    return _table(drawn.HEAD, drawn.permission_rows())


def _names(path: str, answer: Answer) -> list[str]:
    """Name functions by their paths; of other things say how many there are, and where."""
    if not all(callable(given) for given in answer.given):
        return [f"{len(answer.given)} in `{path}`"]
    return [f"`{given.__module__}.{given.__qualname__}`" for given in answer.given]


def _first_line(shape: type) -> str:
    return (getdoc(shape) or "").partition("\n")[0]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(_lines(head, rows))


def _lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    main()
