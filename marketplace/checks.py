"""System checks of our own."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from marketplace.kernel.hooks import Answer


def check_ways_up(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a module in `settings.WAYS_UP` that is not there, or that gives what nobody asked."""
    return [
        Error(f"WAYS_UP: {path}: {fault}", id="marketplace.E001")
        for path in settings.WAYS_UP
        for fault in _faults(path)
    ]


def _faults(path: str) -> Iterator[str]:
    try:
        given = import_module(path).WAYS_UP
    except (ImportError, AttributeError) as error:
        yield str(error)
        return
    for answer in given:
        if not isinstance(answer, Answer):
            yield f"{answer!r} is no answer"
            continue
        for one in answer.given:
            if not answer.way.fits(one):
                yield f"{one!r} is no {answer.way.name}"
