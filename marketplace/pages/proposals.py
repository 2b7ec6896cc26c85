"""Proposed rule values as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from marketplace.kernel.models import Parameter
from marketplace.kernel.rules import Rule, UnknownRule, declaration_of
from marketplace.kernel.wording import in_words
from marketplace.models import RuleProposal
from marketplace.web.listed import Listed


@dataclass(frozen=True)
class Effect:
    """What a proposal would say, and what is in force now."""

    proposal: RuleProposal
    label: str
    value: str
    sentence: str
    now: str = ""


def effect_of(proposal: RuleProposal, rules: Mapping[str, Rule]) -> Effect:
    """Return a proposal in words; `rules` are those in force in its area."""
    rule = rules.get(proposal.key)
    return _effect(proposal, rule.in_words if rule else "")


def proposal_lines(rows: Iterable[RuleProposal]) -> Listed[Effect]:
    """Return proposals in words."""
    return Listed(_effect(row, "") for row in rows)


def _effect(proposal: RuleProposal, now: str) -> Effect:
    try:
        rule = declaration_of(proposal.key)
    except UnknownRule:
        return Effect(proposal, proposal.key, str(proposal.value), "", now)
    value = in_words(rule.kind.read(proposal.value, proposal.unit), proposal.unit)
    sentence = _(rule.sentence).format(value=value)
    return Effect(proposal, _(rule.label), value, sentence, now)


def rows_as_json(rows: Iterable[Parameter]) -> list[dict[str, Any]]:
    """Return stored values in the form in which a file of them is taken in."""
    return [
        {
            "key": row.key,
            "value": row.value,
            "unit": row.unit,
            "legal_basis": row.legal_basis,
            "source_note": row.source_note,
            "in_force_from": row.in_force_from.isoformat(),
            "scope": row.division_id,
        }
        for row in rows
    ]
