"""How a rule explains itself."""

from dataclasses import replace

import pytest

from marketplace.kernel.laws import FORM, cite
from marketplace.kernel.verdicts import DECLARED, Because, Refused, Verdict, guard, require


@pytest.fixture
def asked():
    """Return guards that are made for one test and not walked with those of the platform."""
    declared = list(DECLARED)

    @guard("至少需要 %(needed)s 家", rule="order.min_bids")
    def enough_came(count: int) -> bool | Because:
        return count >= 3 or Because(needed=3)

    @guard("还没有填写", source=FORM)
    def it_is_filled_in(text: str) -> bool:
        return text != ""

    yield enough_came, it_is_filled_in
    DECLARED[:] = declared


def test_a_guard_answers_under_the_name_of_its_rule(asked) -> None:
    enough_came, _filled = asked

    assert (enough_came(3).guard, enough_came(3).holds) == ("enough_came", True)
    refused = enough_came(2)
    assert (refused.holds, refused.rule) == (False, "order.min_bids")
    assert refused.refusal == "至少需要 3 家"
    assert refused.explained == "至少需要 3 家。依据：规则手册 order.min_bids。"


def test_a_law_stands_before_the_rule_s_key_and_the_platform_s_default_does_not(asked) -> None:
    enough_came, _filled = asked
    refused = replace(enough_came(2), source=cite("测试条例", "第三条"))

    assert refused.explained == "至少需要 3 家。依据：《测试条例》第三条，规则手册 order.min_bids。"
    assert replace(refused, rule="").explained == "至少需要 3 家。依据：《测试条例》第三条。"
    assert replace(enough_came(2), rule="").explained == "至少需要 3 家。依据：平台默认。"


def test_a_refusal_of_mere_form_names_no_source(asked) -> None:
    _enough, it_is_filled_in = asked

    assert it_is_filled_in("").explained == "还没有填写。"


def test_an_act_is_refused_with_every_verdict_that_failed(asked) -> None:
    enough_came, it_is_filled_in = asked

    with pytest.raises(Refused) as refused:
        require(enough_came(2), it_is_filled_in("x"), it_is_filled_in(""))

    assert [verdict.guard for verdict in refused.value.verdicts] == [
        "enough_came",
        "it_is_filled_in",
    ]
    assert str(refused.value) == "enough_came, it_is_filled_in"


def test_an_act_goes_on_when_every_verdict_holds() -> None:
    require(Verdict("is_so", True, "不是", FORM))
    require()
