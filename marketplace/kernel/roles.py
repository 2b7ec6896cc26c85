"""
The two roles of PostgreSQL: one owns the tables and migrates, one runs with grants alone.

Whoever owns a table may drop its triggers; so the role that answers requests owns none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import environ
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from marketplace.kernel.triggers import append_only_tables

READ, APPEND, ALL = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE, DELETE"
# A superuser may act as any owner.
OWNED = """
SELECT count(*) FROM pg_tables
WHERE schemaname = current_schema() AND pg_has_role(current_user, tableowner, 'MEMBER')
"""


def owned_tables(using: str = "default") -> int:
    """Return how many tables the role of the connection owns, or may act for the owner of."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(OWNED)
        return int(cursor.fetchone()[0])


def grant(role: str, using: str = "default") -> None:
    """Let `role` do what the program does, and nothing else; asked of the owner of the tables."""
    connection = connections[using]
    name = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
        for table in sorted(connection.introspection.table_names(cursor)):
            allowed = _allowed_on(table)
            cursor.execute(f"GRANT {allowed} ON {connection.ops.quote_name(table)} TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")


def _allowed_on(table: str) -> str:
    if table == MigrationRecorder.Migration._meta.db_table:
        return READ
    return APPEND if table in append_only_tables() else ALL


@contextmanager
def as_owner(url: str, using: str = "default") -> Iterator[str]:
    """
    Connect as the role that `url` names, which gives user and password alone, for the block.

    Yields the role that has connected before.
    """
    connection = connections[using]
    known = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    owner = environ.Env.db_url_config(url)
    _reconnect(connection, {name: owner[name] for name in known})
    try:
        yield str(known["USER"])
    finally:
        _reconnect(connection, known)


def _reconnect(connection: BaseDatabaseWrapper, role: dict[str, str]) -> None:
    connection.close()
    if connection.settings_dict["OPTIONS"].get("pool"):
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's alone
    connection.settings_dict.update(role)
