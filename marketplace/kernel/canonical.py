"""One byte string for one value: what is hashed, pinned and published. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

BEIJING = timezone(timedelta(hours=8))
GREATEST_INTEGER = 2**53 - 1

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


class NotCanonical(ValueError):
    """A value has no canonical form; the message says where it stands and what it is."""


def canonical_json(value: object) -> bytes:
    """
    Return `value` as JSON in its one canonical form, in UTF-8.

    Keys are sorted by UTF-16 code unit as in RFC 8785, so that a browser's sort agrees; nothing is
    escaped that need not be; there are no blanks. A Decimal becomes a string without exponent and
    without trailing zeros, a date `2026-11-24`, a moment `2026-11-24T09:00:00+08:00`.

    Raises:
        NotCanonical: a float, a naive moment, an integer beyond 2^53-1, a set, a key that is no
            text, or anything else that two programs could write differently.
    """
    return json.dumps(
        plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 small hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def plain(value: object, where: str = "$") -> Plain:
    """Return `value` in the types JSON has, keys in canonical order; `where` is its path."""
    match value:
        case Mapping():
            return _mapping(value, where)
        case list() | tuple():
            return [plain(item, f"{where}[{place}]") for place, item in enumerate(value)]
    return _leaf(value, where)


def _leaf(value: object, where: str) -> Plain:
    match value:
        case None | bool():
            return value
        case int():
            return _integer(value, where)
        case str():
            return _text(value, where)
        case Decimal():
            return _decimal(value, where)
        case date():
            return _moment(value, where)
    raise NotCanonical(f"{where}: {type(value).__name__}")


def _integer(value: int, where: str) -> int:
    if abs(value) > GREATEST_INTEGER:
        raise NotCanonical(f"{where}: {value}")
    return int(value)


def _text(value: str, where: str) -> str:
    text = str.__str__(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical(f"{where}: {text!r}") from None
    return text


def _decimal(value: Decimal, where: str) -> str:
    if not value.is_finite():
        raise NotCanonical(f"{where}: {value}")
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def _moment(value: date, where: str) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is None:
        raise NotCanonical(f"{where}: {value}")
    return value.astimezone(BEIJING).isoformat()


def _mapping(value: Mapping[object, object], where: str) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"{where}: {key!r}")
        found[_text(key, where)] = plain(item, f"{where}.{key}")
    return dict(sorted(found.items(), key=_utf16))


def _utf16(pair: tuple[str, Plain]) -> bytes:
    return pair[0].encode("utf-16-be")
