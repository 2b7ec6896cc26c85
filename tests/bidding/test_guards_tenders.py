"""What an order must hold, and which officer may take the next step."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bidding.guards import tenders as guards
from bidding.models import Tender
from tests.bidding.refusals import failing
from tests.bidding.shipped import RULES
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    TenderFactory,
)
from tests.factories.marketplace import (
    ServiceClassFactory,
    ServiceItemFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
MICROSECOND = timedelta(microseconds=1)
Status, Fund = Tender.Status, Tender.Fund


# --- what an order must hold ---
def test_a_complete_draft_may_be_submitted():
    assert failing(*guards.may_submit_tender(TenderFactory(), NOON)) == []


def test_a_bare_draft_says_everything_that_is_missing():
    tender = TenderFactory(
        title="",
        content=" ",
        service_time=None,
        contact_name="",
        contact_phone="",
        fund="",
        method="",
        ceiling=None,
        price_basis="",
    )

    verdicts = guards.may_submit_tender(tender, NOON)

    assert failing(*verdicts) == ["order_is_complete", "price_is_explained", "method_is_enabled"]
    assert next(verdict for verdict in verdicts if not verdict.holds).refusal == (
        "还没有填写：项目名称、服务内容、服务期限、联系人、联系电话、资金来源、选取方式"
    )


@pytest.mark.parametrize(
    ("fund", "ceiling", "basis", "is_explained"),
    [
        (Fund.FISCAL, None, "参照同类项目", False),
        (Fund.FISCAL, Decimal(1), "", True),
        (Fund.PRIVATE, None, "参照同类项目", True),
        (Fund.PRIVATE, None, " ", False),
        (Fund.STATE_OWNED, Decimal(1), "", True),
    ],
)
def test_a_price_is_limited_or_explained(fund, ceiling, basis, is_explained):
    tender = TenderFactory.build(fund=fund, ceiling=ceiling, price_basis=basis)

    assert guards.price_is_explained(tender).holds is is_explained


def test_an_item_is_offered_from_its_first_to_its_last_day():
    first, last = date(2026, 11, 24), date(2026, 11, 25)
    item = ServiceItemFactory(published=True, valid_from=first, valid_until=last)
    tender = TenderFactory(item=item)
    midnight = NOON.replace(hour=0)

    assert guards.item_is_offered(tender, midnight).holds
    assert not guards.item_is_offered(tender, midnight - MICROSECOND).holds
    assert guards.item_is_offered(tender, midnight + timedelta(days=2) - MICROSECOND).holds
    assert not guards.item_is_offered(tender, midnight + timedelta(days=2)).holds


def test_a_draft_item_is_not_offered():
    assert not guards.item_is_offered(TenderFactory(item=ServiceItemFactory()), NOON).holds


@pytest.mark.parametrize(
    ("code", "ceiling", "fund", "holds"),
    [
        ("C22", "999999.99", "fiscal", True),
        ("C22", "1000000.00", "fiscal", False),
        ("C25", "1000000.00", "state_owned", False),
        ("C24", "1000000.00", "fiscal", False),
        ("C36", "1000000.00", "fiscal", True),
        ("C08", "1000000.00", "fiscal", True),
        ("C57", "5000000.00", "fiscal", True),
        ("C25", "5000000.00", "private", True),
    ],
)
def test_state_engineering_from_a_million_on_goes_to_tender(code, ceiling, fund, holds):
    item = ServiceItemFactory(published=True, service_class=ServiceClassFactory(code=code))
    tender = TenderFactory(item=item, ceiling=Decimal(ceiling), fund=fund)

    verdict = guards.ceiling_is_below_tender_limit(tender, RULES)

    assert verdict.holds is holds
    if not holds:
        assert (
            verdict.refusal == "勘察、设计、监理服务达到 ¥1,000,000.00 的须转为招标，不在本平台选取"
        )
        assert verdict.rule == "order.tender_limit"


@pytest.mark.parametrize(
    ("method", "fund", "holds"),
    [
        ("lowest", Fund.FISCAL, True),
        ("lowest", Fund.PRIVATE, True),
        ("direct", Fund.FISCAL, False),
        ("direct", Fund.STATE_OWNED, True),
        ("direct", Fund.PRIVATE, True),
        ("random", Fund.PRIVATE, True),
        ("random", Fund.FISCAL, False),
        ("raffle", Fund.PRIVATE, False),
        ("", Fund.PRIVATE, False),
    ],
)
def test_a_method_is_enabled_by_fund_and_only_when_it_is_built(method, fund, holds):
    tender = TenderFactory.build(method=method, fund=fund)

    assert guards.method_is_enabled(tender, RULES).holds is holds


@pytest.mark.parametrize(
    ("fund", "ceiling", "holds"),
    [
        (Fund.FISCAL, "1999999.99", True),
        (Fund.FISCAL, "2000000.00", False),
        (Fund.PRIVATE, "2000000.00", True),
        (Fund.FISCAL, None, True),
    ],
)
def test_fiscal_services_from_two_million_on_go_to_open_tender(fund, ceiling, holds):
    tender = Tender(fund=fund, ceiling=ceiling and Decimal(ceiling))

    verdict = guards.fiscal_order_is_below_open_tender(tender, RULES)

    assert (verdict.holds, verdict.rule) == (holds, "order.open_tender_limit")
    if not holds:
        assert verdict.refusal == (
            "财政资金的服务采购达到 ¥2,000,000.00 的须公开招标，不在本平台选取"
        )


@pytest.mark.parametrize(
    ("ceiling", "basis", "holds"),
    [
        ("499999.99", "", True),
        ("500000.00", "", False),
        (None, "", True),
        (None, "同类项目的成交价", False),
    ],
)
def test_a_method_is_off_from_an_amount_on(ceiling, basis, holds):
    tender = TenderFactory.build(
        method="direct",
        fund=Fund.STATE_OWNED,
        ceiling=ceiling and Decimal(ceiling),
        price_basis=basis,
    )

    verdict = guards.method_is_enabled(tender, RULES)

    assert verdict.holds is holds
    if not holds:
        assert verdict.refusal == "国有企业资金、金额达到 500,000 元的采购不能采用“直接选取”"


@pytest.mark.parametrize(
    ("method", "fund", "is_in_approval", "competes", "pays"),
    [
        ("direct", Fund.FISCAL, True, False, True),
        ("direct", Fund.FISCAL, False, True, True),
        ("lowest", Fund.FISCAL, True, True, True),
        ("direct", Fund.PRIVATE, True, True, False),
        ("lowest", Fund.PRIVATE, True, True, False),
        ("lowest", Fund.PRIVATE, False, True, True),
    ],
)
def test_a_commission_in_an_approval_competes_and_the_department_pays(
    method, fund, is_in_approval, competes, pays
):
    tender = TenderFactory.build(method=method, fund=fund, is_in_approval=is_in_approval)

    assert guards.fiscal_order_in_approval_competes(tender).holds is competes
    assert guards.department_pays_in_approval(tender).holds is pays


@pytest.mark.django_db
@pytest.mark.parametrize(("unit", "holds"), [("working_day", False), ("completion", True)])
def test_an_order_says_how_long_the_service_takes_or_until_what(unit, holds):
    tender = TenderFactory.build(service_time=None, service_unit=unit)

    verdict = guards.order_is_complete(tender)

    assert verdict.holds is holds
    if not holds:
        assert verdict.refusal == "还没有填写：服务期限"


@pytest.mark.parametrize(
    ("field", "guard"),
    [
        ("signup_days", "sign_up_period_is_short_enough"),
        ("service_time", "service_period_is_short_enough"),
    ],
)
@pytest.mark.parametrize("ask", [guards.may_change_tender, guards.may_submit_tender])
def test_days_without_end_are_refused_at_each_step(field, guard, ask):
    tender = TenderFactory()
    setattr(tender, field, 3_000_000)

    assert failing(*ask(tender, NOON)) == [guard]


@pytest.mark.parametrize("field", ["signup_days", "service_time"])
def test_days_without_end_that_were_reviewed_are_not_published(field):
    tender, officer = TenderFactory(reviewed=True), UserFactory()
    setattr(tender, field, 3_000_000)

    assert len(failing(*guards.may_publish(tender, officer, NOON))) == 1


# --- where the order stands ---
@pytest.mark.parametrize("status", Status)
def test_each_step_asks_for_the_state_before_it(status):
    tender = TenderFactory.build(status=status, tender_period_end=DEADLINE)
    asked = {
        "edit": guards.tender_is_editable(tender),
        "review": guards.tender_awaits_review(tender),
        "publish": guards.tender_awaits_publication(tender),
        "register": guards.tender_awaits_registration(tender),
        "cancel": guards.tender_is_cancellable(tender, NOON),
    }

    assert {verb for verb, verdict in asked.items() if verdict.holds} == {
        Status.DRAFT: {"edit", "cancel"},
        Status.RETURNED: {"edit", "cancel"},
        Status.SUBMITTED: {"review", "cancel"},
        Status.REVIEWED: {"publish", "cancel"},
        Status.ACTIVE: {"cancel"},
        Status.EVALUATED: {"register", "cancel"},
        Status.COMPLETE: {"cancel"},
    }.get(status, set())


def test_an_order_is_cancelled_before_its_deadline_or_not_at_all():
    tender = TenderFactory.build(status=Status.ACTIVE, tender_period_end=DEADLINE)

    assert guards.tender_is_cancellable(tender, DEADLINE - MICROSECOND).holds
    assert not guards.tender_is_cancellable(tender, DEADLINE).holds


def test_a_method_that_does_not_suit_says_why():
    tender = TenderFactory(fund=Fund.FISCAL, is_in_approval=True)

    assert guards.method_suits(tender, "lowest", NOON).holds
    assert guards.method_suits(tender, "direct", NOON).guard == (
        "fiscal_order_in_approval_competes"
    )
    assert tender.method == "lowest"


def test_a_stored_project_code_of_another_form_keeps_an_order_from_its_submission():
    tender = TenderFactory(project_code="2610-360702-04-01")

    assert "project_code_is_well_formed" in failing(*guards.order_verdicts(tender, NOON))
    tender.project_code = "2610-360702-04-01-218846"
    assert "project_code_is_well_formed" not in failing(*guards.order_verdicts(tender, NOON))
