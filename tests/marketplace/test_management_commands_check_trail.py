from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from marketplace.kernel import triggers
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def test_it_says_nothing_of_a_whole_trail_and_fails_on_one_that_has_lost_an_entry() -> None:
    entry = AuditEntry.objects.create(at=NOON, verb="test.done", target_type="x", target_id="7")
    call_command("check_trail", stdout=(told := StringIO()))
    assert told.getvalue() == ""

    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM marketplace_auditentry WHERE id = %s", [entry.pk])

    with pytest.raises(SystemExit, match="1"):
        call_command("check_trail", stdout=told)
    assert told.getvalue() == f"2026-11-24T04:00:00+00:00 {entry.pk} test.done x 7\n"
