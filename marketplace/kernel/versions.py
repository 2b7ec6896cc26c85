"""How rows stood when somebody looked at them, in a word that every change of them changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, cached_property
from hashlib import blake2b, sha256
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Field, Model

SALT = "marketplace.kernel.versions"
MAX_TOKEN = 64 * 1024  # characters; a longer one is not read
SHOWN = 60  # characters of a value that a token carries; of the rest it has the fingerprint
FINGERPRINT = 8  # bytes
NAME = ""  # the mark of a row that holds what the row is called

Mark = str | list[str]
"""A value in words, or its first words and the fingerprint of the whole."""


@dataclass(frozen=True)
class Seen:
    """
    One row of what a page shows; `only` and `without` name fields that count or do not.

    `name` is what it is called when it is new or gone, by default its own text.
    """

    row: Model
    only: Collection[str] | None = None
    without: Collection[str] = ()
    name: str = ""

    @property
    def key(self) -> str:
        """Name the row without saying its primary key."""
        return f"{self.row._meta.label_lower}/{_fingerprint(self.row.pk)}"

    def marks(self) -> dict[str, Mark]:
        """Return a mark for each field that is filled in."""
        marked = {
            field.name: mark
            for field in self.row._meta.concrete_fields
            if self._counts(field) and (mark := _mark(self.row, field))
        }
        return {NAME: (self.name or str(self.row))[:SHOWN], **marked}

    def _counts(self, field: Field[Any, Any]) -> bool:
        if field.primary_key or field.name in self.without:
            return False
        return self.only is None or field.name in self.only


@dataclass(frozen=True)
class Change:
    """
    What differs from what was seen: a field of a row, or with `field` None the row itself.

    `before` and `after` are values in words, empty for none; dates are in ISO format.
    """

    model: type[Model]
    field: Field[Any, Any] | None
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """
    Some rows as they stand; `token` is what a page sends along with an act on them.

    It tells nobody more than the page: what persons and lists stand in the rows, and what lies
    behind the first words of a text, it holds as a keyed fingerprint.
    """

    seen: tuple[Seen, ...]

    @cached_property
    def marks(self) -> dict[str, dict[str, Mark]]:
        return {one.key: one.marks() for one in self.seen}

    @property
    def token(self) -> str:
        """The same for as long as nothing that counts has changed."""
        return signing.Signer(salt=SALT).sign_object(self.marks, compress=True)

    def changes_since(self, token: str) -> list[Change] | None:
        """Return what differs from what `token` was made of; None when it is no token of ours."""
        if token not in self._compared:
            marks = _read(token)
            self._compared[token] = None if marks is None else list(_changes(marks, self.marks))
        return self._compared[token]

    @cached_property
    def _compared(self) -> dict[str, list[Change] | None]:
        """What was found by token: two guards ask for the same one."""
        return {}


def version_of(*rows: Seen | Model | None) -> Version:
    """Return how `rows` stand; None stands for a row that there is not yet."""
    asked = [row if isinstance(row, Seen) else Seen(row) for row in rows if row is not None]
    return Version(tuple(asked))


def _fingerprint(value: object) -> str:
    """Return sixteen characters that nobody without our key can make of `value`."""
    key = _key_of(settings.SECRET_KEY)
    return blake2b(str(value).encode(), key=key, digest_size=FINGERPRINT).hexdigest()


@cache
def _key_of(secret: str) -> bytes:
    return sha256(f"{SALT}{secret}".encode()).digest()


def _mark(row: Model, field: Field[Any, Any]) -> Mark:
    """Return the value of `field` in words as far as everybody may read them, or nothing."""
    stored = getattr(row, field.attname)
    if stored is None or stored == "":
        return ""
    if isinstance(field, models.ForeignKey):
        return [_named(row, field), _fingerprint(stored)]
    if isinstance(field, models.JSONField | models.FileField | models.BinaryField):
        return ["", _fingerprint(field.value_to_string(row))]
    text = _text(stored, field)
    return text if len(text) <= SHOWN else [text[:SHOWN], _fingerprint(text)]


def _text(value: Any, field: Field[Any, Any]) -> str:
    """Write a value in one way, whatever object held it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(field, models.DecimalField):
        return f"{Decimal(value):.{field.decimal_places}f}"
    return str(value)


def _named(row: Model, field: models.ForeignKey[Any, Any]) -> str:
    if field.related_model._meta.label == settings.AUTH_USER_MODEL:
        return ""
    return str(getattr(row, field.name))[:SHOWN]


def _read(token: str) -> Mapping[str, Mapping[str, Mark]] | None:
    if len(token) > MAX_TOKEN:
        return None
    try:
        marks: dict[str, dict[str, Mark]] = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return marks


def _changes(
    before: Mapping[str, Mapping[str, Mark]], after: Mapping[str, Mapping[str, Mark]]
) -> Iterator[Change]:
    """Yield what came, what went and what changed; a row in the place of another is one change."""
    for label in sorted({key.split("/")[0] for key in before.keys() ^ after.keys()}):
        model = apps.get_model(label)
        gone = [_words(before[key][NAME]) for key in before if _is_new(key, label, after)]
        come = [_words(after[key][NAME]) for key in after if _is_new(key, label, before)]
        for place in range(max(len(gone), len(come))):
            yield Change(model, None, "".join(gone[place:][:1]), "".join(come[place:][:1]))
    for key in before.keys() & after.keys():
        model = apps.get_model(key.split("/")[0])
        for field in model._meta.concrete_fields:
            was, now = before[key].get(field.name, ""), after[key].get(field.name, "")
            if was != now:
                yield Change(model, field, _words(was), _words(now))


def _is_new(key: str, label: str, others: Collection[str]) -> bool:
    return key.split("/", maxsplit=1)[0] == label and key not in others


def _words(mark: Mark) -> str:
    if isinstance(mark, str):
        return mark
    words, _whole = mark
    return f"{words}…" if len(words) == SHOWN else words
