"""Which methods may be used where, and that their numbers go together."""

import pytest

from bidding.models import Tender
from bidding.rules import methods
from bidding.rules.cases import FUND, METHOD
from bidding.rules.methods import METHOD_ENABLED
from bidding.selection.methods import METHODS
from marketplace.kernel.declarations import Group
from marketplace.kernel.durations import Duration
from marketplace.kernel.rules import declaration_of, required
from marketplace.models import Division
from marketplace.rules import LEVEL
from tests.bidding.shipped import RULES

ALL = ("lowest", "best_price", "auction", "shortlist", "plan_price", "experts", "random", "direct")


def test_k1_07_methods_that_nobody_can_choose_are_in_no_table():
    """K1-07: only methods an owner can choose are called 可用."""
    assert tuple(METHOD.labels) == tuple(METHODS) == ALL
    assert tuple(FUND.labels) == tuple(Tender.Fund.values)
    assert tuple(LEVEL.labels) == tuple(Division.Level.values)
    keys = {key for key in required() if key.startswith("method.enabled.")}
    assert keys == {
        f"method.enabled.{method}.{fund}"
        for method in ALL
        for fund in ("fiscal", "state_owned", "private")
    }


def test_a_method_may_be_told_apart_by_amount_behind_class_level_and_round():
    key = "method.enabled.direct.state_owned.county.round_2.from_1200000"

    assert declaration_of(key).label == (
        "直接选取，国有资金（县级，第 2 轮起，金额达到 1,200,000 元）"
    )
    assert METHOD_ENABLED.find("method.enabled.direct.state_owned.from_0") is None
    assert METHOD_ENABLED.find("method.enabled.raffle.fiscal") is None


def test_what_is_off_where_nothing_else_is_published():
    off = {rule.key for rule in METHOD_ENABLED.declared() if not RULES[rule]}

    assert off == {
        "method.enabled.direct.fiscal",
        "method.enabled.shortlist.fiscal",
        "method.enabled.shortlist.state_owned",
        "method.enabled.random.fiscal",
        "method.enabled.random.state_owned",
    }


def refused(changes: dict[str, object]) -> list[str]:
    """Return why these values do not go together."""
    rules = RULES.changed(changes)
    groups = [one for one in methods.RULES if isinstance(one, Group)]
    return [one.refusal for one in groups if not one.holds(rules)]


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({}, []),
        (
            {
                "auction.countdown": Duration(31, "minute"),
                "auction.longest": Duration(30, "minute"),
            },
            ["竞价最长时间不能短于一次倒计时，也不能超过 24 小时"],
        ),
        (
            {"auction.longest": Duration(25, "hour")},
            ["竞价最长时间不能短于一次倒计时，也不能超过 24 小时"],
        ),
        ({"shortlist.short_most": 9, "shortlist.long_most": 8}, ["候选机构不能多于入围机构"]),
        ({"experts.seats": 4}, ["评审小组的人数须为单数"]),
        (
            {"experts.price_least": 41, "experts.price_most": 40},
            ["价格权重的最低值不能高于最高值"],
        ),
    ],
)
def test_numbers_of_a_method_go_together(changes, refusals):
    assert refused(changes) == refusals
