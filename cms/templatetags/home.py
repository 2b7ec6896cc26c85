"""What the template of the home page reads: numbers, and the same in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString

from cms.models import NoticePage, latest_notices
from cms.pages import figures as words
from cms.pages.home import HomeFacts, home_facts
from marketplace.parties import Party
from marketplace.web.parts_kept import drawn_parts

register = template.Library()


@register.simple_tag
def home_drawn(at: datetime, party: Party | None, introduction: str) -> SafeString:
    """Draw all that the home page tells at `at`, once for all who are sent the same ways."""
    ways = words.ways_of(party)

    def told() -> dict[str, Any]:
        facts = home_facts(at)
        return {"facts": facts, "ways": ways, "introduction": introduction, "platform_now": at}

    key = (ways, introduction)
    return drawn_parts("cms/_home.html", ("all",), at, *key, context=told)["all"]


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


@register.filter
def examples(facts: HomeFacts) -> list[tuple[str, bool]]:
    """Return what to search for, each with whether it is left out where letters are large."""
    found = words.examples_of(facts)
    return [(text, 0 < place == len(found) - 1) for place, text in enumerate(found)]
