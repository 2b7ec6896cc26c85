"""The platform without a lock, for the control of a storm: `tests.unlocked:application`."""

from typing import Any

from django.db.models import QuerySet

from marketplace.project.asgi import application

__all__ = ["application"]


def _without_a_lock(rows: QuerySet[Any], *_args: Any, **_kwargs: Any) -> QuerySet[Any]:
    return rows.all()


QuerySet.select_for_update = _without_a_lock  # type: ignore[method-assign]
