"""
A row is stored by a statement that is made once for its model.

To make the SQL of an INSERT takes the ORM several times as long as to send it. What is stored here
is stored as `bulk_create` does it, without signals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.expressions import DatabaseDefault
from django.db.models.sql import InsertQuery

from marketplace.kernel.statements import Given, Slot, preparing_cursor

Row = TypeVar("Row", bound=models.Model)
_made: dict[tuple[type[models.Model], str], Made] = {}


@dataclass(frozen=True)
class Made:
    """What Django has made of an INSERT of one row: its SQL, what is sent, what comes back."""

    sql: str
    sent: Sequence[models.Field[Any, Any]]
    defaults: Sequence[str]
    returned: Sequence[models.Field[Any, Any]]
    converters: Any
    compiler: Any


def insert(row: Row) -> Row:
    """Store a new row, and return it with what the database has filled in."""
    made = _made_for(type(row))
    if any(not isinstance(getattr(row, name), DatabaseDefault) for name in made.defaults):
        row.save(force_insert=True)
        return row
    database = connections[DEFAULT_DB_ALIAS]
    sent = [field.get_db_prep_save(field.pre_save(row, True), database) for field in made.sent]  # noqa: FBT003 - Django names no argument
    with preparing_cursor() as cursor:
        cursor.execute(made.sql, sent)
        found = [cursor.fetchone()]
    if made.converters:
        found = list(made.compiler.apply_converters(found, made.converters))
    for field, value in zip(made.returned, found[0], strict=True):
        setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - as `bulk_create` does
    return row


def insert_all(rows: Sequence[Row]) -> list[Row]:
    """Store new rows of one model in one statement; return them."""
    if len(rows) == 1:
        return [insert(rows[0])]
    return list(type(rows[0])._default_manager.bulk_create(rows)) if rows else []  # noqa: SLF001 - of any model


def _made_for(model: type[models.Model]) -> Made:
    key = (model, connection.vendor)
    if key not in _made:
        _made[key] = _make(model)
    return _made[key]


def _make(model: type[models.Model]) -> Made:
    """Let Django make the SQL for a row of stand-ins, but for what the database fills in."""
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not (field.primary_key or field.generated)
    ]
    stand_in = model()
    sent = [
        field
        for field in fields
        if not isinstance(getattr(stand_in, field.attname), DatabaseDefault)
    ]
    for field in sent:
        vars(stand_in)[field.attname] = Given(Slot(field.name, field))  # a state guards itself
    query: Any = InsertQuery(model)
    query.insert_values(fields, [stand_in])
    compiler: Any = query.get_compiler(connection=connection)
    compiler.returning_fields = returned = list(model._meta.db_returning_fields)
    [(sql, _slots)] = compiler.as_sql()
    columns = [field.get_col(model._meta.db_table) for field in returned]
    defaults = [field.attname for field in fields if field not in sent]
    return Made(sql, sent, defaults, returned, compiler.get_converters(columns), compiler)
