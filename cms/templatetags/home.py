"""What the template of the home page reads: numbers, and the same in words."""

from __future__ import annotations

from datetime import datetime

from django import template

from cms.models import NoticePage, latest_notices
from cms.pages import figures as words
from cms.pages.home import HomeFacts, home_facts
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
def figures(facts: HomeFacts) -> list[words.Figure]:
    return words.figures_of(facts)


@register.filter
def draw(facts: HomeFacts) -> words.Draw | None:
    return words.draw_of(facts)


@register.simple_tag
def ways(party: Party | None) -> words.Ways:
    return words.ways_of(party)


@register.filter
def examples(facts: HomeFacts) -> list[tuple[str, bool]]:
    """Return what to search for, each with whether it is left out where letters are large."""
    found = words.examples_of(facts)
    return [(text, 0 < place == len(found) - 1) for place, text in enumerate(found)]
