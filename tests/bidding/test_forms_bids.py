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


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("written", ["20", "20%", " 20.00 ％"])
def test_k4_04_a_rate_is_read_as_the_amount_that_it_comes_to(written: str) -> None:
    tender = TenderFactory(active=True, quote="rate", ceiling=Decimal(100_000))

    form = OfferForm({"amount": written}, tender=tender, at=NOON)

    assert form.is_valid()
    assert form.cleaned_data == {"amount": Decimal("80000.00")}
    assert form.fields["amount"].label == "下浮率（%）"


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("written", ["100", "-1", "12.345", "八折", "80000"])
def test_what_is_no_rate_is_told_how_to_write_one(written: str) -> None:
    tender = TenderFactory(active=True, quote="rate", ceiling=Decimal(100_000))

    form = OfferForm({"amount": written}, tender=tender, at=NOON)

    assert form.errors == {
        "amount": ["请填写下浮率，例如 20 或 12.5%，在 0 至 99.99% 之间，精确到 0.01%。"]
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_the_price_of_a_unit_is_read_as_the_amount_that_all_of_them_cost() -> None:
    units = {"quote": "unit", "quantity": 3000, "quantity_unit": "平方米"}
    tender = TenderFactory(active=True, ceiling=Decimal(360_000), **units)

    form = OfferForm({"amount": "119.99"}, tender=tender, at=NOON)

    assert form.is_valid()
    assert form.cleaned_data == {"amount": Decimal("359970.00")}
    assert form.fields["amount"].label == "单价（元/平方米）"
    assert form.fields["amount"].help_text.startswith("填写一平方米的价格")


def test_a_refusal_of_the_ceiling_stands_beside_the_amount() -> None:
    assert OfferForm.GUARD_FIELDS == {
        "amount_is_within_ceiling": "amount",
        "amount_is_not_below_floor": "amount",
        "amount_suits_the_payer": "amount",
        "amount_is_of_a_rate": "amount",
        "amount_is_of_a_unit_price": "amount",
    }
    assert set(OfferForm.GUARD_FIELDS.values()) <= OfferForm.base_fields.keys()


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_the_browser_adds_its_part_to_a_draw_and_another_form_of_one_is_refused() -> None:
    tender, part = TenderFactory(active=True), "0a" * 32

    form = OfferForm({"amount": "90000", "part": part}, tender=tender, at=NOON)
    wrong = OfferForm({"amount": "90000", "part": "0A"}, tender=tender, at=NOON)

    assert form.is_valid()
    assert form.cleaned_data == {"amount": Decimal(90000), "part": bytes.fromhex(part)}
    assert list(wrong.errors) == ["part"]


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("ceiling", "fund", "is_asked"),
    [(499_999, "fiscal", False), (500_000, "fiscal", True), (500_000, "private", False)],
)
def test_a_small_enterprise_is_asked_for_where_its_price_is_lowered(
    ceiling: int, fund: str, is_asked: bool
) -> None:
    tender = TenderFactory(active=True, fund=fund, ceiling=Decimal(ceiling))

    form = OfferForm({"amount": "400000", "is_small": "on"}, tender=tender, at=NOON)

    assert form.is_valid()
    assert form.cleaned_data == {"amount": Decimal(400_000)} | (
        {"is_small": True} if is_asked else {}
    )
