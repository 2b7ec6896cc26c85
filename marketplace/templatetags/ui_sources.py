"""Draw the legal sources of a rule."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from marketplace.kernel.laws import Basis
from marketplace.web.sources import ShownSource, shown_sources

register = template.Library()


@register.filter
def sources(basis: Basis | str) -> SafeString:
    """Draw each source of `basis`: an article or a document as a link, marked with its kind."""
    return format_html_join("；", "{}", ((_source(shown),) for shown in shown_sources(basis)))


def _source(shown: ShownSource) -> SafeString:
    mark = format_html("（{}）", shown.mark) if shown.mark else SafeString()
    if not shown.url:
        return format_html("{}{}", shown.text, mark)
    return format_html('<a href="{}">{}</a>{}', shown.url, shown.text, mark)
