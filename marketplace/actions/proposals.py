"""A rule value is proposed by one person and confirmed by another; then it is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from marketplace.actions.parameters import RulesRefused, load_parameters
from marketplace.guards.proposals import (
    may_confirm_rule,
    may_withdraw_rule,
    rules_would_take_it,
    version_of_proposal,
)
from marketplace.guards.rules import Finding
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.verdicts import require
from marketplace.models import RuleProposal, User
from marketplace.reference import Parameter as Row
from marketplace.web.versions import as_seen


def findings_of(rows: Iterable[Row], at: datetime) -> tuple[Finding, ...]:
    """Return why the rules would not take `rows`; nothing is stored either way."""
    try:
        with transaction.atomic():
            load_parameters(rows, on=day_of(at))
            transaction.set_rollback(True)
    except RulesRefused as refused:
        return refused.findings
    return ()


@transaction.atomic
def propose_rules(*, rows: Iterable[Row], by: User, at: datetime) -> list[RuleProposal]:
    """
    Propose rule values, all of them or none.

    Raises:
        RulesRefused: one is against its declaration or against what is in force.
    """
    rows = list(rows)
    if findings := findings_of(rows, at):
        raise RulesRefused(findings)
    return [_propose(row, by, at) for row in rows]


def _propose(row: Row, by: User, at: datetime) -> RuleProposal:
    proposal = RuleProposal.objects.create(
        key=row.key,
        division_id=row.scope,
        value=row.value,
        unit=row.unit,
        legal_basis=row.legal_basis,
        source_note=row.source_note,
        in_force_from=row.in_force_from,
        proposed_by=by,
        proposed_at=at,
    )
    record(by=by, verb="rule.proposed", target=proposal, at=at, key=row.key, area=row.scope)
    return proposal


def row_of(proposal: RuleProposal) -> Row:
    """Return the proposed value as a row that can be loaded."""
    return Row(
        key=proposal.key,
        scope=proposal.division_id,
        value=proposal.value,
        unit=proposal.unit,
        legal_basis=proposal.legal_basis,
        source_note=proposal.source_note,
        in_force_from=proposal.in_force_from,
        line=1,
    )


@transaction.atomic
def confirm_rule(
    *, proposal: RuleProposal, by: User, at: datetime, seen: str | None = None
) -> RuleProposal:
    """
    Make a proposed value a rule from its day on.

    Raises:
        Refused: it is decided, proposed by the same person, or the rules do not take it any more.
    """
    proposal = RuleProposal.objects.lock(proposal.pk)
    require(*as_seen(version_of_proposal(proposal), seen), *may_confirm_rule(proposal, by))
    require(rules_would_take_it(findings_of([row_of(proposal)], at)))
    load_parameters([row_of(proposal)], on=day_of(at))
    proposal.settle(by=by, at=at, is_confirmed=True)
    proposal.save()
    record(by=by, verb="rule.confirmed", target=proposal, at=at, key=proposal.key)
    return proposal


@transaction.atomic
def withdraw_rule(
    *, proposal: RuleProposal, by: User, at: datetime, seen: str | None = None
) -> RuleProposal:
    """
    Take a proposal back.

    Raises:
        Refused: it is decided, or another person has proposed it.
    """
    proposal = RuleProposal.objects.lock(proposal.pk)
    require(*as_seen(version_of_proposal(proposal), seen), *may_withdraw_rule(proposal, by))
    proposal.settle(by=by, at=at, is_confirmed=False)
    proposal.save()
    record(by=by, verb="rule.withdrawn", target=proposal, at=at, key=proposal.key)
    return proposal
