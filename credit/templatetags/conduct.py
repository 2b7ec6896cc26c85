"""How scores and points are written."""

from __future__ import annotations

from django import template

from credit.models import Case, Restriction
from credit.pages.cases import CaseState, state_of
from credit.pages.figures import points, score
from credit.permissions import can_see_decision
from marketplace.parties import Party

register = template.Library()


@register.simple_tag
def case_state(case: Case) -> CaseState:
    """Return what the pages of a case say in its state."""
    return state_of(case)


@register.filter
def readable_by(restriction: Restriction, party: Party | None) -> bool:
    """Tell whether `party` may see the decision, so that it is linked to."""
    return can_see_decision(party, restriction)


register.filter(score)
register.filter(points)
