"""A choice is made once in a round, with reasons, and for good."""

import pytest
from django.db import IntegrityError, transaction

from bidding.models import Choice
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.factories.bidding import REGISTERED, BidFactory, TenderFactory

pytestmark = pytest.mark.django_db


def test_a_round_has_one_choice_with_reasons_which_nobody_changes():
    bid = BidFactory(tender=TenderFactory(evaluated=True))
    given = {"tender": bid.tender, "bid": bid, "chosen_by": bid.submitted_by}
    given["chosen_at"] = REGISTERED

    with pytest.raises(IntegrityError, match="choice_has_reasons"), transaction.atomic():
        Choice.objects.create(**given, reasons="")
    choice = Choice.objects.create(**given, reasons="业绩好。")
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.create(**given, reasons="价格低。")
    with pytest.raises(AppendOnlyError):
        choice.save()

    assert bid.tender.choice == choice
