"""What the methods demand of an order, of an amount and of how many bid."""

from decimal import Decimal

from bidding.guards import terms
from bidding.models import Tender


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
    for wrong in ("0", "-0.01", "1000000000000.00", "0.001", "NaN", "Infinity"):
        assert terms.amount_is_written_to_the_cent(Decimal(wrong)).refusal == (
            "金额须大于零、不超过 ¥999,999,999,999.99，精确到分"
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
