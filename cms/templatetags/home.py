"""What the template of the home page reads: numbers, and the same in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.models import HomePage, NoticePage
from cms.models.notices import notices_in_force
from cms.pages import figures as words
from cms.pages.home import HomeFacts, home_facts
from marketplace.kernel.calendar import day_of
from marketplace.parties import Party
from marketplace.web.components import Note
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
def notices(at: datetime, count: int = 3) -> list[NoticePage]:
    """Return the first live notices of those that hold at `at`."""
    return list(notices_in_force(day_of(at))[:count])


@register.simple_tag
def announcement(page: HomePage) -> SafeString:
    """Draw what everybody must see, with the page that says more if there is one."""
    more = page.announced
    url = more.url if more is not None and more.live else ""
    return Note(page.announcement, "warn", url or "", _("查看详情")).render_html()


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
