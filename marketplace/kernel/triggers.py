"""
Database triggers, which no way of writing goes around.

They keep append-only tables append-only, note in each commit that it changed what is public, and on
PostgreSQL refuse a commit that leaves a row without the deadline that its state needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from marketplace.kernel import public_triggers, state_triggers, trail
from marketplace.kernel.models import AppendOnlyModel
from marketplace.kernel.trigger_text import Trigger

# INSERT OR REPLACE takes the old row away; SQLite asks its triggers only with recursive_triggers
SQLITE = """
CREATE TRIGGER "{table}_append_only_{verb}" BEFORE {verb} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION = "refuse_change_of_append_only_row"
POSTGRESQL_BODY = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"
POSTGRESQL = {
    "append_only": (
        "CREATE TRIGGER {name} BEFORE DELETE OR UPDATE ON {table} FOR EACH ROW "
        "EXECUTE FUNCTION {function}()"
    ),
    "append_only_truncate": (
        "CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
        "EXECUTE FUNCTION {function}()"
    ),
}
INSTALLED = {
    "sqlite": "SELECT name, tbl_name, sql, '', 1 FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """
        SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(pg_trigger.oid, true), prosrc,
               tgenabled NOT IN ('D', 'R')
        FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
    """,
}


@dataclass(frozen=True)
class _Found:
    """A trigger that the database has."""

    table: str
    definition: str
    body: str
    is_enabled: bool


def append_only_tables() -> list[str]:
    """Return the tables of all append-only models, sorted."""
    models = apps.get_models()
    return sorted(model._meta.db_table for model in models if issubclass(model, AppendOnlyModel))


def install(using: str = "default") -> None:
    """Install what is missing, and anew what is not as it should be; may run again and again."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    wanted = [one for one in _wanted(connection) if one.table in existing]
    if public_triggers.CHANGE_TABLE not in existing:
        wanted = [one for one in wanted if one in _append_only(connection)]
    if trail.CHECKS not in existing:  # half-way through the migrations
        wanted = [one for one in wanted if one.name != trail.NAME]
    found = _installed(connection)
    faulty = [one for one in wanted if _fault(one, found)]
    _drop(connection, [one for one in faulty if one.name in found])
    with connection.cursor() as cursor:
        for trigger in faulty:
            for statement in trigger.statements():
                cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Take the triggers away, for the flush between tests and nothing else."""
    _drop(connections[using], _wanted(connections[using]))


def remove_naming_others(using: str = "default") -> None:
    """Take away those that name other tables than their own, which hold SQLite's tables fast."""
    connection = connections[using]
    of_others = public_triggers.triggers(connection.vendor), trail.triggers(connection.vendor)
    _drop(connection, chain(*of_others))


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Lift the triggers for the length of the block."""
    remove(using)
    try:
        yield
    finally:
        install(using)


def faults(using: str = "default") -> dict[str, str]:
    """Return which triggers are `missing`, `disabled` or `altered` in the database, by name."""
    connection = connections[using]
    found = _installed(connection)
    judged = {one.name: _fault(one, found) for one in _wanted(connection)}
    if connection.vendor == "sqlite" and not _asks_them_for_replaced_rows(connection):
        judged["recursive_triggers"] = "disabled"
    return {name: fault for name, fault in sorted(judged.items()) if fault}


def _fault(trigger: Trigger, found: dict[str, _Found]) -> str:
    """Return what is wrong with a trigger in the database, or nothing."""
    there = found.get(trigger.name)
    if there is None or there.table != trigger.table:
        return "missing"
    if not there.is_enabled:
        return "disabled"
    return "" if trigger.is_told_as(there.definition, there.body) else "altered"


def _installed(connection: BaseDatabaseWrapper) -> dict[str, _Found]:
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        return {
            name: _Found(table, definition, body, bool(is_enabled))
            for name, table, definition, body, is_enabled in cursor.fetchall()
        }


def _asks_them_for_replaced_rows(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        return bool(cursor.fetchone()[0])


def _drop(connection: BaseDatabaseWrapper, gone: Iterable[Trigger]) -> None:
    of_its_table = ' ON "{table}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for one in gone:
            where = of_its_table.format(table=one.table)
            cursor.execute(f'DROP TRIGGER IF EXISTS "{one.name}"{where}')


def _wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    return [
        *_append_only(connection),
        *public_triggers.triggers(connection.vendor),
        *state_triggers.triggers(connection),
        *trail.triggers(connection.vendor),
    ]


def _append_only(connection: BaseDatabaseWrapper) -> list[Trigger]:
    of_vendor = _of_postgresql if connection.vendor == "postgresql" else _of_sqlite
    return [trigger for table in append_only_tables() for trigger in of_vendor(table)]


def _of_sqlite(table: str) -> Iterator[Trigger]:
    for verb in ("UPDATE", "DELETE"):
        definition = SQLITE.format(table=table, verb=verb)
        yield Trigger(f"{table}_append_only_{verb}", table, definition)


def _of_postgresql(table: str) -> Iterator[Trigger]:
    for suffix, definition in POSTGRESQL.items():
        name = f"{table}_{suffix}"
        text = definition.format(name=name, table=table, function=POSTGRESQL_FUNCTION)
        yield Trigger(name, table, text, POSTGRESQL_FUNCTION, POSTGRESQL_BODY)
