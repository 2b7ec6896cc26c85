"""What an order has of each round of its selection, and the one that counts now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar, cast, overload

from django.db import models
from django.db.models import F, FilteredRelation, Q

from marketplace.kernel.known import once_here

Row = TypeVar("Row", bound=models.Model)


JOINED = "joined_{}"
"""Under this name a joined query keeps the key of what it joined; None when there is nothing."""


class NothingInRound(LookupError):
    """An order that must have something of its round has nothing."""


ROUND = {"round": "selection_round"}
"""What of a row must be as what of its order, for it to be that of the round."""
PLACE = {**ROUND, "place": "award_place"}
"""The same for an award, of which a round has one for each place that it came to."""


def of_round(related: str, by: Mapping[str, str] = ROUND) -> FilteredRelation:
    """Join of the rows behind `related` the one of the round that the order is in."""
    columns = {f"{related}__{own}": F(of_order) for own, of_order in by.items()}
    return FilteredRelation(related, condition=Q(**columns))


class OfRound(Generic[Row]):
    """
    The row behind `related` of the round that an order is in, as an attribute of it; or None.

    `select_related` by the same name joins it, for the manager of orders knows the name. Else the
    first look asks.
    """

    def __init__(self, related: str, by: Mapping[str, str] = ROUND) -> None:
        self.related, self.by = related, by

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
            return next((row for row in prefetched if self._counts(row, order)), None)
        named = {own: getattr(order, of_order) for own, of_order in self.by.items()}
        rows = getattr(order, self.related).filter(**named)
        row = once_here(self.related, order._meta.label, order.pk, *named.values(), read=rows.first)
        if row is not None:
            vars(order)[self.name] = row
        return cast("Row | None", row)

    def _counts(self, row: models.Model, order: Any) -> bool:
        return all(getattr(row, own) == getattr(order, name) for own, name in self.by.items())


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
