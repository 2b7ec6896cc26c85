import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.kernel import public_triggers, triggers
from marketplace.kernel.models import AppendOnlyError, AuditEntry
from tests.clock import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> AuditEntry:
    return AuditEntry.objects.create(at=NOON, verb="test.done", target_type="x", target_id="1")


def test_every_append_only_table_has_its_trigger() -> None:
    assert triggers.append_only_tables() == [
        "bidding_evaluation",
        "bidding_offer",
        "bidding_seal",
        "bidding_sealreveal",
        "bidding_selection",
        "credit_entry",
        "credit_standingcheck",
        "marketplace_auditentry",
        "marketplace_document",
        "marketplace_rulebookversion",
    ]
    assert triggers.missing() == []


def test_a_removed_trigger_is_missed() -> None:
    triggers.remove()

    tables = {*triggers.append_only_tables(), *public_triggers.public_tables()}
    assert triggers.missing() == sorted(tables)

    triggers.install()
    assert triggers.missing() == []


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_a_change_that_goes_around_the_model(
    entry: AuditEntry, verb: str
) -> None:
    rows = AuditEntry.objects.filter(pk=entry.pk)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(verb="test.changed") if verb == "update" else rows._raw_delete("default")

    assert rows.get().verb == "test.done"


def test_the_model_refuses_a_second_save_and_a_delete(entry: AuditEntry) -> None:
    entry.verb = "test.changed"

    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()

    with connection.cursor() as cursor:
        cursor.execute("SELECT verb FROM marketplace_auditentry")
        assert cursor.fetchall() == [("test.done",)]
