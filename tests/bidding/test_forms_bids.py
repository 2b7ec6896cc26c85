"""The form of a sealed amount."""

from decimal import Decimal

import pytest

from bidding.forms.bids import OfferForm
from tests.clock import NOON
from tests.factories.bidding import TenderFactory


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_an_amount_is_read_as_people_write_it_and_asked_for() -> None:
    tender = TenderFactory(active=True)

    form = OfferForm({"amount": " 34.8万 "}, tender=tender, at=NOON)

    assert form.is_valid()
    assert form.cleaned_data == {"amount": Decimal(348000)}
    assert list(OfferForm({"amount": ""}, tender=tender, at=NOON).errors) == ["amount"]


def test_a_refusal_of_the_ceiling_stands_beside_the_amount() -> None:
    assert OfferForm.GUARD_FIELDS == {
        "amount_is_within_ceiling": "amount",
        "amount_is_not_below_floor": "amount",
        "amount_suits_the_payer": "amount",
    }
    assert set(OfferForm.GUARD_FIELDS.values()) <= OfferForm.base_fields.keys()
