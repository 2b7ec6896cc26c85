"""Components whose value is put together in the template; part of the library `ui`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from marketplace.web.components import (
    Component,
    Crumb,
    Crumbs,
    Empty,
    Note,
    SealPanel,
    Tab,
    Tabs,
    Text,
)

register = template.Library()


def _drawn(component: Component) -> SafeString:
    html: SafeString = component.render_html()
    return html


@register.simple_tag
def crumbs(*pairs: Text) -> SafeString:
    """Draw the breadcrumb from alternating labels and addresses; the last label needs none."""
    labels, urls = pairs[::2], [*map(str, pairs[1::2]), ""]
    trail = [Crumb(label, url) for label, url in zip(labels, urls, strict=False)]
    return _drawn(Crumbs.of(*trail))


@register.simple_tag
def note(*, text: Text, tone: str = "", url: str = "", link: Text = "") -> SafeString:
    """Draw a notice."""
    return _drawn(Note(text, tone, url, link))


@register.simple_tag
def nothing(*, title: Text, text: Text = "", url: str = "", link: Text = "") -> SafeString:
    """Draw what stands where there is nothing to show."""
    return _drawn(Empty(title, text, url, link))


@register.simple_tag
def seal(
    *, digest: str, text: Text, at: datetime | None = None, method_url: str = ""
) -> SafeString:
    """Draw the commitment panel."""
    return _drawn(SealPanel(digest, text, at, method_url=method_url))


@register.simple_tag
def tabs(label: Text, links: Sequence[Tab]) -> SafeString:
    """Draw tabs."""
    return _drawn(Tabs(label, links))
