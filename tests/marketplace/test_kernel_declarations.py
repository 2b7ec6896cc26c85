"""A rule as it is declared: by table and cell, stricter or looser, together with others."""

import pytest

from marketplace.kernel.declarations import (
    Declaration,
    Dimension,
    Group,
    Override,
    RuleMissing,
    Rules,
    Table,
)
from marketplace.kernel.durations import Duration
from marketplace.kernel.kinds import Period, Whole

METHOD = Dimension("method", {"lowest": "竞价", "direct": "直接选取"})
FUND = Dimension("fund", {"fiscal": "财政资金"})
CLASS = Dimension("class", pattern=r"C\d\d", words="服务类别 {name}")
ROUND = Dimension("round", pattern=r"round_([2-9])", words="第 {name} 轮")
FEWEST = Table(
    key="order.fewest",
    title="测试表",
    by=(METHOD, FUND),
    kind_of=lambda *_names: Whole(least=1, most=99),
    label="最少家数，{method}，{fund}",
    sentence="{method}、{fund}：{value}。",
    consumer="tests",
    finer=(CLASS, ROUND),
)
WAIT = Declaration(
    key="order.wait",
    kind=Period(units=("hour", "working_day"), least=1, most=99),
    label="等待",
    sentence="等待 {value}。",
    consumer="tests",
)


@pytest.mark.parametrize(
    ("override", "own", "is_loosened"),
    [
        (Override.ONLY_MORE, 2, True),
        (Override.ONLY_MORE, 3, False),
        (Override.ONLY_LESS, 3, False),
        (Override.ONLY_LESS, 4, True),
        (Override.FREE, 99, False),
    ],
)
def test_a_smaller_area_is_only_as_loose_as_its_rule_lets_it_be(
    override: Override, own: int, is_loosened: bool
) -> None:
    rule = Declaration(
        key="a.b", kind=Whole(), label="", sentence="", consumer="", override=override
    )

    assert rule.is_loosened(own, 3) is is_loosened


def test_what_nobody_can_compare_counts_as_looser() -> None:
    stricter = Declaration(
        **{name: getattr(WAIT, name) for name in ("key", "kind", "label", "sentence", "consumer")},
        override=Override.ONLY_MORE,
    )

    assert stricter.is_loosened(Duration(72, "hour"), Duration(3, "working_day"))


def test_a_dimension_knows_its_names_and_the_words_of_codes() -> None:
    assert METHOD.label_of("direct") == "直接选取"
    assert METHOD.label_of("random") is None
    assert [CLASS.label_of(code) for code in ("C23", "C2", "C234")] == ["服务类别 C23", None, None]
    assert ROUND.label_of("round_2") == "第 2 轮"


def test_a_table_declares_each_cell_and_finds_the_refined_ones() -> None:
    assert [rule.key for rule in FEWEST.declared()] == [
        "order.fewest.lowest.fiscal",
        "order.fewest.direct.fiscal",
    ]
    found = FEWEST.find("order.fewest.lowest.fiscal.C23.round_2")
    assert found is not None
    assert found.label == "最少家数，竞价，财政资金（服务类别 C23，第 2 轮）"
    assert found.sentence == "竞价、财政资金：{value}。（服务类别 C23，第 2 轮）"
    assert FEWEST.find("order.fewest.lowest.fiscal.round_2.C23") is None
    assert FEWEST.find("order.fewestlowest") is None
    assert FEWEST.refined_by(found.key) == ["服务类别 C23", "第 2 轮"]
    assert FEWEST.refined_by("order.fewest.lowest.fiscal") == []
    with pytest.raises(KeyError, match="private"):
        FEWEST.cell("lowest", "private")


def test_a_group_is_concerned_with_its_keys_and_the_cells_below_them() -> None:
    group = Group(keys=("order.fewest", "order.wait"), holds=lambda _rules: True, refusal="")

    concerned = {
        key: group.concerns(key)
        for key in ("order.wait", "order.fewest.lowest.fiscal", "order.fewest_of", "order")
    }

    assert [*concerned.values()] == [True, True, False, False]


def test_the_finest_value_holds_and_of_two_the_one_by_the_earlier_dimension() -> None:
    fewest = "order.fewest.lowest.fiscal"
    rules = Rules({fewest: 3}).changed({f"{fewest}.C23": 5, f"{fewest}.round_2": 2})

    def read(*finer: str) -> int:
        return rules.cell(FEWEST, "lowest", "fiscal", finer=finer)

    assert (read(), read("C01", "round_3"), read("C01", "round_2")) == (3, 3, 2)
    assert read("C23", "round_2") == 5
    with pytest.raises(RuleMissing, match=r"order\.fewest\.direct\.fiscal$"):
        rules.cell(FEWEST, "direct", "fiscal")


def test_a_column_is_what_there_is_of_it_and_a_missing_value_is_named() -> None:
    enabled = Table(
        key="method.enabled",
        title="测试表",
        by=(METHOD,),
        kind_of=lambda _name: Whole(),
        label="{method}",
        sentence="{value}",
        consumer="tests",
    )
    rules = Rules({"method.enabled.direct": 0, "order.wait": Duration(3, "hour")})

    assert rules.column(enabled) == {"direct": 0}
    assert rules[WAIT] == Duration(3, "hour")
    with pytest.raises(RuleMissing, match=r"order\.wait$"):
        Rules({})[WAIT]
