"""What bidding declares, and that the shipped rulebook states it."""

from decimal import Decimal

import pytest

from bidding import rules as declared
from bidding.models import Tender
from bidding.rules import FUND, METHOD, METHOD_ENABLED, MIN_SIGNUPS, SIGNUP_MAX, SIGNUP_MIN
from bidding.selection.methods import METHODS
from marketplace.kernel.declarations import Declaration, Group, RuleMissing, Table
from marketplace.kernel.durations import Duration
from marketplace.kernel.rules import declaration_of, required
from marketplace.models import Division
from marketplace.rules import LEVEL
from tests.bidding.shipped import ROWS, RULES


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (declared.SIGNUP_MIN, Duration(3, "working_day")),
        (declared.SIGNUP_MAX, Duration(60, "working_day")),
        (declared.SERVICE_MAX, Duration(1250, "working_day")),
        (declared.TENDER_LIMIT, Decimal(1000000)),
        (declared.OPENING_GRACE, Duration(60, "second")),
        (declared.ACCEPTANCE_WINDOW, Duration(180, "calendar_day")),
        (declared.CONTRACT_SIGN, Duration(10, "working_day")),
        (declared.MAX_FAILED_ROUNDS, 2),
        (declared.HIGH_STARS, 23),
        (declared.LOW_STARS, 12),
    ],
)
def test_a_value_has_the_kind_of_its_declaration(rule, value):
    assert RULES[rule] == value


def test_a_missing_value_is_named():
    with pytest.raises(RuleMissing, match=r"order\.signup_min$"):
        type(RULES)({})[SIGNUP_MIN]


def is_refined(key: str) -> bool:
    """Tell whether a key names a finer cell of a table that reads such cells."""
    tables = [one for one in declared.RULES if isinstance(one, Table) and one.finer]
    return any(table.find(key) is not None for table in tables)


def test_the_shipped_rulebook_has_every_key_that_is_declared_and_no_other():
    keys = {row.key for row in ROWS}

    assert set(required()) <= keys
    assert all(is_refined(key) for key in keys - set(required()))


def test_the_shipped_values_keep_to_their_bounds_and_go_together():
    for row in ROWS:
        kind = declaration_of(row.key).kind
        kind.check(kind.read(row.value, row.unit))
    assert all(one.holds(RULES) for one in declared.RULES if isinstance(one, Group))


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


def test_a_method_may_be_told_apart_by_amount_behind_class_level_and_round():
    key = "method.enabled.direct.state_owned.county.round_2.from_1200000"

    assert declaration_of(key).label == (
        "直接选取，国有资金（县级，第 2 轮起，金额达到 1,200,000 元）"
    )
    assert METHOD_ENABLED.find("method.enabled.direct.state_owned.from_0") is None
    assert MIN_SIGNUPS.find("order.min_signups.lowest.fiscal.from_500000") is None


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
        "method.enabled.raffle.fiscal",
    ],
)
def test_other_cells_do_not_exist(key):
    table = MIN_SIGNUPS if key.startswith("order") else METHOD_ENABLED

    assert table.find(key) is None


def test_what_is_off_where_nothing_else_is_published():
    off = {rule.key for rule in METHOD_ENABLED.declared() if not RULES[rule]}

    assert off == {
        "method.enabled.direct.fiscal",
        "method.enabled.shortlist.fiscal",
        "method.enabled.shortlist.state_owned",
        "method.enabled.random.fiscal",
        "method.enabled.random.state_owned",
    }


@pytest.mark.parametrize(
    ("least", "most", "holds"),
    [
        (Duration(3, "working_day"), Duration(60, "working_day"), True),
        (Duration(61, "working_day"), Duration(60, "working_day"), False),
        (Duration(48, "hour"), Duration(60, "working_day"), True),
    ],
)
def test_the_shortest_sign_up_is_not_longer_than_the_longest(least, most, holds):
    rules = RULES.changed({SIGNUP_MIN.key: least, SIGNUP_MAX.key: most})
    [group] = [
        one for one in declared.RULES if isinstance(one, Group) and SIGNUP_MIN.key in one.keys
    ]

    assert group.holds(rules) is holds


def test_every_declaration_has_words_for_its_value():
    rules = [one for one in declared.RULES if isinstance(one, Declaration | Table)]

    assert all("{value}" in rule.sentence and rule.label for rule in rules)
