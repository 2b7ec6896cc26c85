import re

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.kernel import public_triggers, triggers
from marketplace.kernel.models import AppendOnlyError, AuditEntry
from tests.clock import NOON

pytestmark = pytest.mark.django_db
BARE = re.compile(r"_(append_only|public(?!value)).*$")
"""What a trigger's name has beyond that of its table."""

ALTERED_ON_SQLITE = (
    'DROP TRIGGER "marketplace_auditentry_append_only_UPDATE"',
    'DROP TRIGGER "bidding_offer_append_only_DELETE"',
    """
    CREATE TRIGGER "bidding_offer_append_only_DELETE" BEFORE DELETE ON "bidding_offer"
    WHEN OLD.id > 9 BEGIN SELECT RAISE(ABORT, 'bidding_offer is append-only'); END
    """,
)
ALTERED_ON_POSTGRESQL = (
    "DROP TRIGGER marketplace_auditentry_append_only_truncate ON marketplace_auditentry",
    "ALTER TABLE bidding_offer DISABLE TRIGGER bidding_offer_append_only",
    """
    CREATE OR REPLACE TRIGGER bidding_seal_append_only BEFORE DELETE ON bidding_seal
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_append_only_row()
    """,
    """
    CREATE OR REPLACE FUNCTION cms_noticepage_public() RETURNS trigger
    LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$
    """,
)


@pytest.fixture
def entry() -> AuditEntry:
    return AuditEntry.objects.create(at=NOON, verb="test.done", target_type="x", target_id="1")


def test_every_append_only_table_has_its_trigger() -> None:
    assert triggers.append_only_tables() == [
        "bidding_amendment",
        "bidding_bidlist",
        "bidding_choice",
        "bidding_evaluation",
        "bidding_expertpool",
        "bidding_inspectiondraw",
        "bidding_offer",
        "bidding_openedoffer",
        "bidding_openedplan",
        "bidding_orderkey",
        "bidding_paneldraw",
        "bidding_panelfailure",
        "bidding_publicvalue",
        "bidding_quote",
        "bidding_requirementcheck",
        "bidding_seal",
        "bidding_sealreveal",
        "bidding_seat",
        "bidding_selection",
        "bidding_sharegiven",
        "credit_creditscheme",
        "credit_entry",
        "credit_listimport",
        "credit_recusal",
        "credit_standingcheck",
        "marketplace_auditentry",
        "marketplace_document",
        "marketplace_listsubmission",
        "marketplace_registerentry",
        "marketplace_rulebookversion",
        "marketplace_trailcheck",
        "marketplace_trailwitness",
    ]
    assert triggers.faults() == {}


def test_a_removed_trigger_is_missed() -> None:
    triggers.remove()

    guarded = {*triggers.append_only_tables(), *public_triggers.public_tables()}
    faults = triggers.faults()
    assert set(faults.values()) == {"missing"}
    assert {BARE.sub("", name) for name in faults} >= guarded

    triggers.install()
    assert triggers.faults() == {}


def test_an_altered_or_disabled_trigger_is_told_and_mended_by_the_next_migrate() -> None:
    """Its name alone says nothing: the text must be the one that would be installed."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for statement in ALTERED_ON_SQLITE if is_sqlite else ALTERED_ON_POSTGRESQL:
            cursor.execute(statement)

    assert triggers.faults() == (
        {
            "bidding_offer_append_only_DELETE": "altered",
            "marketplace_auditentry_append_only_UPDATE": "missing",
        }
        if is_sqlite
        else {
            "bidding_offer_append_only": "disabled",
            "bidding_seal_append_only": "altered",
            "cms_noticepage_public": "altered",
            "marketplace_auditentry_append_only_truncate": "missing",
        }
    )

    triggers.install()
    assert triggers.faults() == {}


WAYS_AROUND = {
    "update": "UPDATE marketplace_auditentry SET verb = 'test.changed'",
    "delete": "DELETE FROM marketplace_auditentry",
    "one deleted": "DELETE FROM marketplace_auditentry WHERE verb = 'test.done'",
}
WAYS_AROUND_POSTGRESQL = {
    "truncate": "TRUNCATE marketplace_auditentry CASCADE",
    "upsert": (
        "INSERT INTO marketplace_auditentry SELECT * FROM marketplace_auditentry "
        "ON CONFLICT (id) DO UPDATE SET verb = 'test.changed'"
    ),
}
WAYS_AROUND_SQLITE = {
    "replace": "REPLACE INTO marketplace_auditentry SELECT * FROM marketplace_auditentry",
    "update or replace": "UPDATE OR REPLACE marketplace_auditentry SET verb = 'test.changed'",
    "upsert": (
        "INSERT INTO marketplace_auditentry SELECT * FROM marketplace_auditentry WHERE true "
        "ON CONFLICT (id) DO UPDATE SET verb = 'test.changed'"
    ),
}


def test_the_database_refuses_every_change_that_goes_around_the_model(entry: AuditEntry) -> None:
    is_sqlite = connection.vendor == "sqlite"
    ways = WAYS_AROUND | (WAYS_AROUND_SQLITE if is_sqlite else WAYS_AROUND_POSTGRESQL)
    connection.check_constraints()  # PostgreSQL empties no table whose rows it has still to check
    for statement in ways.values():
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    assert AuditEntry.objects.get(pk=entry.pk).verb == "test.done"


def test_the_model_refuses_a_second_save_and_a_delete(entry: AuditEntry) -> None:
    entry.verb = "test.changed"

    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()

    with connection.cursor() as cursor:
        cursor.execute("SELECT verb FROM marketplace_auditentry")
        assert cursor.fetchall() == [("test.done",)]
