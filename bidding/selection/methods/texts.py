"""The rule of a method in words, made from the numbers that the code obeys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bidding.models import Tender
from bidding.rulebook import bound_values, values_for
from bidding.selection.methods.registry import method_of


@dataclass(frozen=True)
class RuleSentence:
    """One sentence of a rule with its ground: the rulebook key whose value it states, or words."""

    text: str
    key: str = ""
    source: str = ""


def rule_sentences(tender: Tender, at: datetime | None = None) -> list[RuleSentence]:
    """
    Return the rule of the order's method, one sentence after the other.

    `at` is needed only for an order that is not bound to a rulebook yet. Without a method there is
    no rule.
    """
    if not tender.method:
        return []
    if tender.rulebook is None and at is not None:
        values = values_for(tender, at)
    else:
        values = bound_values(tender.rulebook) if tender.rulebook else {}
    return _sentences(tender, values)


def _sentences(tender: Tender, values: Mapping[str, Any]) -> list[RuleSentence]:
    text = (
        method_of(tender)
        .rule_text()
        .render(
            {
                "tender": tender,
                "values": values,
                "min_signups_key": f"order.min_signups.{tender.method}.{tender.fund}",
                "numbers": {key.replace(".", "_"): value for key, value in values.items()},
                "min_signups": values.get(f"order.min_signups.{tender.method}.{tender.fund}"),
            },
        )
    )
    lines = [line.strip() for line in text.splitlines()]
    return [_sentence(line) for line in lines if line]


def _sentence(line: str) -> RuleSentence:
    """Read `text|ground`; a ground in ASCII is a key of the rulebook."""
    text, _separator, ground = line.rpartition("|")
    return RuleSentence(text, key=ground) if ground.isascii() else RuleSentence(text, source=ground)
