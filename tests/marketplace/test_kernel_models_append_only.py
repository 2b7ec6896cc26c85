"""Rows that are written once: what the model itself refuses, before any trigger is asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.kernel.audit import record
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> AuditEntry:
    return record(by=None, verb="user.seen", target=UserFactory(), at=NOON)


@pytest.mark.parametrize("change", ["save", "delete"])
def test_a_second_save_and_a_deletion_ask_no_database(entry: AuditEntry, change: str) -> None:
    entry.verb = "user.hidden"

    with (
        CaptureQueriesContext(connection) as statements,
        pytest.raises(AppendOnlyError, match=r"^marketplace\.AuditEntry$"),
    ):
        getattr(entry, change)()

    assert len(statements) == 0
    assert AuditEntry.objects.get(pk=entry.pk).verb == "user.seen"
