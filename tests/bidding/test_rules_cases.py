"""What rules are told apart by has words, and takes no other name."""

from bidding.rules.cases import AMOUNT, ROUND, SERVICE_CLASS, switch
from bidding.rules.methods import METHOD_ENABLED


def test_an_amount_and_a_round_are_read_from_their_names() -> None:
    assert AMOUNT.label_of("from_1000000") == "金额达到 1,000,000 元"
    assert AMOUNT.label_of("from_099") is None
    assert ROUND.label_of("round_2") == "第 2 轮起"
    assert ROUND.label_of("round_1") is None
    assert SERVICE_CLASS.label_of("C23") == "服务类别 C23"


def test_a_switch_is_the_same_whatever_it_is_for() -> None:
    assert switch("lowest", "fiscal") == METHOD_ENABLED.cell("lowest", "fiscal").kind
