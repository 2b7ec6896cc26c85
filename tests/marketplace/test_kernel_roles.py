"""What the role that answers requests may not do, and how it comes to what it may."""

import os
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from marketplace.kernel import roles, triggers
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON

FORBIDDEN = (
    "UPDATE marketplace_auditentry SET verb = 'test.changed'",
    "DELETE FROM marketplace_auditentry",
    "TRUNCATE marketplace_auditentry CASCADE",
    "TRUNCATE marketplace_message",
    "ALTER TABLE marketplace_auditentry DISABLE TRIGGER ALL",
    "DROP TRIGGER marketplace_auditentry_append_only ON marketplace_auditentry",
    "CREATE OR REPLACE FUNCTION refuse_change_of_append_only_row() RETURNS trigger"
    " LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$",
    "DROP TABLE marketplace_auditentry",
    "CREATE TABLE other (id integer)",
    "SET session_replication_role = replica",
    "DELETE FROM django_migrations",
)


@pytest.mark.postgresql
@pytest.mark.usefixtures("lesser_role")
def test_the_role_appends_to_the_trail_and_can_take_nothing_away() -> None:
    entry = AuditEntry.objects.create(at=NOON, verb="test.done", target_type="x", target_id="1")

    for statement in FORBIDDEN:
        with (
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    assert AuditEntry.objects.get().verb == entry.verb
    assert triggers.faults() == {}


@pytest.fixture
def two_roles(transactional_db: None) -> Iterator[tuple[str, str]]:
    """Two roles that log in, of which one owns what the test's own role owned; both go again."""
    owner, app = (f"{name}_{os.getpid()}" for name in ("owner", "app"))
    mine = connection.settings_dict["USER"]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {owner} LOGIN SUPERUSER; CREATE ROLE {app} LOGIN")
    yield owner, app
    with connection.cursor() as cursor:
        for role in (owner, app):
            cursor.execute(f"REASSIGN OWNED BY {role} TO {mine}; DROP OWNED BY {role}")
            cursor.execute(f"DROP ROLE {role}")


@pytest.mark.postgresql
def test_migrate_works_as_the_owner_and_grants_the_other_role_what_it_needs(
    two_roles: tuple[str, str], settings
) -> None:
    owner, app = two_roles
    known = connection.settings_dict["USER"], connection.settings_dict["PASSWORD"]
    settings.DATABASE_OWNER_URL = f"postgres://{owner}@elsewhere/other"
    with roles.as_owner(f"postgres://{app}@elsewhere/other"):
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM marketplace_auditentry")

        call_command("migrate", verbosity=0)

        assert connection.settings_dict["USER"] == app
        assert not AuditEntry.objects.exists()
        assert roles.owned_tables() == 0
    assert (connection.settings_dict["USER"], connection.settings_dict["PASSWORD"]) == known
