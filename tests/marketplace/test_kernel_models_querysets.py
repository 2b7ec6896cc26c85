"""What every queryset of ours can do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.kernel.models import Sequence

pytestmark = pytest.mark.django_db


def test_a_row_is_held_together_or_alone() -> None:
    row = Sequence.objects.create(name="one", value=3)
    locks = connection.features.has_select_for_update

    with CaptureQueriesContext(connection) as asked:
        shared = Sequence.objects.lock_shared(row.pk)
        alone = Sequence.objects.lock(row.pk)

    assert (shared, shared.value, alone) == (row, 3, row)
    clauses = [query["sql"].partition(" FOR ")[2] for query in asked]
    assert clauses == (["SHARE", "NO KEY UPDATE"] if locks else ["", ""])


def test_a_row_that_is_gone_cannot_be_held() -> None:
    with pytest.raises(Sequence.DoesNotExist):
        Sequence.objects.lock_shared(1)
