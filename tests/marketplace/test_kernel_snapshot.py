"""An empty database that begins with the snapshot comes to what migrate alone makes of it."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from marketplace.kernel import snapshot
from marketplace.models import Division
from tests.conftest import ROOT, _template

NUMBERED = ("django_migrations", "django_content_type", "auth_permission")
"""Tables that later migrations add to: their numbers depend on which came in one go."""
NAMES_OF = """
SELECT 'step', app, name FROM django_migrations
UNION SELECT 'model', app_label, model FROM django_content_type
UNION SELECT app_label || '.' || model, codename, name
  FROM auth_permission JOIN django_content_type ON django_content_type.id = content_type_id
"""
OF_THE_DAY = re.compile(r"'[0-9a-f]{32}'|'\d{4}-\d\d-\d\d \d\d:\d\d:[\d.]+'")
DEV = "marketplace.project.settings.dev"
PREPARE = "import django; django.setup(); from deploy import prepare; prepare.migrate()"


def told(path: Path) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return all that a database holds, but for what each migrating makes anew."""
    database = sqlite3.connect(path)
    numbered = tuple(f'INSERT INTO "{name}"' for name in (*NUMBERED, "sqlite_sequence"))
    lines = [
        OF_THE_DAY.sub("?", line)
        for line in snapshot.statements(database)
        if not line.startswith(numbered)
    ]
    return sorted(lines), sorted(database.execute(NAMES_OF).fetchall())


@pytest.mark.long
def test_what_is_laid_and_migrated_on_is_what_migrate_makes(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PREPARE],
        cwd=ROOT,
        env={**env, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": DEV},
        check=True,
    )

    laid, migrated = told(tmp_path / "db.sqlite3"), told(_template())

    assert laid == migrated, "an old migration was changed: python -m marketplace.kernel.snapshot"


@pytest.mark.django_db
def test_nothing_is_laid_where_there_are_tables() -> None:
    known = sorted(connection.introspection.table_names())
    Division.objects.filter(code="360000").update(name="somewhere")

    assert not snapshot.lay(connection)

    assert sorted(connection.introspection.table_names()) == known
