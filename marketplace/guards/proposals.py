"""May a proposed rule value be confirmed or withdrawn."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.guards.rules import Finding
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.kernel.versions import Version, version_of
from marketplace.models import RuleProposal, User


@guard(_("这份提案已经办理"))
def proposal_is_open(proposal: RuleProposal) -> bool:
    return proposal.settled_at is None


@guard(_("提出的人不能自己确认，请由另一人核对"))
def confirmed_by_another(proposal: RuleProposal, by: User) -> bool:
    return proposal.proposed_by_id != by.pk


@guard(_("只有提出的人可以撤回"))
def withdrawn_by_the_proposer(proposal: RuleProposal, by: User) -> bool:
    return proposal.proposed_by_id == by.pk


@guard(_("%(findings)s"))
def rules_would_take_it(findings: tuple[Finding, ...]) -> bool | Because:
    return not findings or Because(findings="；".join(one.verdict.refusal for one in findings))


def may_confirm_rule(proposal: RuleProposal, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold of the two persons; what the rule itself must hold is asked on loading."""
    return proposal_is_open(proposal), confirmed_by_another(proposal, by)


def may_withdraw_rule(proposal: RuleProposal, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold before a proposal is taken back."""
    return proposal_is_open(proposal), withdrawn_by_the_proposer(proposal, by)


def version_of_proposal(proposal: RuleProposal) -> Version:
    """Return how a proposal stands, for the acts on it."""
    return version_of(proposal)
