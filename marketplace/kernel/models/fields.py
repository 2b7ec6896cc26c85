"""The field that every state machine of ours stands in."""

from collections.abc import Sequence
from typing import Any

from django_fsm import FSMField


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
