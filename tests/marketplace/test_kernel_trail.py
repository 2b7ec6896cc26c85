"""An entry that is gone from the trail, or is not what it was, leaves its witness."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from marketplace.kernel import trail, triggers
from marketplace.kernel.models import AuditEntry, TrailWitness
from tests.clock import NOON
from tests.factories.marketplace import OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db
GONE = "DELETE FROM marketplace_auditentry WHERE id = %s"
CHANGED = "UPDATE marketplace_auditentry SET verb = 'other.done' WHERE id = %s"
READ = "SELECT {} FROM marketplace_auditentry WHERE id = %s"
WRITE = "UPDATE marketplace_auditentry SET {} = {} WHERE id = %s"
OTHERS = {
    "at": "'2026-11-24 05:00:00+00'",
    "recorded_at": "'2026-11-24 05:00:00+00'",
    "by_id": "NULL",
    "organization_id": "NULL",
    "verb": "'other.done'",
    "target_type": "'y'",
    "target_id": "'8'",
    "before": "'draft'",
    "after": "'active'",
    "data": """'{"amount": "1.00"}'""",
    "is_sealed": "true",
    "request_id": "'another'",
}
"""Another value of each field but the key, as the owner of the table could write it."""


def done_by_the_owner(statement: str, *values: object) -> Any:
    """Do what only the owner of the table can, who may lift its triggers; return a row, if any."""
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


def by_the_owner(statement: str, entry: AuditEntry) -> None:
    done_by_the_owner(statement, entry.pk)


@pytest.fixture
def entries() -> list[AuditEntry]:
    rows = [
        AuditEntry(at=NOON, verb="test.done", target_type="x", target_id=str(number))
        for number in range(3)
    ]
    return AuditEntry.objects.bulk_create(rows)


def test_each_entry_has_a_witness_and_nothing_is_lost(entries: list[AuditEntry]) -> None:
    witnesses = TrailWitness.objects.order_by("pk")

    assert [(one.pk, one.target_id, one.version) for one in witnesses] == [
        (entry.pk, entry.target_id, 1) for entry in entries
    ]
    assert len({one.digest for one in witnesses if len(one.digest) == 64}) == 3
    assert list(trail.lost()) == []
    checked = trail.check(NOON)
    assert (checked.entry_count, checked.lost_count, checked.first_lost) == (3, 0, [])
    assert trail.last_check() == checked


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


def test_the_witness_knows_every_field_of_the_entry_whoever_writes_it_over() -> None:
    written = AuditEntry(
        *(None, NOON, NOON, UserFactory().pk, OrganizationFactory().pk, "test.done", "x", "7"),
        *("", "", {"amount": "88000.00", "机构": "甲"}, False, "asked"),
    )
    written.save()
    pk = written.pk
    columns = [field.column for field in AuditEntry._meta.concrete_fields]
    missed = {}
    for column, other in OTHERS.items():
        [kept] = done_by_the_owner(READ.format(column), pk)
        done_by_the_owner(WRITE.format(column, other), pk)
        missed[column] = [one.pk for one in trail.lost()]
        done_by_the_owner(WRITE.format(column, "%s"), kept, pk)

    # a new field of the trail is a new version of what is hashed
    assert list(trail.HASHED) == columns == ["id", *OTHERS]
    assert missed == {column: [pk] for column in OTHERS}
    assert list(trail.lost()) == []


def test_the_whole_trail_is_asked_in_parts(
    entries: list[AuditEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "AT_ONCE", 2)
    by_the_owner(GONE, entries[0])
    by_the_owner(GONE, entries[2])

    checked = trail.check(NOON)

    assert (checked.entry_count, checked.lost_count) == (3, 2)
    assert checked.first_lost == [entries[0].pk, entries[2].pk]


def test_who_asks_often_asks_about_the_newest_alone(entries: list[AuditEntry]) -> None:
    by_the_owner(GONE, entries[0])

    assert trail.lost_of_latest(latest=2) == []
    assert [one.pk for one in trail.lost_of_latest(latest=3)] == [entries[0].pk]
    assert [one.pk for one in trail.lost()] == [entries[0].pk]
