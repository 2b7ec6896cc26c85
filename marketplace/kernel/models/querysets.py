"""What every queryset of ours can do."""

from typing import Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class LockingQuerySet(models.QuerySet[Row]):
    """A queryset that can lock a row for the rest of the transaction."""

    def lock(self, pk: object) -> Row:
        """Return the row with `pk`, freshly read and locked against concurrent changes."""
        return self.select_for_update(no_key=True).get(pk=pk)

    def lock_all(self) -> Self:
        """Lock the rows of this queryset in the order of their primary keys."""
        return self.select_for_update(no_key=True).order_by("pk")
