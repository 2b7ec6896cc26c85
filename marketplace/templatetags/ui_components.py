"""Components whose value is put together in the template; part of the library `ui`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django import template
from django.contrib.messages.storage.base import Message
from django.utils.safestring import SafeString

from marketplace.web.components import (
    PROGRESS,
    TONES,
    Component,
    Crumb,
    Crumbs,
    Empty,
    Fact,
    Facts,
    Note,
    SealPanel,
    Step,
    Stepper,
    Tab,
    Tabs,
    Text,
    Timeline,
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
def message_note(message: Message) -> SafeString:
    """Draw what the last act did, in the tone of its level."""
    return _drawn(Note(str(message), TONES.get(message.level_tag, "")))


@register.simple_tag
def facts(shown: Sequence[Fact]) -> SafeString:
    """Draw a list of facts."""
    return _drawn(Facts(shown))


@register.simple_tag
def stepper(label: Text, steps: Sequence[Step]) -> SafeString:
    """Draw the steps of a form in several pages."""
    return _drawn(Stepper(label, steps))


@register.simple_tag
def timeline(
    steps: Iterable[Step], *, horizontal: bool = True, label: Text = PROGRESS
) -> SafeString:
    """Draw the stages of a record."""
    return _drawn(Timeline.of(steps, label, is_lying=horizontal))


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
