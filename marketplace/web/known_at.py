"""What everybody would read alike until something public changes or the next deadline ends."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import TypeVar

from marketplace.kernel import known
from marketplace.kernel.models import deadlines

Found = TypeVar("Found")


def next_end(at: datetime) -> datetime | None:
    """
    Return the end of the next deadline, for keys of what is kept until then; None if nothing is.

    In a request that only reads it is asked once, also by what keeps its page.
    """
    if not known.version():
        return None
    return known.once_here("next_end", read=lambda: deadlines.next_end.one(at))


def once_at(name: str, at: datetime, *key: Hashable, read: Callable[[], Found]) -> Found:
    """
    Return what `read` returns at `at`, from this process's memory where it is still so.

    It is so while the version of what is public stands and no running deadline has ended since; a
    minute at most, for what begins or ends without a deadline.
    """
    if not known.version():
        return read()
    minute = at.replace(second=0, microsecond=0)
    return known.once(name, minute, next_end(at), *key, read=read)
