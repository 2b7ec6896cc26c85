"""How many bids a round needs, by method and fund and whatever refines them."""

import pytest

from bidding.rules.outcomes import MAX_FAILED_ROUNDS, MIN_SIGNUPS
from marketplace.kernel.rules import declaration_of
from tests.bidding.shipped import RULES


@pytest.mark.parametrize(
    ("method", "fund", "count"),
    [
        ("lowest", "fiscal", 3),
        ("lowest", "state_owned", 3),
        ("lowest", "private", 1),
        ("direct", "state_owned", 1),
    ],
)
def test_the_fewest_signups_depend_on_method_and_fund(method, fund, count):
    assert RULES.cell(MIN_SIGNUPS, method, fund) == count


def test_the_finest_cell_that_has_a_value_holds_and_the_class_before_the_level():
    rules = RULES.changed(
        {
            "order.min_signups.lowest.fiscal.C23": 5,
            "order.min_signups.lowest.fiscal.county": 4,
            "order.min_signups.lowest.fiscal.county.round_2": 2,
        }
    )

    def fewest(*finer: str) -> int:
        return rules.cell(MIN_SIGNUPS, "lowest", "fiscal", finer=finer)

    assert fewest() == 3
    assert fewest("C01", "city", "round_1") == 3
    assert fewest("C23", "county", "round_1") == 5
    assert fewest("C01", "county", "round_1") == 4
    assert fewest("C23", "county", "round_2") == 2


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (("C23",), "最少报名家数，竞价（最低价中选），财政资金（服务类别 C23）"),
        (("county", "round_2"), "最少报名家数，竞价（最低价中选），财政资金（县级，第 2 轮起）"),
    ],
)
def test_a_refined_cell_is_a_rule_of_its_own(names, label):
    key = ".".join(("order.min_signups.lowest.fiscal", *names))

    assert declaration_of(key).label == label
    assert declaration_of(key).kind == MIN_SIGNUPS.cell("lowest", "fiscal").kind


@pytest.mark.parametrize(
    "key",
    [
        "order.min_signups.lowest",
        "order.min_signups.lowest.fiscal.round_2.county",
        "order.min_signups.lowest.fiscal.round_1",
        "order.min_signups.raffle.fiscal",
        "order.min_signups.lowest.fiscal.C2",
        "order.min_signups.lowest.fiscal.from_500000",
    ],
)
def test_other_cells_do_not_exist(key):
    assert MIN_SIGNUPS.find(key) is None


def test_two_rounds_must_fail_before_another_method():
    assert RULES[MAX_FAILED_ROUNDS] == 2
