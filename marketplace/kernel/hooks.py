"""
The few ways up: what a lower app asks of the apps above it, whichever they are.

A lower app says what it wants as a class or a Protocol, and makes one `Way` of it:

    class ExitGuard(Protocol):
        def __call__(self, *, organization: Organization, at: datetime) -> tuple[Verdict, ...]: ...

    EXIT_GUARDS = Way[ExitGuard]()

It asks whoever answers: `for ask in EXIT_GUARDS: ask(organization=agency, at=at)`. An app that has
an answer gives it in its `ways_up.py`, which `settings.WAYS_UP` names:

    WAYS_UP = (EXIT_GUARDS.answer(may_leave), DUE_WORK.answer(due_work), ...)

So a new way is one Protocol with its `Way` below and one line in each `ways_up.py` above. The type
checker holds the answer against what is asked, `marketplace.checks` what the settings name, and
`make docs` draws the table in docs/architecture.md from both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import Parameter, signature
from operator import is_not
from sys import modules
from typing import Any, Generic, TypeVar, get_args

from django.conf import settings

Given = TypeVar("Given")


class Way(Generic[Given]):
    """One thing asked of the apps above; made as `Way[Shape]()`, iterated to ask them all."""

    __orig_class__: object  # set by `Way[Shape]()` itself, and what `shape` is read from
    _asked: tuple[tuple[Answer, ...], ...] = ()
    _given: tuple[Given, ...] = ()

    def answer(self, *given: Given) -> Answer:
        """Return what an app gives for this way, for the `WAYS_UP` of its `ways_up.py`."""
        return Answer(self, given)

    def __iter__(self) -> Iterator[Given]:
        """Yield what is given; found once and kept as long as the same apps give the same."""
        apps = _apps()
        if not self._asked or any(map(is_not, self._asked, apps)) or len(self._asked) != len(apps):
            answers = (answer for app in apps for answer in app if answer.way is self)
            self._given = tuple(given for answer in answers for given in answer.given)
            self._asked = apps
        return iter(self._given)

    @property
    def shape(self) -> type:
        """The class or Protocol that every answer fits."""
        shape: type = get_args(self.__orig_class__)[0]
        return shape

    @property
    def name(self) -> str:
        """The name of the shape, by which checks and documentation call the way."""
        return f"{self.shape.__module__}.{self.shape.__qualname__}"

    def fits(self, given: object) -> bool:
        """Tell whether `given` can be called as the Protocol says, or is of the class asked for."""
        if getattr(self.shape, "_is_protocol", False):  # typing.is_protocol comes with Python 3.13
            return _can_be_called_like(given, self.shape)
        return isinstance(given, self.shape)


@dataclass(frozen=True)
class Answer:
    """What one app gives for one way."""

    way: Way[Any]
    given: tuple[Any, ...]


def answers() -> Iterator[Answer]:
    """Yield what the modules in `settings.WAYS_UP` give, in their order."""
    for app in _apps():
        yield from app


def _apps() -> tuple[tuple[Answer, ...], ...]:
    """Return what each module gives."""
    return tuple(_given_by(path) for path in settings.WAYS_UP)


def _given_by(path: str) -> tuple[Answer, ...]:
    """
    Return what one module gives.

    import_module takes a lock, and every rule asks; but it is what waits for a module that another
    thread is just importing, of which `modules` knows already.
    """
    found: tuple[Answer, ...] | None = getattr(modules.get(path), "WAYS_UP", None)
    if found is None:
        found = import_module(path).WAYS_UP
    return found


def _can_be_called_like(given: Any, shape: type) -> bool:
    _self, *asked = signature(shape.__call__).parameters.values()
    named = [one.name for one in asked if one.kind is Parameter.KEYWORD_ONLY]
    positional = [one.name for one in asked if one.kind is not Parameter.KEYWORD_ONLY]
    try:
        signature(given).bind(*positional, **dict.fromkeys(named))
    except (TypeError, ValueError):  # it takes other arguments, or cannot be asked for them
        return False
    return True
