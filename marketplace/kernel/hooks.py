"""The few ways up: functions of higher apps, named as dotted paths in the settings."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

EffectHandler = Callable[[Mapping[str, Any]], None]

LISTS = (
    "DUE_WORK",
    "RESTRICTION_EFFECTS",
    "RESTRICTION_DISCLOSURES",
    "MATTER_FINDERS",
    "REPRESENTATIVE_SANCTIONS",
    "EXIT_GUARDS",
    "READMISSION_GUARDS",
    "IDENTITY_GUARDS",
    "WORKBENCH_NAV",
    "WORKBENCH_TODOS",
    "WORKBENCH_ASIDES",
)


def functions(setting: str) -> Iterator[Any]:
    """Yield the functions that the list `setting` names, in order."""
    for path in getattr(settings, setting):
        yield import_string(path)


def effect_handler(kind: str) -> EffectHandler:
    """
    Return the function that carries out effects of `kind`.

    Raises:
        KeyError: no handler is named for it.
    """
    handler: EffectHandler = import_string(settings.EFFECT_HANDLERS[kind])
    return handler


def external(handler: EffectHandler) -> EffectHandler:
    """
    Declare that a handler talks to another server, which may take its time.

    It runs without an open transaction, and once more when its worker dies before the mark.
    """
    handler.is_external = True  # type: ignore[attr-defined]
    return handler


def is_external(handler: EffectHandler) -> bool:
    """Tell whether a handler was declared `external`."""
    return getattr(handler, "is_external", False)


def named_paths() -> Iterator[tuple[str, str]]:
    """Yield every (setting, dotted path) pair, for the system check."""
    for setting in LISTS:
        for path in getattr(settings, setting):
            yield setting, path
    for path in settings.EFFECT_HANDLERS.values():
        yield "EFFECT_HANDLERS", path
