"""
Where the lists of others come from by themselves: a port, and the folder that answers it.

`CREDIT_LISTS` names who answers: a class that is made without arguments and does what its Protocol
says. The default reads what lies in `EXCHANGE_DIR`; an adapter of a department's interface brings
the same files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from marketplace.exchange import ExchangeAway

NAMES = "credit_lists.json"


@dataclass(frozen=True)
class DeliveredList:
    """A file of a list in its published form, with the ground on which the list restricts."""

    kind: str
    basis: str
    file: str
    content: bytes
    is_whole: bool


class ListSource(Protocol):
    """Brings the lists of others."""

    def delivered(self) -> Sequence[DeliveredList]:
        """
        Return the newest file of each list, in the order in which they are taken over.

        Raises:
            ExchangeAway: it cannot say.
        """


class FolderLists:
    """Reads `credit_lists.json`: of each list its file in the same folder, basis and wholeness."""

    def delivered(self) -> Sequence[DeliveredList]:
        folder = Path(settings.EXCHANGE_DIR)
        if not (folder / NAMES).is_file():
            return []
        try:
            return list(_read(folder))
        except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
            raise ExchangeAway(NAMES) from error


def _read(folder: Path) -> Iterator[DeliveredList]:
    named = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    for kind, told in named.items():
        file = Path(told["file"]).name  # nothing beside the folder is read
        content = (folder / file).read_bytes()
        yield DeliveredList(kind, told["basis"], file, content, bool(told.get("is_whole", False)))


def list_source() -> ListSource:
    """Return who brings the lists of others."""
    made: ListSource = import_string(settings.CREDIT_LISTS)()
    return made
