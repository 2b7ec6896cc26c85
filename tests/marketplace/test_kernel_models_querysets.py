"""What every queryset of ours can do."""

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from marketplace.models import Agency
from tests.factories.marketplace import AgencyFactory


@pytest.mark.django_db
def test_a_locked_row_is_read_anew() -> None:
    agency = AgencyFactory(introduction="旧")
    Agency.objects.filter(pk=agency.pk).update(introduction="新")

    locked = Agency.objects.lock(agency.pk)

    assert (locked.introduction, agency.introduction) == ("新", "旧")


@pytest.mark.django_db
def test_a_row_that_is_not_there_cannot_be_locked() -> None:
    with pytest.raises(Agency.DoesNotExist):
        Agency.objects.lock(0)


@pytest.mark.django_db
def test_rows_are_locked_in_the_order_of_their_keys() -> None:
    made = [AgencyFactory() for _agency in range(3)]

    with CaptureQueriesContext(
        connection,
    ) as sent:
        locked = list(Agency.objects.order_by("-pk").lock_all())

    assert locked == made
    assert len(sent) == 1


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_within_a_transaction_alone() -> None:
    agency = AgencyFactory()

    if connection.features.has_select_for_update:
        with pytest.raises(TransactionManagementError):
            Agency.objects.lock(agency.pk)
    else:
        assert Agency.objects.lock(agency.pk) == agency
