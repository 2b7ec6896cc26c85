"""What a public source said counts when two officers have entered it alike, each alone."""

from datetime import timedelta

import pytest

from bidding.guards.public_values import (
    announced_source,
    may_enter_value,
    public_value,
    public_value_is_known,
    signed_round,
    value_is_signed,
)
from bidding.models import PublicValue, Tender
from marketplace.kernel.models import Parameter
from marketplace.parties import Party
from tests.bidding.test_guards_openings import officer
from tests.bidding.test_selection_beacon import A_THOUSANDTH, ROUNDS
from tests.factories.bidding import OPENING, TenderFactory, load_reference

pytestmark = pytest.mark.django_db
ANNOUNCED = "中国福利彩票3D，报名截止以后第一期的开奖号码"


def with_source(source: str = "welfare_3d", **state: bool) -> Tender:
    """Return an order of a province whose draws count the lottery's numbers, or another source."""
    load_reference()
    Parameter.objects.filter(key="draw.public_source").update(value=source)
    tender: Tender = TenderFactory(**state or {"closed": True})
    return tender


def enter(tender: Tender, value: str, giver: Party) -> None:
    PublicValue.objects.create(
        tender=tender,
        round=tender.selection_round,
        value=value,
        entered_by=giver.user,
        office=giver.organization,
        entered_at=OPENING,
    )


def refusals(tender: Tender, giver: Party) -> list[str]:
    return [one.guard for one in may_enter_value(tender, giver, OPENING) if not one.holds]


def test_the_value_is_what_two_officers_entered_alike() -> None:
    tender, first, second, third = with_source(), *(officer("operator") for _one in range(3))
    assert announced_source(tender) == ANNOUNCED
    assert public_value_is_known(tender).refusal == (
        f"公告指定的公共随机数（{ANNOUNCED}）还没有录入并核实"
    )
    assert refusals(tender, first) == []

    enter(tender, "2026318 5 0 7", first)
    assert (public_value(tender), refusals(tender, first)) == (None, ["officer_entered_none"])
    enter(tender, "2026318 5 0 8", second)
    assert not public_value_is_known(tender).holds
    enter(tender, "2026318 5 0 7", third)

    assert public_value(tender) == "2026318 5 0 7"
    assert public_value_is_known(tender).holds
    assert refusals(tender, officer("regulator")) == ["value_is_not_known"]


def test_an_order_without_a_source_waits_for_none_and_takes_none() -> None:
    tender = TenderFactory(closed=True)

    assert announced_source(tender) is None
    assert public_value_is_known(tender).holds
    assert refusals(tender, officer("operator")) == ["source_is_announced"]


def test_nothing_is_entered_before_the_deadline() -> None:
    tender = with_source(active=True)

    assert "tender_is_closed" in refusals(tender, officer("operator"))


def test_a_value_of_an_earlier_round_is_not_that_of_the_next() -> None:
    tender = with_source()
    for _one in range(2):
        enter(tender, "1", officer("operator"))
    assert public_value(tender) == "1"

    tender.selection_round = 2

    assert public_value(tender) is None


def test_one_signature_of_the_right_round_counts_and_nothing_else_is_taken() -> None:
    tender = with_source("drand")
    tender.tender_period_end = A_THOUSANDTH - timedelta(seconds=1)
    assert (signed_round(tender), public_value(tender)) == (1000, None)
    right = f"1000 {ROUNDS[1000]}"

    for wrong in (f"1001 {ROUNDS[1001]}", f"1000 {ROUNDS[1001]}", ROUNDS[1000], "5 0 7"):
        assert value_is_signed(tender, wrong).refusal == (
            "这不是 drand quicknet 第 1000 轮的签名，请核对后重新录入"
        )
    assert value_is_signed(tender, right).holds
    enter(tender, right, officer("operator"))

    assert public_value(tender) == right
    assert public_value_is_known(tender).holds
    assert refusals(tender, officer("regulator")) == ["value_is_not_known"]


def test_two_officers_vouch_for_what_nobody_signs() -> None:
    tender = with_source()

    assert signed_round(tender) is None
    assert value_is_signed(tender, "5 0 7").holds
