"""What the template of the home page reads: numbers, and the same in words."""

from __future__ import annotations

from datetime import datetime

from django import template

from cms import pages
from cms.models import NoticePage, latest_notices
from cms.queries import HomeFacts, home_facts
from marketplace.parties import Party

register = template.Library()


@register.simple_tag
def facts_at(at: datetime) -> HomeFacts:
    """Read what the home page tells at `at`."""
    return home_facts(at)


@register.simple_tag
def notices(count: int = 3) -> list[NoticePage]:
    """Return the latest live notices."""
    return list(latest_notices()[:count])


@register.filter
def figures(facts: HomeFacts) -> list[pages.Figure]:
    return pages.figures_of(facts)


@register.filter
def draw(facts: HomeFacts) -> pages.Draw | None:
    return pages.draw_of(facts)


@register.simple_tag
def ways(party: Party | None) -> pages.Ways:
    return pages.ways_of(party)


@register.filter
def examples(facts: HomeFacts) -> list[str]:
    return pages.examples_of(facts)
