"""System checks of our own."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

from marketplace.kernel import hooks


def check_ways_up(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a dotted path in the settings that names nothing."""
    findings: list[CheckMessage] = []
    for setting, path in hooks.named_paths():
        try:
            import_string(path)
        except ImportError as error:
            findings.append(Error(f"{setting}: {path}: {error}", id="marketplace.E001"))
    return findings
