"""The typed values that components are drawn from; docs/adr/0015-components.md says how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

Text = str | Promise
PAST, NOW, FUTURE, HELD = "past", "now", "future", "held"


@dataclass(frozen=True)
class Step:
    """
    One step of a timeline, or of a form in several pages.

    `prefix` stands before the moment (至, 预计); `note` beside it, or alone where none is known.
    """

    label: Text
    state: str = FUTURE
    at: datetime | None = None
    prefix: Text = ""
    note: Text = ""
    url: str = ""
