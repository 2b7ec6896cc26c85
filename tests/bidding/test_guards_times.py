"""How long an order takes answers, when it selects, and how long its service may last."""

from datetime import datetime

import pytest

from bidding.guards import times as guards
from bidding.models import Tender
from marketplace.kernel.calendar import CHINA
from tests.bidding.shipped import RULES
from tests.clock import NOON


def clock(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(("days", "holds"), [(None, True), (3, True), (2, False), (10, True)])
@pytest.mark.django_db
def test_a_sign_up_period_has_the_rules_minimum(days, holds):
    tender = Tender(signup_days=days)

    verdict = guards.sign_up_period_is_long_enough(tender, RULES, NOON)

    assert verdict.holds is holds
    if not holds:
        assert (verdict.refusal, verdict.rule) == ("报名期不能少于 3 个工作日", "order.signup_min")


@pytest.mark.parametrize(("days", "holds"), [(None, True), (60, True), (61, False)])
def test_a_sign_up_period_has_the_rules_maximum(days, holds):
    tender = Tender(signup_days=days)

    verdict = guards.sign_up_period_is_short_enough(tender, RULES, NOON)

    assert verdict.holds is holds
    if not holds:
        assert (verdict.refusal, verdict.rule) == ("报名期不能超过 60 个工作日", "order.signup_max")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("time", "unit", "holds"),
    [
        (None, "working_day", True),
        (None, "agreed", True),
        (1250, "working_day", True),
        (1251, "working_day", False),
        (1700, "calendar_day", True),
        (1900, "calendar_day", False),
        (48, "month", True),
        (72, "month", False),
        (3_000_000, "month", False),
    ],
)
def test_a_service_has_the_rules_maximum_in_whatever_unit(time, unit, holds):
    tender = Tender(service_time=time, service_unit=unit)

    verdict = guards.service_period_is_short_enough(tender, RULES, NOON)

    assert verdict.holds is holds
    if not holds:
        assert (verdict.refusal, verdict.rule) == (
            "服务期限不能超过 1,250 个工作日",
            "order.service_max",
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("until", "long_enough", "short_enough"),
    [
        (clock(11, 27, 23, 59), False, True),
        (clock(11, 28), True, True),
        (clock(12, 3, 16, 30), True, True),
        (datetime(2027, 3, 1, tzinfo=CHINA), True, False),
    ],
)
def test_a_deadline_with_a_clock_time_leaves_the_whole_period(until, long_enough, short_enough):
    tender = Tender(signup_until=until)

    assert guards.sign_up_period_is_long_enough(tender, RULES, NOON).holds is long_enough
    assert guards.sign_up_period_is_short_enough(tender, RULES, NOON).holds is short_enough


def test_the_sign_up_ends_by_days_or_at_a_time_not_both():
    both = Tender(signup_days=5, signup_until=clock(12, 3, 16, 30))

    assert guards.sign_up_ends_by_days_or_at_a_time(Tender(signup_days=5)).holds
    assert guards.sign_up_ends_by_days_or_at_a_time(both).refusal == (
        "报名期的天数和报名截止时间只填一项"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "selection", "refused"),
    [
        ({"signup_until": clock(12, 3, 16, 30)}, clock(12, 4, 9, 30), []),
        ({"signup_until": clock(12, 3, 16, 30)}, clock(12, 3, 16, 30), ["follows"]),
        ({"signup_until": clock(12, 3, 16, 30)}, clock(12, 3, 16, 31), []),
        ({"signup_until": clock(12, 3, 16, 30)}, clock(12, 11), []),
        ({"signup_until": clock(12, 3, 16, 30)}, clock(12, 11, 0, 1), ["soon"]),
        ({"signup_days": 5}, clock(12, 1, 9), ["follows"]),
        ({"signup_days": 5}, clock(12, 2, 9), []),
        ({}, clock(11, 28, 0, 1), []),
        ({"signup_days": 2}, clock(11, 24), []),
        ({"signup_days": 3_000_000}, clock(11, 24), []),
    ],
)
def test_the_selection_follows_the_sign_up_and_soon(fields, selection, refused):
    tender = Tender(selection_at=selection, **fields)

    follows = guards.selection_follows_the_sign_up(tender, RULES, NOON)
    soon = guards.selection_is_soon_after_the_sign_up(tender, RULES, NOON)

    assert [
        name for name, one in (("follows", follows), ("soon", soon)) if not one.holds
    ] == refused


@pytest.mark.django_db
def test_a_selection_is_refused_with_the_rule() -> None:
    early = Tender(signup_until=clock(12, 3, 16, 30), selection_at=clock(12, 3, 16, 30))
    late = Tender(signup_until=clock(12, 3, 16, 30), selection_at=clock(12, 24))

    assert guards.selection_follows_the_sign_up(early, RULES, NOON).explained == (
        "选取时间须在报名截止 60 秒以后。依据：规则手册 opening.grace。"
    )
    assert guards.selection_is_soon_after_the_sign_up(late, RULES, NOON).explained == (
        "选取时间最迟在报名截止后 5 个工作日内。依据：规则手册 order.selection_max。"
    )
