"""
What every state machine of ours is made of: a row with a status, and the moves between its states.

django-fsm takes `override` from `typing`, which has none in Python 3.11. To the type checker every
method that it marks so is of type Any, the constructors too, and with them each model and all that
its managers return. What is declared here gives them their types back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

from django.db import models
from django_fsm import ConcurrentTransitionMixin, FSMField
from django_fsm import transition as fsm_transition

Move = TypeVar("Move", bound=Callable[..., None])


class StatusField(FSMField):
    """
    A protected state, changed by transitions only; to migrations it is plain text.

    A historical model has no transitions, but each FSMField in one listens to the making of every
    later model: with ours, that alone took half the time of a first migrate.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"protected": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> Any: ...
        @overload
        def __get__(self, instance: models.Model, owner: Any) -> str: ...
        @overload
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


class StatefulModel(ConcurrentTransitionMixin, models.Model):
    """Base of every model with a state machine; a row that moved meanwhile cannot be saved over."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __init__(self, *args: Any, **kwargs: Any) -> None: ...


def transition(
    *,
    field: StatusField,
    source: models.TextChoices | Sequence[models.TextChoices],
    target: models.TextChoices,
) -> Callable[[Move], Move]:
    """Declare that a method moves its row from one of the states `source` to `target`."""
    move: Callable[[Move], Move] = fsm_transition(field=field, source=source, target=target)
    return move
