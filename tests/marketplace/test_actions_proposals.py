"""A value becomes a rule when a second person confirms it, and only while the rules take it."""

from datetime import date
from typing import Any

import pytest

from marketplace.actions.parameters import RulesRefused
from marketplace.actions.proposals import (
    confirm_rule,
    findings_of,
    propose_rules,
    row_of,
    withdraw_rule,
)
from marketplace.kernel.models import AuditEntry, Parameter
from marketplace.kernel.verdicts import Refused
from marketplace.models import RuleProposal, User
from marketplace.reference import Parameter as Row
from tests.clock import NOON
from tests.factories.marketplace import PROVINCE, UserFactory
from tests.marketplace.refusals import guards_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def row(**changed: Any) -> Row:
    facts = {
        "key": "order.signup_min",
        "scope": PROVINCE,
        "value": 5,
        "unit": "working_day",
        "legal_basis": "平台默认",
        "source_note": "",
        "in_force_from": date(2027, 1, 1),
        "line": 1,
    }
    return Row(**(facts | changed))


def proposed(by: User | None = None) -> RuleProposal:
    [proposal] = propose_rules(rows=[row()], by=by or UserFactory(), at=NOON)
    return proposal


def new_rules() -> list[tuple[str, object]]:
    rows = Parameter.objects.filter(in_force_from__gte=NOON.date())
    return [*rows.values_list("key", "value")]


def verbs() -> list[str]:
    return [*AuditEntry.objects.order_by("pk").values_list("verb", flat=True)]


def test_asking_what_the_rules_have_against_a_row_stores_nothing_either_way() -> None:
    assert findings_of([row()], NOON) == ()
    [finding] = findings_of([row(value=0)], NOON)

    assert finding.verdict.guard == "value_fits"
    assert new_rules() == []


def test_rows_are_proposed_all_or_none() -> None:
    with pytest.raises(RulesRefused) as refused:
        propose_rules(rows=[row(), row(key="opening.grace")], by=UserFactory(), at=NOON)

    assert [finding.verdict.guard for finding in refused.value.findings] == ["value_fits"]
    assert not RuleProposal.objects.exists()
    assert verbs() == []


def test_a_proposal_holds_the_row_as_it_would_be_loaded_and_is_no_rule_yet() -> None:
    by = UserFactory()

    proposal = proposed(by)

    assert row_of(proposal) == row()
    assert (proposal.proposed_by, proposal.proposed_at) == (by, NOON)
    assert new_rules() == []
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.data) == (
        "rule.proposed",
        {"key": "order.signup_min", "area": PROVINCE},
    )


def test_a_second_person_makes_it_a_rule_once() -> None:
    proposal, by = proposed(), UserFactory()

    confirm_rule(proposal=proposal, by=by, at=NOON)

    proposal.refresh_from_db()
    assert (proposal.settled_by, proposal.settled_at, proposal.is_confirmed) == (by, NOON, True)
    assert new_rules() == [("order.signup_min", 5)]
    assert verbs() == ["rule.proposed", "rule.confirmed"]
    with pytest.raises(Refused) as refused:
        confirm_rule(proposal=proposal, by=by, at=NOON)
    assert guards_of(refused) == ["proposal_is_open"]


def test_the_proposer_does_not_confirm_and_nobody_else_withdraws() -> None:
    proposal = proposed()

    with pytest.raises(Refused) as confirming:
        confirm_rule(proposal=proposal, by=proposal.proposed_by, at=NOON)
    with pytest.raises(Refused) as withdrawing:
        withdraw_rule(proposal=proposal, by=UserFactory(), at=NOON)

    assert guards_of(confirming) == ["confirmed_by_another"]
    assert guards_of(withdrawing) == ["withdrawn_by_the_proposer"]
    assert RuleProposal.objects.waiting().get() == proposal
    assert (new_rules(), verbs()) == ([], ["rule.proposed"])


def test_a_confirmation_asks_again_what_the_rules_take() -> None:
    proposal = proposed()
    Parameter.objects.filter(key="order.signup_max").update(value=4)

    with pytest.raises(Refused) as refused:
        confirm_rule(proposal=proposal, by=UserFactory(), at=NOON)

    assert guards_of(refused) == ["rules_would_take_it"]
    assert new_rules() == []


def test_a_proposal_that_is_taken_back_becomes_no_rule() -> None:
    proposal = proposed()

    withdraw_rule(proposal=proposal, by=proposal.proposed_by, at=NOON)

    proposal.refresh_from_db()
    assert (proposal.settled_at, proposal.is_confirmed) == (NOON, False)
    assert (new_rules(), verbs()) == ([], ["rule.proposed", "rule.withdrawn"])
