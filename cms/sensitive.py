"""
What must not go public by mistake: a port, and the answer that a file gives.

`CONTENT_CHECK` names a class that does what `ContentCheck` says, such as a province's own service.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

PATTERNS = Path(__file__).parent / "data" / "sensitive.tsv"


class ContentCheck(Protocol):
    """Reads what is to be published; made once for each text."""

    def findings(self, text: str) -> list[str]:
        """Return in words what `text` holds that must not be public; empty where it may be."""


class FileCheck:
    """Knows the kinds of things that a file lists, each as a pattern."""

    def findings(self, text: str) -> list[str]:
        """Return the names of the kinds that `text` holds."""
        return [name for name, pattern in _patterns(PATTERNS) if pattern.search(text)]


@cache
def _patterns(path: Path) -> list[tuple[str, re.Pattern[str]]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(name, re.compile(pattern)) for name, pattern in rows]


def sensitive_in(text: str) -> list[str]:
    """Return what the check that the settings name finds in `text`."""
    check: ContentCheck = import_string(settings.CONTENT_CHECK)()
    return check.findings(text)
