"""What an order has of each round of its selection, and the one that counts now."""

from __future__ import annotations

from typing import Any, Generic, TypeVar, cast, overload

from django.db import models
from django.db.models import F, FilteredRelation, Q

Row = TypeVar("Row", bound=models.Model)


JOINED = "joined_{}"
"""Under this name a joined query keeps the key of what it joined; None when there is nothing."""


class NothingInRound(LookupError):
    """An order that must have something of its round has nothing."""


def of_round(related: str) -> FilteredRelation:
    """Join of the rows behind `related` the one of the round that the order is in."""
    return FilteredRelation(related, condition=Q(**{f"{related}__round": F("selection_round")}))


class OfRound(Generic[Row]):
    """
    The row behind `related` of the round that an order is in, as an attribute of it; or None.

    `select_related` by the same name joins it, for the manager of orders knows the name. Else the
    first look asks.
    """

    def __init__(self, related: str) -> None:
        self.related = related

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, order: None, owner: type) -> OfRound[Row]: ...
    @overload
    def __get__(self, order: models.Model, owner: type) -> Row | None: ...
    def __get__(self, order: Any, owner: type) -> OfRound[Row] | Row | None:
        if order is None:
            return self
        return self.found(order)

    def found(self, order: Any) -> Row | None:
        """Ask for the row and keep it; that there is none yet is not kept."""
        if order.pk is None or vars(order).get(JOINED.format(self.name), order) is None:
            return None
        prefetched = vars(order).get("_prefetched_objects_cache", {}).get(self.related)
        if prefetched is not None:
            return next((row for row in prefetched if row.round == order.selection_round), None)
        row = getattr(order, self.related).filter(round=order.selection_round).first()
        if row is not None:
            vars(order)[self.name] = row
        return cast("Row | None", row)


class KnownOfRound(OfRound[Row]):
    """
    The same for what every order has that may be asked for it.

    Raises:
        NothingInRound: it has none all the same.
    """

    @overload
    def __get__(self, order: None, owner: type) -> KnownOfRound[Row]: ...
    @overload
    def __get__(self, order: models.Model, owner: type) -> Row: ...
    def __get__(self, order: Any, owner: type) -> KnownOfRound[Row] | Row:
        if order is None:
            return self
        row = self.found(order)
        if row is None:
            raise NothingInRound(self.name)
        return row
