"""An officer enters once in a round, and never changes it."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.kernel.models.append_only import AppendOnlyError
from tests.bidding.test_guards_openings import officer
from tests.bidding.test_guards_public_values import enter
from tests.factories.bidding import TenderFactory

pytestmark = pytest.mark.django_db


def test_a_value_is_entered_once_by_each_and_stays() -> None:
    tender, giver = TenderFactory(closed=True), officer("operator")

    enter(tender, "1", giver)
    with pytest.raises(IntegrityError), transaction.atomic():
        enter(tender, "2", giver)

    row = tender.public_values.get()
    assert str(row) == f"{tender.pk}/1"
    with pytest.raises(AppendOnlyError):
        row.save()
