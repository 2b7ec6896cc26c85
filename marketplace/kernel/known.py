"""
What is public has a version; what was read at one version need not be read again at it.

The version is read once at the beginning of a request that only reads. It is made of the changes
that had been committed by then, so whoever reads what they changed reads another version as well;
what is read after it may be newer than it, never older. An act never has one: it reads rows, under
its locks.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar, cast

from django.db import connection
from django.db.models import Model
from django.utils.translation import get_language

Found = TypeVar("Found")
Key = TypeVar("Key", bound=Hashable)
Asked = ParamSpec("Asked")
# Three figures, for a change may be committed after one that has a higher number. No two sets of
# changes have all three in common: those that fall away are the lowest, those that come the latest.
VERSION = "SELECT max(id), count(*), sum(id) FROM marketplace_publicchange"
MOST = 4_096

_version: ContextVar[str] = ContextVar("version", default="")
_asked: ContextVar[dict[Hashable, Any] | None] = ContextVar("asked", default=None)
_moments: ContextVar[list[datetime] | None] = ContextVar("moments", default=None)
_values: OrderedDict[tuple[Hashable, ...], Any] = OrderedDict()
_latest: deque[str] = deque(maxlen=2)
"""The versions of which there are values: who began before a change may still be reading."""
_lock = Lock()


def read_version() -> str:
    """
    Return the version of what is public, or "" where nothing may be kept: inside a transaction.

    It may have changed rows that nobody else can see, and may yet take them back.
    """
    if connection.in_atomic_block:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        return "-".join(str(part or 0) for part in cursor.fetchone())


def version() -> str:
    """Return the version of this request; "" where it has none."""
    return _version.get()


@contextmanager
def at_version(version: str) -> Iterator[None]:
    """Let what is read within the block be kept under `version`; under none if it is empty."""
    token = _version.set(version)
    try:
        yield
    finally:
        _version.reset(token)


@contextmanager
def asking_once() -> Iterator[None]:
    """Let `once_here` read once within the block; for requests that only read."""
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def once_here(name: str, *key: Hashable, read: Callable[[], Found]) -> Found:
    """Return what `read` returns, which may be one reader's own; once in a reading request."""
    asked = _asked.get()
    if asked is None:
        return read()
    full = (name, *key)
    if full not in asked:
        asked[full] = read()
    return cast("Found", asked[full])


def asked_once(read: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """
    Let `read` answer once for the same arguments in a reading request; an act asks it anew.

    A row is the same only where it is the same object: a page may ask of a copy how it would be.
    """

    @wraps(read)
    def ask(*args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        asked = _asked.get()
        if asked is None:
            return read(*args, **kwargs)
        given = (*args, *kwargs, *kwargs.values())
        key = (read, *(id(one) if isinstance(one, Model) else one for one in given))
        try:
            known = key in asked
        except TypeError:  # something that can change, such as a list: what it was is not known
            return read(*args, **kwargs)
        if not known:
            asked[key] = read(*args, **kwargs), given  # which live on, so that no other has the id
        return cast("Found", asked[key][0])

    return ask


@contextmanager
def watching(*moments: datetime) -> Iterator[None]:
    """Note, within the block, until when what is drawn is so; at the latest the first moment."""
    token = _moments.set(list(moments))
    try:
        yield
    finally:
        _moments.reset(token)


def holds_until(moment: datetime) -> None:
    """Say that what is being drawn is so until `moment` (exclusive) at the latest."""
    if (noted := _moments.get()) is not None:
        noted.append(moment)


def until() -> datetime | None:
    """Return until when all that was drawn is so; None where nobody watches."""
    return min(_moments.get() or (), default=None)


def forget() -> None:
    """Forget all values."""
    with _lock:
        _values.clear()
        _latest.clear()


def _keep(version: str, values: Mapping[tuple[Hashable, ...], Any]) -> None:
    """Keep values of a version; those of versions that nobody asks for any more go."""
    with _lock:
        if version not in _latest:
            _latest.append(version)
            for full in [one for one in _values if one[0] not in _latest]:
                del _values[full]
        _values.update(values)
        while len(_values) > MOST:
            _values.popitem(last=False)


def once(name: str, *key: Hashable, read: Callable[[], Found]) -> Found:
    """
    Return what `read` returns, from this process's memory if it was read at this version.

    For values that are the same for every reader of a language, and that nobody changes: no rows of
    models. Where there is no version it is read once in the request, if that only reads.
    """
    version, language = _version.get(), get_language()
    if not version:
        return once_here(name, language, *key, read=read)
    full = (version, language, name, *key)
    with _lock:
        if full in _values:
            _values.move_to_end(full)
            return cast("Found", _values[full])
    found = read()
    _keep(version, {full: found})
    return found


def once_each(
    name: str, keys: Collection[Key], *, read: Callable[[Collection[Key]], Mapping[Key, Found]]
) -> dict[Key, Found]:
    """Return what `read` finds for each of `keys`, asking it for those that `once` would read."""
    version = _version.get()
    if not version:
        return dict(read(keys))
    known = (version, get_language(), name)
    with _lock:
        found = {key: _values[full] for key in keys if (full := (*known, key)) in _values}
    missing = [key for key in keys if key not in found]
    fresh = dict(read(missing)) if missing else {}
    _keep(version, {(*known, key): value for key, value in fresh.items()})
    return {**found, **fresh}
