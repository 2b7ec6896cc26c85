"""What a buyer changed of an open order stays as it was written."""

import pytest

from bidding.models import Amendment
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.clock import NOON
from tests.factories.bidding import TenderFactory

pytestmark = pytest.mark.django_db


def test_amendments_are_listed_by_number_and_never_rewritten():
    tender = TenderFactory(active=True)
    common = {"tender": tender, "is_material": False, "round": 1, "changes": [], "made_at": NOON}
    for number in (2, 1):
        Amendment.objects.create(
            **common, number=number, reasons="写错。", made_by=tender.created_by
        )

    first, _second = Amendment.objects.of(tender)

    assert first.number == 1
    with pytest.raises(AppendOnlyError):
        first.delete()
