"""What an entry of the record may hold."""

import pytest
from django.db import connection, transaction

from credit.models import Entry, StandingCheck
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.clock import NOON
from tests.factories.credit import (
    EntryFactory,
    active_agency,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_entries_and_checks_are_written_once(verb):
    check = StandingCheck.objects.create(
        organization=active_agency(),
        moment=StandingCheck.Moment.SIGN_UP,
        reference="x",
        asked_at=NOON,
        rulebook_sha256="0" * 64,
        is_clear=True,
    )
    for row in (EntryFactory(), check):
        with pytest.raises(AppendOnlyError):
            row.save() if verb == "change" else row.delete()
        statement = (
            f'UPDATE "{row._meta.db_table}" SET id = id'  # noqa: S608 - a table of ours
            if verb == "change"
            else f'DELETE FROM "{row._meta.db_table}"'  # noqa: S608
        )
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)
    assert Entry.objects.count() == StandingCheck.objects.count() == 1
