"""What the methods demand of an order, of an amount and of how many bid."""

from decimal import Decimal

import pytest

from bidding.guards import terms
from bidding.models import Tender
from marketplace.models import Organization, ServiceItem
from tests.bidding.shipped import RULES


def test_an_order_fails_with_too_few_bids_and_says_so():
    assert terms.enough_valid_bids(3, 3).holds
    assert terms.named_agency_has_accepted(1).holds
    few, none = terms.enough_valid_bids(2, 3), terms.named_agency_has_accepted(0)
    assert (few.holds, few.refusal) == (False, "有效报名 2 家，少于规则要求的 3 家")
    assert (none.holds, none.refusal) == (False, "公告所列机构在期限内没有接受")


def test_a_buyer_cannot_name_itself():
    assert not terms.named_agency_is_another(Tender(named_agency_id=7, buyer_id=7)).holds
    assert terms.named_agency_is_another(Tender(named_agency_id=8, buyer_id=7)).holds
    assert terms.named_agency_is_another(Tender(buyer_id=7)).holds


def test_a_naming_is_complete_with_agency_and_reasons() -> None:
    complete = Tender(named_agency_id=7, naming_reasons="熟悉。")

    assert terms.naming_is_complete(complete).holds
    for lacking in (Tender(named_agency_id=7, naming_reasons=" "), Tender(naming_reasons="熟悉。")):
        verdict = terms.naming_is_complete(lacking)
        assert not verdict.holds
        assert verdict.explained == "直接选取须写明选哪一家机构，并公开理由。依据：平台默认。"


def test_an_amount_is_refused_with_the_greatest_one_or_with_the_ceiling() -> None:
    tender = Tender(ceiling=Decimal("1234.50"))
    greatest = Decimal("999999999999.99")

    assert terms.amount_is_written_to_the_cent(greatest).holds
    for wrong in ("-0.01", "1000000000000.00", "0.001", "NaN", "Infinity"):
        assert terms.amount_is_written_to_the_cent(Decimal(wrong)).refusal == (
            "金额不能是负数，也不能超过 ¥999,999,999,999.99，精确到分"
        )
    assert terms.amount_is_within_ceiling(tender, Decimal("1234.50")).holds
    assert terms.amount_is_within_ceiling(tender, Decimal("1234.51")).refusal == (
        "金额高于最高限价 ¥1,234.50"
    )
    assert terms.amount_is_within_ceiling(Tender(), greatest).holds
    assert (terms.order_has_ceiling(tender).holds, terms.order_has_ceiling(Tender()).holds) == (
        True,
        False,
    )


@pytest.mark.parametrize(
    ("paid_by", "amount", "holds"),
    [
        ("applicant", "0.00", False),
        ("", "0", False),
        ("later_winner", "0.00", True),
        ("applicant", "0.01", True),
    ],
)
def test_k4_06_zero_may_be_offered_where_the_item_says_who_pays(paid_by, amount, holds) -> None:
    tender = Tender(item=ServiceItem(paid_by=paid_by))

    verdict = terms.amount_suits_the_payer(tender, Decimal(amount))

    assert verdict.holds is holds
    if not holds:
        assert verdict.refusal == (
            "金额须大于零；只有服务事项写明由后续项目的中标人付费的，才可以报零元"
        )


def test_k4_05_an_amount_is_not_below_the_floor_that_the_buyer_set() -> None:
    tender = Tender(floor=Decimal(80_000), ceiling=Decimal(100_000))

    assert terms.amount_is_not_below_floor(tender, Decimal(80_000)).holds
    assert terms.amount_is_not_below_floor(Tender(), Decimal("0.01")).holds
    assert terms.amount_is_not_below_floor(tender, Decimal("79999.99")).explained == (
        "金额低于最低限价 ¥80,000.00。依据：规则手册 order.floor。"
    )


@pytest.mark.parametrize(
    ("floor", "ceiling", "holds"),
    [
        (None, None, True),
        (80, 100, True),
        (100, 100, True),
        (101, 100, False),
        (0, 100, False),
        (80, None, False),
    ],
)
def test_a_floor_lies_below_a_ceiling(floor, ceiling, holds) -> None:
    assert terms.floor_is_below_ceiling(Tender(floor=floor, ceiling=ceiling)).holds is holds


def test_a_floor_is_set_where_the_rulebook_lets_it_be() -> None:
    tender = Tender(floor=Decimal(80), fund="fiscal")
    forbidden = RULES.changed({"order.floor.fiscal": False})

    assert terms.floor_is_allowed(tender, RULES).holds
    assert terms.floor_is_allowed(Tender(fund="fiscal"), forbidden).holds
    assert terms.floor_is_allowed(tender, forbidden).refusal == "财政资金的采购不设最低限价"


def test_a_ceiling_of_nothing_is_refused() -> None:
    assert terms.ceiling_is_above_zero(Tender()).holds
    assert not terms.ceiling_is_above_zero(Tender(ceiling=Decimal(0))).holds


@pytest.mark.parametrize(
    ("quote", "ceiling", "holds"),
    [("amount", None, True), ("rate", 100, True), ("rate", 99, False), ("rate", None, False)],
)
def test_a_rate_has_a_ceiling_to_start_from(quote, ceiling, holds) -> None:
    verdict = terms.rate_has_a_base(Tender(quote=quote, ceiling=ceiling))

    assert verdict.holds is holds
    if not holds:
        assert verdict.refusal == "报下浮率的，须设不低于 ¥100.00 的最高限价，作为下浮的基准"


@pytest.mark.parametrize(
    ("amount", "holds"),
    [("80000.00", True), ("100000.00", True), ("80000.01", False), ("0.00", False)],
)
def test_an_amount_is_one_that_a_rate_comes_to(amount, holds) -> None:
    by_rate = Tender(quote="rate", ceiling=Decimal(100_000))

    assert terms.amount_is_of_a_rate(by_rate, Decimal(amount)).holds is holds
    assert terms.amount_is_of_a_rate(Tender(ceiling=Decimal(100_000)), Decimal(amount)).holds


@pytest.mark.parametrize(
    ("changed", "holds"),
    [
        ({}, True),
        ({"quote": "amount", "quantity": None}, True),
        ({"quantity": None}, False),
        ({"quantity_unit": " "}, False),
        ({"ceiling": None}, False),
        ({"ceiling": Decimal("360000.01")}, False),
    ],
)
def test_a_price_of_a_unit_says_of_how_many_and_what_all_may_cost(changed, holds) -> None:
    given = {"quote": "unit", "quantity": 3000, "quantity_unit": "平方米"}
    tender = Tender(**{**given, "ceiling": Decimal(360_000), **changed})

    assert terms.unit_price_has_a_quantity(tender).holds is holds


@pytest.mark.parametrize(("amount", "holds"), [("359970.00", True), ("359970.01", False)])
def test_an_amount_is_one_that_a_price_of_a_unit_comes_to(amount, holds) -> None:
    by_unit = Tender(quote="unit", quantity=3000)

    assert terms.amount_is_of_a_unit_price(by_unit, Decimal(amount)).holds is holds
    assert terms.amount_is_of_a_unit_price(Tender(), Decimal(amount)).holds


def test_a_floor_is_set_where_every_fund_lets_it_be() -> None:
    shares = {"fiscal": "60", "private": "40"}
    mixed = Tender(floor=Decimal(80), fund="fiscal", fund_shares=shares)
    forbidden = RULES.changed({"order.floor.private": False})

    assert terms.floor_is_allowed(mixed, RULES).holds
    assert terms.floor_is_allowed(mixed, forbidden).refusal == "社会资金的采购不设最低限价"


@pytest.mark.parametrize(
    ("size", "is_small", "holds"),
    [("large", True, False), ("large", False, True), ("small", True, True), ("", True, True)],
)
def test_a_large_enterprise_of_the_register_is_no_small_one_in_a_bid(
    size: str, is_small: bool, holds: bool
) -> None:
    verdict = terms.size_is_told_alike(Organization(size=size), is_small=is_small)

    assert verdict.holds is holds
    assert holds or "登记的企业规模是“大型企业”" in verdict.explained
