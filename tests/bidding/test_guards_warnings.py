"""What is shown to look at, and what needs an exemption."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.actions.tenders.parts import exempt_order
from bidding.guards import warnings as guards
from bidding.guards.tenders import may_submit_tender
from bidding.models import Exemption, LotGroup, Tender
from tests.bidding.refusals import failing
from tests.bidding.shipped import RULES
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import ServiceClassFactory, ServiceItemFactory
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
Fund = Tender.Fund


@pytest.mark.parametrize(
    ("fund", "ceiling", "holds"),
    [
        (Fund.FISCAL, "499999.99", True),
        (Fund.FISCAL, "500000.00", False),
        (Fund.PRIVATE, "500000.00", True),
    ],
)
def test_fiscal_money_from_the_county_limit_on_is_warned_of(fund, ceiling, holds):
    tender = TenderFactory(fund=fund, ceiling=Decimal(ceiling))

    assert guards.warnings_of(tender, NOON)[0].holds is holds


def test_parts_of_one_project_are_added_up():
    first = TenderFactory(
        fund=Fund.FISCAL, project_code="2610-360702-04-01-218846", ceiling=Decimal(400000)
    )
    same = {
        "fund": Fund.FISCAL,
        "project_code": first.project_code,
        "buyer": first.buyer,
        "item": first.item,
    }
    small = TenderFactory(**same, ceiling=Decimal("99999.99"))
    assert guards.warnings_of(small, NOON)[1].holds
    small.delete()

    second = TenderFactory(**same, ceiling=Decimal(100000))

    assert guards.warnings_of(second, NOON)[1].refusal == (
        "同一项目同一事项或者同一采购各包合计 ¥500,000.00，达到限额，请确认没有拆分"
    )


def test_a_part_that_was_given_up_is_not_added():
    gone = TenderFactory(
        cancelled=True,
        fund=Fund.FISCAL,
        project_code="2610-360702-04-01-218846",
        ceiling=Decimal(290000),
    )
    tender = TenderFactory(
        fund=Fund.FISCAL,
        project_code=gone.project_code,
        buyer=gone.buyer,
        item=gone.item,
        ceiling=Decimal(100000),
    )

    assert guards.warnings_of(tender, NOON)[1].holds


def lots_of(first: Tender, ceiling: str) -> Tender:
    group = LotGroup.objects.create(buyer=first.buyer, created_by=first.created_by, created_at=NOON)
    Tender.objects.filter(pk=first.pk).update(lot_group=group, lot=1)
    return TenderFactory(
        fund=first.fund,
        buyer=first.buyer,
        item=first.item,
        lot_group=group,
        lot=2,
        ceiling=Decimal(ceiling),
    )


def test_lots_of_one_order_are_added_up_without_any_project_code():
    first = TenderFactory(fund=Fund.FISCAL, ceiling=Decimal(400000))
    near = lots_of(first, "99999.99")
    assert [guards.warnings_of(near, NOON)[place].holds for place in (1, 2)] == [True, True]

    Tender.objects.filter(pk=near.pk).update(ceiling=Decimal(100000))
    near.ceiling = Decimal(100000)

    assert [guards.warnings_of(near, NOON)[place].holds for place in (1, 2)] == [False, False]
    apart = TenderFactory(
        fund=Fund.FISCAL, buyer=first.buyer, item=first.item, ceiling=Decimal(100000)
    )
    assert guards.warnings_of(apart, NOON)[1].holds


def test_lots_of_a_design_are_added_up_against_the_limit_for_tenders():
    item = ServiceItemFactory(
        published=True, service_class=ServiceClassFactory(code="C25", name="工程设计")
    )
    order = {"item": item, "fund": Fund.STATE_OWNED}
    first = TenderFactory(**order, ceiling=Decimal(600000))

    second = lots_of(first, "400000")
    apart = TenderFactory(**order, buyer=first.buyer, ceiling=Decimal(400000))

    assert not guards.warnings_of(second, NOON)[3].holds
    assert guards.warnings_of(apart, NOON)[3].holds


def test_what_is_sent_in_and_not_published_yet_counts_in_its_year():
    first = TenderFactory(submitted=True, fund=Fund.FISCAL, ceiling=Decimal(400000))
    draft = TenderFactory(
        fund=Fund.FISCAL, buyer=first.buyer, item=first.item, ceiling=Decimal(400000)
    )

    assert not guards.warnings_of(draft, NOON)[2].holds
    assert guards.warnings_of(first, NOON)[2].holds


def test_a_year_of_one_class_is_added_up_whatever_the_project():
    first = TenderFactory(active=True, fund=Fund.FISCAL, ceiling=Decimal(400000))
    same = {"fund": Fund.FISCAL, "buyer": first.buyer, "item": first.item}

    second = TenderFactory(**same, ceiling=Decimal(100000))
    small = TenderFactory(**same, ceiling=Decimal("99999.99"))

    assert guards.warnings_of(second, NOON)[2].refusal == (
        "近 12 个月同一服务类别的财政资金采购合计 ¥500,000.00，达到限额，请确认没有拆分"
    )
    assert guards.warnings_of(small, NOON)[2].holds
    Tender.objects.filter(pk=first.pk).update(published_at=NOON - timedelta(days=367))
    assert guards.warnings_of(second, NOON)[2].holds


def test_parts_of_a_design_are_added_up_against_the_limit_for_tenders():
    item = ServiceItemFactory(
        published=True, service_class=ServiceClassFactory(code="C25", name="工程设计")
    )
    project = {"project_code": "2610-360702-04-01-218846", "fund": Fund.STATE_OWNED, "item": item}
    first = TenderFactory(**project, ceiling=Decimal(600000))

    second = TenderFactory(**project, buyer=first.buyer, ceiling=Decimal(400000))
    elsewhere = TenderFactory(**project, ceiling=Decimal(400000))

    assert guards.warnings_of(second, NOON)[3].refusal == (
        "同一项目、同一采购各包的勘察、设计、监理合计 ¥1,000,000.00，"
        "达到须招标的金额，请确认没有拆分"
    )
    assert guards.warnings_of(elsewhere, NOON)[3].holds


def test_an_order_beyond_a_limit_says_with_a_paper_why_it_may_be():
    tender = TenderFactory(fund=Fund.FISCAL, ceiling=Decimal(500000))
    lenient = RULES.changed({"order.exemption_needed": False})

    refused = guards.limits_are_kept_or_exempted(tender, RULES, NOON)
    assert refused.refusal == (
        "财政资金项目达到 ¥500,000.00，请确认已按政府采购的规定办理。确有依据的，"
        "请在“附加事项”中写明豁免理由，并附证明文件"
    )
    assert failing(*may_submit_tender(tender, NOON)) == ["limits_are_kept_or_exempted"]
    assert guards.limits_are_kept_or_exempted(tender, lenient, NOON).holds
    exempt_order(
        tender=tender,
        check=refused_check(tender),
        reasons="单一来源已获批准",
        files=[upload()],
        by=tender.created_by,
        at=NOON,
    )
    assert failing(*may_submit_tender(tender, NOON)) == []
    assert failing(*guards.warnings_of(tender, NOON)) == ["fiscal_order_is_below_limit"]


def refused_check(tender):
    """Return which check an order does not pass; the exemptions are named by them."""
    [name] = failing(*guards.limits_of_amount(tender, RULES, NOON))
    assert name in Exemption.Check.values
    return name


def test_every_check_of_amounts_can_be_exempted():
    asked = guards.limits_of_amount(TenderFactory(), RULES, NOON)

    assert [verdict.guard for verdict in asked] == Exemption.Check.values
