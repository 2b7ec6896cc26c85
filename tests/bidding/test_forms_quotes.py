"""The form of a quote: an amount as people write it, and the key that it was made with."""

from decimal import Decimal
from uuid import UUID

from bidding.forms.quotes import QuoteForm
from bidding.models import Tender

ORDER = Tender(ceiling=Decimal(100_000))
BY_RATE = Tender(ceiling=Decimal(100_000), quote="rate")
KEY = "00000000-0000-0000-0000-000000000001"


def test_a_quote_is_read_as_people_write_amounts():
    form = QuoteForm({"amount": "8.88万", "price": "90000.00", "key": KEY}, tender=ORDER)

    assert form.is_valid()
    assert form.cleaned_data == {
        "amount": Decimal("88800.00"),
        "price": "90000.00",
        "key": UUID(KEY),
    }


def test_before_the_first_quote_no_price_was_seen():
    form = QuoteForm({"amount": "1", "key": KEY}, tender=ORDER)

    assert form.is_valid()
    assert form.cleaned_data["price"] == ""


def test_a_key_that_is_none_is_refused():
    form = QuoteForm({"amount": "1", "key": "x"}, tender=ORDER)

    assert form.errors["key"] == ["请刷新页面后再报。"]


def test_each_form_has_a_key_of_its_own():
    first, second = QuoteForm(tender=ORDER), QuoteForm(tender=ORDER)

    assert first["key"].value() != second["key"].value()


def test_where_rates_are_quoted_the_amount_is_what_the_rate_comes_to():
    form = QuoteForm({"amount": "12.5%", "key": KEY}, tender=BY_RATE)

    assert form.is_valid()
    assert form.cleaned_data["amount"] == Decimal("87500.00")
    assert not QuoteForm({"amount": "87500", "key": KEY}, tender=BY_RATE).is_valid()
