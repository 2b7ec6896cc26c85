"""What a public unit spends without competition is compared with where the money comes from."""

import pytest

from bidding.guards import funds, tenders
from bidding.guards.warnings import warnings_of
from bidding.models import Tender
from marketplace.kernel.models import Parameter
from marketplace.models import Buyer
from tests.bidding.refusals import failing
from tests.bidding.shipped import RULES
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.marketplace import BuyerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
Fund, Nature = Tender.Fund, Buyer.Nature
STRICT = RULES.changed({"direct.unit_and_fund": True})
GROUND = "依据：规则手册 direct.unit_and_fund。"


def order(nature: str, fund: str, method: str) -> Tender:
    unit = Buyer.objects.filter(nature=nature).first() or BuyerFactory(nature=nature)
    return Tender(buyer=unit.organization, fund=fund, method=method)


def test_only_a_public_unit_that_names_for_private_money_is_asked_again() -> None:
    doubtful = {
        (nature, fund, method)
        for nature in Nature
        for fund in Fund
        for method in ("", "direct", "lowest")
        if not funds.fund_suits_the_unit(order(nature, fund, method)).holds
    }

    assert doubtful == {
        (Nature.INSTITUTION, Fund.PRIVATE, "direct"),
        (Nature.GOVERNMENT, Fund.PRIVATE, "direct"),
    }
    institution = order(Nature.INSTITUTION, Fund.PRIVATE, "direct")
    assert funds.fund_suits_the_unit(institution).explained == (
        f"项目业主是事业单位，却以社会资金直接选取，请核实资金来源。{GROUND}"
    )


def test_the_rulebook_makes_the_warning_a_refusal() -> None:
    doubtful = order(Nature.INSTITUTION, Fund.PRIVATE, "direct")
    sound = order(Nature.COMPANY, Fund.PRIVATE, "direct")

    assert funds.unit_and_fund_let_it_name(doubtful, RULES).holds
    assert funds.unit_and_fund_let_it_name(doubtful, STRICT).explained == (
        f"事业单位不得用社会资金直接选取。{GROUND}"
    )
    assert funds.unit_and_fund_let_it_name(sound, STRICT).holds


def test_an_order_is_warned_of_and_goes_on_until_the_rulebook_forbids_it() -> None:
    unit = BuyerFactory(nature=Nature.INSTITUTION).organization
    tender = TenderFactory(buyer=unit, fund=Fund.PRIVATE)
    agency = bidder(tender.item)
    tender.method, tender.named_agency, tender.naming_reasons = "direct", agency, "熟悉。"
    named = ["unit_and_fund_let_it_name"]

    assert failing(*warnings_of(tender, NOON)) == ["fund_suits_the_unit"]
    assert failing(*tenders.may_submit_tender(tender, NOON)) == []
    Parameter.objects.filter(key="direct.unit_and_fund").update(value=True)
    assert failing(*tenders.may_submit_tender(tender, NOON)) == named
    assert failing(*tenders.may_change_tender(tender, NOON)) == named
    assert failing(tenders.method_suits(tender, "direct", NOON)) == named
    assert tenders.method_suits(tender, "lowest", NOON).holds


@pytest.mark.parametrize(
    ("fund", "shares", "failed"),
    [
        ("private", {}, []),
        ("fiscal", {"fiscal": "60", "private": "40"}, []),
        ("private", {"fiscal": "0.5", "private": "99.5"}, ["strictest_fund_holds"]),
        ("fiscal", {"fiscal": "100"}, ["shares_make_a_whole"]),
        ("fiscal", {"fiscal": "60", "private": "39.99"}, ["shares_make_a_whole"]),
        ("fiscal", {"fiscal": "100", "private": "0"}, ["shares_make_a_whole"]),
    ],
)
def test_the_strictest_of_several_funds_holds(fund, shares, failed) -> None:
    tender = TenderFactory(fund=fund, fund_shares=shares)

    assert failing(*tenders.may_submit_tender(tender, NOON)) == failed
    assert failing(*tenders.may_change_tender(tender, NOON)) == failed


def test_a_method_is_enabled_where_every_fund_lets_it_be() -> None:
    shares = {"fiscal": "60", "private": "40"}
    mixed = TenderFactory(fund="fiscal", fund_shares=shares, method="lowest")
    forbidden = RULES.changed({"method.enabled.lowest.private": False})

    assert tenders.method_is_enabled(mixed, RULES).holds
    assert tenders.method_is_enabled(mixed, forbidden).refusal == (
        "社会资金的采购不能采用“竞价（最低价中选）”"
    )


def test_a_method_that_is_off_at_a_level_says_so_and_only_there() -> None:
    order = TenderFactory(fund="private", method="lowest")
    key = "method.enabled.lowest.private.county"

    assert tenders.method_is_enabled(order, RULES.changed({key: False})).refusal == (
        "社会资金、县级的采购不能采用“竞价（最低价中选）”"
    )
    assert tenders.method_is_enabled(order, RULES.changed({f"{key}.round_2": False})).holds
