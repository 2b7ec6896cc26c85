"""
Database triggers, which no way of writing goes around.

They keep append-only tables append-only, and note in each commit that it changed what is public.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from marketplace.kernel import public_triggers
from marketplace.kernel.models import AppendOnlyModel

SQLITE = """
CREATE TRIGGER IF NOT EXISTS "{table}_append_only_{verb}" BEFORE {verb} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change_of_append_only_row() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END
$$ LANGUAGE plpgsql
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER "{table}_append_only" BEFORE UPDATE OR DELETE ON "{table}"
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_append_only_row()
"""


def append_only_tables() -> list[str]:
    """Return the tables of all append-only models, sorted."""
    models = apps.get_models()
    return sorted(model._meta.db_table for model in models if issubclass(model, AppendOnlyModel))


def install(using: str = "default") -> None:
    """Install what is missing, and anew what may have changed; may run any number of times."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for table in append_only_tables():
            if table in existing:
                for statement in _statements(connection, table):
                    cursor.execute(statement)
        for statement in public_triggers.statements(connection.vendor, existing):
            cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Take the triggers away, for the flush between tests and nothing else."""
    _drop(connections[using], [*_names(connections[using]), *_public_names(connections[using])])


def remove_public(using: str = "default") -> None:
    """Take away those that note what is public, whose conditions hold SQLite's tables fast."""
    _drop(connections[using], _public_names(connections[using]))


def _drop(connection: BaseDatabaseWrapper, names: list[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        for name, table in names:
            if connection.vendor == "postgresql":
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
            else:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Lift the triggers for the length of the block."""
    remove(using)
    try:
        yield
    finally:
        install(using)


def missing(using: str = "default") -> list[str]:
    """Return the tables that lack a trigger in the database."""
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        installed = {row[0] for row in cursor.fetchall()}
    names = [*_names(connection), *_public_names(connection)]
    return sorted({table for name, table in names if name not in installed})


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return [POSTGRESQL.format(table=table)]
    return [SQLITE.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")]


def _names(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    suffixes = [""] if connection.vendor == "postgresql" else ["_UPDATE", "_DELETE"]
    return [
        (f"{table}_append_only{suffix}", table)
        for table in append_only_tables()
        for suffix in suffixes
    ]


def _public_names(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    return list(public_triggers.names(connection.vendor))
