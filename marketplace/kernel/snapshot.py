"""
A migrated SQLite database as text, with which an empty one begins.

`python -m marketplace.kernel.snapshot` writes it. To migrate an empty database takes far longer
than all that the migrations write: for each step Django makes the models anew as they were then. So
a first start lays what they came to when this text was written, and migrates on from there. The
text may be of an older version, and then a start takes longer; it is never wrong, for migrations
that were applied are not changed any more.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

SNAPSHOT = Path(__file__).with_name("schema.sql")
HEAD = "-- What migrate makes of an empty database: python -m marketplace.kernel.snapshot"


def lay(connection: BaseDatabaseWrapper) -> bool:
    """
    Lay the snapshot into an empty SQLite database; False where it does not belong.

    Whoever lays it migrates then: our own triggers are not in it, and later migrations neither.
    """
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.executescript(SNAPSHOT.read_text(encoding="utf-8"))
    return True


def statements(database: sqlite3.Connection) -> Iterator[str]:
    """
    Yield the statements that make an empty database equal to this one.

    The tables inside a virtual table come with it; triggers come last, and see no row stored.
    """
    made = database.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL"
        " ORDER BY type = 'trigger', type <> 'table', rowid"
    ).fetchall()
    virtual = [name for name, _kind, sql in made if sql.startswith("CREATE VIRTUAL TABLE")]
    inner = tuple(f"{name}_" for name in virtual)
    made = [one for one in made if not one[0].startswith((*inner, "sqlite_"))]
    tables = [name for name, kind, _sql in made if kind == "table" and name not in virtual]
    for _name, kind, sql in made:
        if kind == "trigger" and tables:
            yield from _all_rows(database, [*tables, "sqlite_sequence"])
            tables = []
        yield f"{sql};"


def _all_rows(database: sqlite3.Connection, tables: list[str]) -> Iterator[str]:
    for name in tables:
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({_quoted(name)})")]
        values = " || ', ' || ".join(f"quote({_quoted(column)})" for column in columns)
        asked = f"SELECT {values} FROM {_quoted(name)} ORDER BY rowid"  # noqa: S608 - the names of our own schema
        for (row,) in database.execute(asked):
            yield f"INSERT INTO {_quoted(name)} VALUES ({row});"  # noqa: S608 - text to be kept


def _quoted(name: str) -> str:
    return f'"{name}"'


def main() -> None:
    """Migrate an empty database and write down what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
        import django  # noqa: PLC0415 - the settings read DATA_DIR
        from django.core.management import call_command  # noqa: PLC0415 - after django.setup
        from django.db import connection  # noqa: PLC0415 - after django.setup

        django.setup()
        from marketplace.kernel import triggers  # noqa: PLC0415 - it loads models

        call_command("migrate", verbosity=0)
        triggers.remove()
        lines = list(statements(connection.connection))
        connection.close()
    text = "\n".join([HEAD, "BEGIN;", *lines, "COMMIT;", ""])
    SNAPSHOT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
