"""What every queryset of ours can do."""

from typing import Any, Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)
ALONE, SHARED = "FOR NO KEY UPDATE", "FOR SHARE"


class LockingQuerySet(models.QuerySet[Row]):
    """A queryset that can lock a row for the rest of the transaction."""

    def lock(self, pk: object) -> Row:
        """Return the row with `pk`, freshly read and locked against concurrent changes."""
        return self.select_for_update(no_key=True).get(pk=pk)

    def lock_shared(self, pk: object) -> Row:
        """
        Return the row with `pk`, freshly read and kept as it is; others may hold it so beside us.

        Whoever changes the row locks it with `lock` and waits for all of them. Django has no word
        for FOR SHARE, so the clause is exchanged; where the database locks no rows there is none.
        """
        alone = self.select_for_update(no_key=True).filter(pk=pk)
        sql, params = alone.query.sql_with_params()
        for row in self.raw(sql.replace(ALONE, SHARED), params):
            return row
        model: Any = self.model  # a model without a name of its own has none in the stubs
        raise model.DoesNotExist

    def lock_all(self) -> Self:
        """Lock the rows of this queryset in the order of their primary keys."""
        return self.select_for_update(no_key=True).order_by("pk")
