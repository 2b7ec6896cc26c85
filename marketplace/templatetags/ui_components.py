"""Components whose value is put together in the template; part of the library `ui`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from marketplace.templatetags.drawn import once_for
from marketplace.web.components import (
    PROGRESS,
    TONES,
    Crumb,
    Crumbs,
    Empty,
    Fact,
    Facts,
    Fault,
    Note,
    SealPanel,
    Step,
    Stepper,
    Tab,
    Tabs,
    Text,
    Timeline,
    Told,
)
from marketplace.web.queues import Handlers
from marketplace.web.terms import terms

register = template.Library()


@register.simple_tag
def crumbs(*pairs: Text) -> SafeString:
    """Draw the breadcrumb from alternating labels and addresses; the last label needs none."""
    labels, urls = pairs[::2], [*map(str, pairs[1::2]), ""]
    trail = [Crumb(label, url) for label, url in zip(labels, urls, strict=False)]
    return Crumbs.of(*trail).render_html()


@register.simple_tag
def note(*, text: Text, tone: str = "", url: str = "", link: Text = "") -> SafeString:
    """Draw a notice."""
    return Note(text, tone, url, link).render_html()


@register.simple_tag
def message_note(message: Message) -> SafeString:
    """Draw what the last act did, in the tone of its level."""
    return Note(str(message), TONES.get(message.level_tag, "")).render_html()


@register.simple_tag
def facts(shown: Sequence[Fact]) -> SafeString:
    """Draw a list of facts."""
    return Facts(shown).render_html()


@register.simple_tag
def term(word: Text) -> SafeString:
    """Draw a word, with what it means where the glossary says so."""
    return _term(str(word))


@once_for
def _term(word: str) -> SafeString:
    known = terms().get(word)
    return known.render_html() if known else conditional_escape(word)


@register.simple_tag
def told(anchor: str, title: Text, text: str, at: datetime | None = None) -> SafeString:
    """Draw what somebody gave as the reason, and when."""
    return Told(anchor, title, text, at).render_html()


@register.simple_tag
def stepper(label: Text, steps: Sequence[Step]) -> SafeString:
    """Draw the steps of a form in several pages."""
    return Stepper(label, steps).render_html()


@register.simple_tag
def timeline(
    steps: Iterable[Step], *, horizontal: bool = True, label: Text = PROGRESS
) -> SafeString:
    """Draw the stages of a record."""
    return Timeline.of(steps, label, is_lying=horizontal).render_html()


@register.simple_tag
def nothing(*, title: Text, text: Text = "", url: str = "", link: Text = "") -> SafeString:
    """Draw what stands where there is nothing to show."""
    return Empty(title, text, url, link).render_html()


@register.simple_tag
def fault(**told: Any) -> SafeString:
    """Draw what a page says that could not be shown, from the fields of `Fault`."""
    return Fault(**told).render_html()


@register.simple_tag
def seal(
    *, digest: str, text: Text, at: datetime | None = None, method_url: str = ""
) -> SafeString:
    """Draw the commitment panel."""
    return SealPanel(digest, text, at, method_url=method_url).render_html()


@register.simple_tag
def handled_by(handlers: Handlers, key: int) -> Text:
    """Say who has taken on the row with this key; nothing for nobody."""
    return handlers.words_of(key)


@register.simple_tag
def tabs(label: Text, links: Sequence[Tab]) -> SafeString:
    """Draw tabs."""
    return Tabs(label, links).render_html()
