"""A proposed value is confirmed by another person, and taken back by the same."""

import pytest

from marketplace.guards.proposals import may_confirm_rule, may_withdraw_rule, rules_would_take_it
from marketplace.guards.rules import Finding, rule_is_declared
from marketplace.models import RuleProposal, User
from tests.clock import NOON


@pytest.mark.parametrize(
    ("settled_at", "by", "confirms", "withdraws"),
    [
        (None, 1, ["confirmed_by_another"], []),
        (None, 2, [], ["withdrawn_by_the_proposer"]),
        (NOON, 1, ["proposal_is_open", "confirmed_by_another"], ["proposal_is_open"]),
        (NOON, 2, ["proposal_is_open"], ["proposal_is_open", "withdrawn_by_the_proposer"]),
    ],
)
def test_a_proposal_is_decided_once_by_whom_it_may(
    settled_at: object, by: int, confirms: list[str], withdraws: list[str]
) -> None:
    proposal, user = RuleProposal(proposed_by_id=1, settled_at=settled_at), User(pk=by)

    def failed(ask: object) -> list[str]:
        return [verdict.guard for verdict in ask(proposal, user) if not verdict.holds]

    assert failed(may_confirm_rule) == confirms
    assert failed(may_withdraw_rule) == withdraws


def test_what_the_rules_have_against_it_is_the_refusal() -> None:
    findings = tuple(Finding(1, "key", rule_is_declared(None, key)) for key in ("a.b", "c.d"))

    assert rules_would_take_it(()).holds
    assert rules_would_take_it(findings).refusal == "没有“a.b”这条规则；没有“c.d”这条规则"
