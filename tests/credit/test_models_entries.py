"""What an entry of the record may hold."""

import pytest
from django.db import connection, transaction

from credit.models import Entry
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.factories.credit import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_entries_are_written_once(verb):
    row = EntryFactory()

    with pytest.raises(AppendOnlyError):
        row.save() if verb == "change" else row.delete()
    statement = (
        "UPDATE credit_entry SET id = id" if verb == "change" else "DELETE FROM credit_entry"
    )
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.count() == 1
