"""Draw the legal sources of a rule, and the articles that they name; part of the library `ui`."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.safestring import SafeString

from marketplace.web.sources import cited_on_this_page, drawn_sources, explained

register = template.Library()
register.filter("sources", drawn_sources)
register.filter("explained", explained)


@register.simple_tag
def cited_articles(on: date) -> SafeString:
    """Draw the articles that the page has cited so far; it stands behind all that cites."""
    return cited_on_this_page(on)
