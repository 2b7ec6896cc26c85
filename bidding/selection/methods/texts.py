"""The rule of a method in words, made from the numbers that the code obeys."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.utils.translation import get_language

from bidding.models import Tender
from bidding.outcomes import Event, needing_most
from bidding.rulebook import bound_rules, rules_for
from bidding.rules.outcomes import MIN_SIGNUPS
from bidding.selection.methods.outcomes import what_follows
from bidding.selection.methods.registry import method_of
from bidding.selection.methods.words import RuleSentence
from marketplace.kernel import known
from marketplace.kernel.declarations import Rules
from marketplace.kernel.rules import says
from marketplace.kernel.wording import in_words


def rule_sentences(tender: Tender, at: datetime | None = None) -> list[RuleSentence]:
    """
    Return the rule of the order's method, one sentence after the other.

    `at` is needed only for an order that is not bound to a rulebook yet. Without a method there is
    no rule, without a rulebook or a moment none that is known. Those of a public order are drawn
    once at a version of what is public.
    """
    if not tender.method:
        return []
    if tender.rulebook is not None:
        draw = partial(_sentences, tender, bound_rules(tender.rulebook))
        if tender.published_at is None:
            return draw()
        return known.once("rule sentences", tender.pk, get_language(), read=draw)
    return _sentences(tender, rules_for(tender, at)) if at is not None else []


def _sentences(tender: Tender, rules: Rules) -> list[RuleSentence]:
    said = {key.replace(".", "_"): says(key, value) for key, value in rules.values.items()}
    method = method_of(tender)
    case = method.case(tender)
    text = method.rule_text().render(
        {
            "tender": tender,
            "says": said,
            "in_words": {
                key.replace(".", "_"): in_words(value) for key, value in rules.values.items()
            },
            **method.rule_values(tender, rules),
            "min_signups_key": rules.cell_key(
                MIN_SIGNUPS, case.method, needing_most(rules, case), finer=case.finer
            ),
            "min_signups": method.min_signups(tender, rules),
            "small_deduction": method.small_deduction(tender, rules),
            "small_deduction_key": method.deduction_key(tender, rules),
            "after": {event.value: what_follows(rules, case, event) for event in Event},
        },
    )
    lines = [line.strip() for line in text.splitlines()]
    return [_sentence(line) for line in lines if line]


def _sentence(line: str) -> RuleSentence:
    """Read `text|ground`; a ground in ASCII is a key of the rulebook."""
    text, _separator, ground = line.rpartition("|")
    return RuleSentence(text, key=ground) if ground.isascii() else RuleSentence(text, source=ground)
