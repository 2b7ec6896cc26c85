"""The one form in which each part of an evidence file is written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

Form = object
"""
A pattern is a text in full, a tuple its alternatives, a range whole numbers, a dict exactly these
keys, a list any number of its one form; `object` stands for what is recomputed and compared.
"""

TEXT = re.compile(r".+", re.DOTALL)
USCC = re.compile(r"[0-9A-Z]{18}")
SHA256 = re.compile(r"[0-9a-f]{64}")
MONEY = re.compile(r"(0|[1-9][0-9]{0,11})\.[0-9]{2}")
POINTS = re.compile(r"(0|[1-9][0-9]?)\.[0-9]{2}%")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?\+08:00")


def misfits(value: object, form: Form, path: str = "$") -> Iterator[str]:
    """Yield the path of every part of `value` that does not fit `form`."""
    match form, value:
        case dict(), dict() if value.keys() == form.keys():
            for key in form:
                yield from misfits(value[key], form[key], f"{path}.{key}")
        case list(), list():
            for place, item in enumerate(value):
                yield from misfits(item, form[0], f"{path}[{place}]")
        case tuple(), _ if any(not [*misfits(value, option)] for option in form):
            pass
        case _ if not _fits(value, form):
            yield path


def _fits(value: object, form: Form) -> bool:
    match form:
        case re.Pattern():
            return isinstance(value, str) and form.fullmatch(value) is not None
        case range():
            return type(value) is int and value in form
        case str() | bool() | None:
            return type(value) is type(form) and value == form
    return form is object
