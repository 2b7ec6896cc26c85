"""What every queryset of ours can do."""

from __future__ import annotations

from functools import cache
from typing import Any, Self, TypeVar, cast

from django.db import connection, models
from django.db.models.sql import Query

from marketplace.kernel.statements import Statement, statement

Row = TypeVar("Row", bound=models.Model)
ALONE, SHARED = "FOR NO KEY UPDATE", "FOR SHARE"


class SharingQuery(Query):
    """A query for rows to be kept as they are: Django has no word for FOR SHARE."""

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """Return a compiler that exchanges the clause; on SQLite, which locks no rows, no word."""
        compiler = super().get_compiler(*args, **kwargs)
        as_sql = compiler.as_sql

        def shared(*args: Any, **kwargs: Any) -> tuple[str, Any]:
            sql, parameters = as_sql(*args, **kwargs)
            return sql.replace(ALONE, SHARED), parameters

        compiler.as_sql = shared
        return compiler


class LockingQuerySet(models.QuerySet[Row]):
    """A queryset that can lock a row for the rest of the transaction."""

    def lock(self, pk: object) -> Row:
        """Return the row with `pk`, freshly read and locked against concurrent changes."""
        return self._held(pk, is_shared=False)

    def lock_shared(self, pk: object) -> Row:
        """
        Return the row with `pk`, freshly read and kept as it is; others may hold it so beside us.

        Whoever changes the row locks it with `lock` and waits for all of them.
        """
        return self._held(pk, is_shared=True)

    def lock_all(self) -> Self:
        """Lock the rows of this queryset in the order of their primary keys."""
        return self.select_for_update(no_key=True).order_by("pk")

    def locking(self, *, is_shared: bool) -> Self:
        """Rows that are locked as they are read."""
        rows: Any = self.select_for_update(no_key=True)
        if is_shared:
            rows.query = rows.query.chain(SharingQuery)
        return cast("Self", rows)

    def _held(self, pk: object, *, is_shared: bool) -> Row:
        """
        Return one row locked.

        Raises:
            TransactionManagementError: no transaction is open.
            DoesNotExist: there is no such row.
        """
        if self.query.where or not connection.in_atomic_block:
            return self.locking(is_shared=is_shared).get(pk=pk)
        model: Any = self.model
        found = _lock(model, is_shared).one(pk=cast("int", pk))
        if found is None:
            raise model.DoesNotExist
        return cast("Row", found)


@cache
def _lock(model: Any, is_shared: bool) -> Statement[Any, Any]:  # noqa: FBT001 - the key of a cache
    """Return the statement that locks one row of `model`."""

    def locked(pk: int) -> Any:
        rows = model.objects.locking(is_shared=is_shared)
        return rows.filter(pk=pk).order_by()

    return statement(locked)
