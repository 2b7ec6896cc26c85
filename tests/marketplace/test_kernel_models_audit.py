"""The trail is read from its end, and the database itself dates its rows."""

from datetime import timedelta

import pytest

from marketplace.kernel.models import AuditEntry
from tests.clock import NOON


def test_an_entry_names_its_moment_its_act_and_its_row() -> None:
    entry = AuditEntry(at=NOON, verb="agency.activated", target_type="agency", target_id="7")

    assert str(entry) == "2026-11-24 12:00 agency.activated agency 7"


@pytest.mark.django_db
def test_the_entry_written_last_stands_first_whatever_moment_it_counts_from() -> None:
    made = [
        AuditEntry.objects.create(at=at, verb="test.done", target_type="x", target_id="1")
        for at in (NOON, NOON - timedelta(days=1))
    ]

    found = [*AuditEntry.objects.all()]

    assert found == made[::-1]
    assert all(entry.recorded_at is not None for entry in found)
    assert [entry.at for entry in found] == [NOON - timedelta(days=1), NOON]
