"""An entry that is gone from the trail, or was put in another's place, leaves its witness."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from marketplace.kernel import trail, triggers
from marketplace.kernel.models import AuditEntry, TrailWitness
from tests.clock import NOON

pytestmark = pytest.mark.django_db
GONE = "DELETE FROM marketplace_auditentry WHERE id = %s"
CHANGED = "UPDATE marketplace_auditentry SET verb = 'other.done' WHERE id = %s"


def by_the_owner(statement: str, entry: AuditEntry) -> None:
    """Do what only the owner of the table can, who may lift its triggers."""
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute(statement, [entry.pk])


@pytest.fixture
def entries() -> list[AuditEntry]:
    rows = [
        AuditEntry(at=NOON, verb="test.done", target_type="x", target_id=str(number))
        for number in range(3)
    ]
    return AuditEntry.objects.bulk_create(rows)


def test_each_entry_has_a_witness_and_nothing_is_lost(entries: list[AuditEntry]) -> None:
    assert [(one.pk, one.target_id) for one in TrailWitness.objects.order_by("pk")] == [
        (entry.pk, entry.target_id) for entry in entries
    ]
    assert list(trail.lost()) == []


@pytest.mark.parametrize("which", [0, 1, 2], ids=["first", "middle", "newest"])
@pytest.mark.parametrize("statement", [GONE, CHANGED], ids=["gone", "changed"])
def test_one_entry_alone_is_missed_by_whoever_asks(
    client: Client, entries: list[AuditEntry], which: int, statement: str
) -> None:
    by_the_owner(statement, entries[which])

    told = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("check_trail", stdout=told)
    assert told.getvalue().splitlines() == [
        f"2026-11-24T04:00:00+00:00 {entries[which].pk} test.done x {which}"
    ]
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["lost_entries"]) == (503, [entries[which].pk])


def test_who_asks_often_asks_about_the_newest_alone(entries: list[AuditEntry]) -> None:
    by_the_owner(GONE, entries[0])

    assert not trail.lost(latest=2).exists()
    assert trail.lost(latest=3).exists()
    assert trail.lost().get().pk == entries[0].pk
