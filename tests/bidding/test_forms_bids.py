"""The form of a sealed amount."""

from decimal import Decimal

from bidding.forms.bids import OfferForm


def test_an_amount_is_read_as_people_write_it_and_asked_for() -> None:
    form = OfferForm({"amount": " 34.8万 "})

    assert form.is_valid()
    assert form.cleaned_data == {"amount": Decimal(348000)}
    assert list(OfferForm({"amount": ""}).errors) == ["amount"]


def test_a_refusal_of_the_ceiling_stands_beside_the_amount() -> None:
    assert OfferForm.GUARD_FIELDS == {"amount_is_within_ceiling": "amount"}
    assert OfferForm.GUARD_FIELDS["amount_is_within_ceiling"] in OfferForm.base_fields
