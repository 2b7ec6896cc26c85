"""One row says that something public has changed, however much it was."""

from datetime import date

import pytest

from marketplace.kernel.models import PublicChange
from tests.factories.marketplace import ParameterFactory

pytestmark = pytest.mark.django_db


def test_all_changes_of_one_transaction_are_one_row_that_the_database_dates() -> None:
    PublicChange.objects.all().delete()

    for year in (2025, 2026):
        ParameterFactory(in_force_from=date(year, 1, 1))

    [row] = PublicChange.objects.all()
    assert row.changed_at is not None
    assert str(row) == str(row.pk)
