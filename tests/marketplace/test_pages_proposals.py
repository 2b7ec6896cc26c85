"""A proposed value in words, beside what is in force."""

from datetime import date

from marketplace.kernel.models import Parameter
from marketplace.kernel.rules import Rule
from marketplace.models import RuleProposal
from marketplace.pages.proposals import effect_of, proposal_lines, rows_as_json
from marketplace.reference import PARAMETER_COLUMNS

KEY = "order.signup_min"
IN_FORCE = Rule(
    key=KEY,
    value=3,
    unit="working_day",
    label="报名时间最短",
    sentence="{value}",
    legal_basis="平台默认",
    source_note="",
    in_force_from="2025-01-01",
    division="江西省",
)


def test_a_proposal_says_what_would_hold_and_what_holds_now() -> None:
    proposal = RuleProposal(key=KEY, value=48, unit="hour")

    effect = effect_of(proposal, {KEY: IN_FORCE})

    assert (effect.label, effect.value, effect.now) == ("报名时间最短", "48 小时", "3 个工作日")
    assert effect.sentence == "采购公告发布后，报名期不少于 48 小时。"
    assert effect_of(proposal, {}).now == ""


def test_of_a_rule_that_nothing_executes_any_more_only_what_is_stored_is_said() -> None:
    proposal = RuleProposal(key="order.gone", value=[3, 12], unit="month")

    [effect] = proposal_lines([proposal])

    assert (effect.label, effect.value, effect.sentence) == ("order.gone", "[3, 12]", "")


def test_stored_values_are_given_out_with_every_column_that_is_taken_in() -> None:
    row = Parameter(
        key=KEY,
        value=3,
        unit="working_day",
        legal_basis="平台默认",
        in_force_from=date(2025, 1, 1),
        division_id="360000",
    )

    [given] = rows_as_json([row])

    assert {*given} == {*PARAMETER_COLUMNS}
    assert (given["value"], given["in_force_from"], given["scope"]) == (3, "2025-01-01", "360000")
