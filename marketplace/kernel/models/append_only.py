"""Rows that are written once: the model refuses, and a trigger refuses whoever goes around it."""

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete a row of an append-only table."""


class AppendOnlyModel(models.Model):
    """
    Base of every append-only table; `marketplace.kernel.triggers` guards the same in the database.

    Raises:
        AppendOnlyError: on any second save, and on delete.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(self._meta.label)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(self._meta.label)
