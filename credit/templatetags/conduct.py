"""How scores and points are written."""

from __future__ import annotations

from decimal import Decimal

from django import template

from credit.models import Case, Restriction
from credit.pages.cases import CaseState, state_of
from credit.permissions import can_see_decision
from marketplace.parties import Party

register = template.Library()
MINUS = "\N{MINUS SIGN}"


@register.simple_tag
def case_state(case: Case) -> CaseState:
    """Return what the pages of a case say in its state."""
    return state_of(case)


@register.filter
def readable_by(restriction: Restriction, party: Party | None) -> bool:
    """Tell whether `party` may see the decision, so that it is linked to."""
    return can_see_decision(party, restriction)


@register.filter
def score(value: Decimal) -> str:
    """Write a score without needless zeros: 100, 92.5."""
    text = f"{abs(value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if value < 0 else text


@register.filter
def points(value: Decimal) -> str:
    """Write points with their sign: +1, -5, 0."""
    return f"+{score(value)}" if value > 0 else score(value)
