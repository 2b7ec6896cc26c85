"""What an address names: the row with a slug, as its page shows it."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

from django.db.models import Model, prefetch_related_objects
from django.http import Http404

from marketplace.kernel.statements import Statement, statement

Row = TypeVar("Row", bound=Model)


def named_or_404(model: type[Row], slug: str, come_with: str) -> Row:
    """
    Return the row that `slug` names, with all that `come_with` of its manager reads along.

    A page begins with its row, and the ORM makes the SQL of one with ten relations for longer than
    everything that a refusal takes: so it is made once for a model and what its rows come with.

    Raises:
        Http404: the slug names nothing.
    """
    found = _named(model, come_with).one(slug=slug)
    if found is None:
        raise Http404
    prefetch_related_objects([found], *_read_beside(model, come_with))
    return cast("Row", found)


@cache
def _named(model: Any, come_with: str) -> Statement[Any, Any]:
    def named(slug: str) -> Any:
        return getattr(model.objects, come_with)().filter(slug=slug)

    return statement(named)


@cache
def _read_beside(model: Any, come_with: str) -> tuple[str, ...]:
    """Return what the rows come with that is read by statements of its own, by its names."""
    rows = getattr(model.objects, come_with)()
    return tuple(rows._prefetch_related_lookups)  # noqa: SLF001 - the ORM has no public word for it
