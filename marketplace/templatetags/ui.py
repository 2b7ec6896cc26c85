"""
The components that need a thought before they are drawn; each draws one template of `components/`.

`{% load ui %}` loads all of them. How a page is put together: see the comment in `base.html`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from structlog.contextvars import get_contextvars

from marketplace.identifiers import masked
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Document
from marketplace.templatetags import (
    ui_acts,
    ui_components,
    ui_figures,
    ui_forms,
    ui_frame,
    ui_moments,
    ui_sources,
)
from marketplace.templatetags.drawn import drawn_at_version, drawn_once, once_for
from marketplace.templatetags.ui_figures import decimal_of, money
from marketplace.web.asked import asked_for
from marketplace.web.components import Component, Follow, RecordEnd, Step, document_card
from marketplace.web.form_help import help_for
from marketplace.web.listed import Listed
from marketplace.web.moments import cn_date, cn_datetime, cn_deadline, cn_short
from marketplace.web.seal_pattern import Pattern
from marketplace.web.seal_pattern import seal_pattern as pattern_of
from marketplace.web.sources import drawn_grounds

__all__ = [
    "chip",
    "cn_date",
    "cn_datetime",
    "cn_deadline",
    "cn_short",
    "icon",
    "money",
    "sentence",
    "status_words",
]

register = template.Library()
for part in (ui_acts, ui_components, ui_figures, ui_forms, ui_frame, ui_moments, ui_sources):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)

CODE = re.compile(r"[a-z_]+(?:\.[a-z_]+)+|[A-Z0-9]+(?:-[A-Z0-9]+)+")
STATUS_WORDS = Path(__file__).parents[1] / "data" / "status_words.toml"


@register.simple_tag
def request_id() -> str:
    """Return the number of the running request, as the log has it; empty outside one."""
    return str(get_contextvars().get("request_id", ""))


@register.simple_tag
@once_for
def icon(name: str, classes: str = "") -> SafeString:
    """Draw an icon of the sprite; it is decoration, so the words beside it must say the same."""
    return format_html(
        '<svg class="i{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" {classes}" if classes else "",
        static("marketplace/icons.svg"),
        name,
    )


def status_words() -> Mapping[str, tuple[str, str]]:
    """Return each status word, as it is in the reader's language, with its glyph and tone."""
    return _words_in(translation.get_language())


@cache
def _words_in(language: str | None) -> Mapping[str, tuple[str, str]]:
    groups = tomllib.loads(STATUS_WORDS.read_text(encoding="utf-8"))
    with translation.override(language):
        return {
            translation.gettext(word): (glyph, tone)
            for group in groups.values()
            for word, (glyph, tone) in group.items()
        }


@dataclass(frozen=True)
class Chip(Component):
    """A status word with the glyph of its state; a filled one stands out."""

    label: str
    glyph: str
    tone: str
    is_filled: bool

    template_name = "components/chip.html"


@register.simple_tag
def chip(word: object, *, fill: bool = False, label: object = "", tone: str = "") -> SafeString:
    """Draw a status word; `label` replaces the text, `word` still chooses glyph and tone."""
    return _chip(str(word), bool(fill), str(label), str(tone))


@drawn_once
def _chip(word: str, fill: bool, label: str, tone: str) -> Chip:  # noqa: FBT001 - as its tags have it
    glyph, own_tone = status_words().get(word, ("wait", ""))
    return Chip(label or word, glyph, tone or own_tone, fill)


@register.simple_tag(name="document")
def draw_document(document: Document, url: str, at: datetime | None = None) -> SafeString:
    """Draw the card of a stored file, for templates that hold the row itself."""
    return document_card(document, url, at).render_html()


@register.filter
def stars(value: object) -> SafeString:
    """Draw a rating out of five with its figure."""
    rating = decimal_of(value)
    if rating is None:
        return format_html('<span class="dim3">{}</span>', _("尚无评价"))
    full = int(rating.quantize(Decimal(1), ROUND_HALF_UP))
    drawn = format_html_join(
        "", "{}", ((icon("i-star", "on" if n < full else ""),) for n in range(5))
    )
    figure = f"{rating.quantize(Decimal('0.1'), ROUND_HALF_UP)}"
    return format_html('<span class="z-stars">{} {}</span>', drawn, _("%s 星") % figure)


@dataclass(frozen=True)
class SealPattern(Component):
    """The pattern of a SHA-256 value, in so many pixels; `digest` is what is read out of it."""

    pattern: Pattern
    digest: str
    size: int

    template_name = "components/seal_pattern.html"


@register.simple_tag
def seal_pattern(digest: str, size: int = 144) -> SafeString:
    """Draw the pattern of a SHA-256 value; always show the whole value beside it."""
    return SealPattern(pattern_of(digest), digest[:16], size).render_html()


@register.filter(name="masked")
def masked_number(number: str) -> str:
    """Hide the middle of a telephone or certificate number."""
    return masked(number)


@register.filter
def sentence(text: object) -> str:
    """Close a statement with a full stop, unless it has its mark."""
    said = str(text)
    return said if said.endswith(("。", "？", "！")) else f"{said}。"


@register.filter
def grounds(verdict: Verdict) -> SafeString:
    """Draw what a verdict rests on, its law as a link and the key of its rule whole."""
    return drawn_grounds(verdict, codes(verdict.key) if verdict.key else "")


@register.filter
def codes(text: object) -> SafeString:
    """
    Keep the codes of a text whole; a line may end inside a rulebook key alone, between its words.

    What is drawn already is left as it is.
    """
    said = text if isinstance(text, SafeString) else str(text)
    if isinstance(said, SafeString):
        return said
    drawn, end = "", 0
    for found in CODE.finditer(said):
        drawn += escape(said[end : found.start()]) + _whole(found.group())
        end = found.end()
    return SafeString(drawn + escape(said[end:]))


def _whole(code: str) -> SafeString:
    parts = re.findall(r"[^._]+[._]?", code)
    return format_html_join(
        SafeString("<wbr>"), '<span class="nb">{}</span>', ((part,) for part in parts)
    )


@register.filter
def button_kind(tags: Iterable[str]) -> str:
    """Return how a button of allauth looks, from the tags that allauth gives it."""
    if {"danger", "delete"} & set(tags):
        return "danger"
    return "secondary" if {"secondary", "link", "cancel", "outline"} & set(tags) else "primary"


@register.filter
def badge_tone(tags: Iterable[str]) -> str:
    """Return the class, with a blank before, of a badge of allauth, from the tags it gives it."""
    return " ok" if "success" in tags else " warn" if "warning" in tags else ""


@register.simple_tag
def listed(rows: Iterable[object]) -> Listed[object]:
    """Return rows that a page of allauth has not counted."""
    return Listed(rows)


@register.filter
def is_given(value: object) -> bool:
    """Tell whether allauth gives an attribute at all; an empty text is one."""
    return value is not None


@register.filter
def or_dash(value: object) -> object:
    """Write what is there, a dash where nothing is."""
    return value or "—"


@register.simple_tag(takes_context=True)
def same_for_all(context: Context, template: str, key: tuple[Hashable, ...]) -> SafeString:
    """Draw a template once until something public changes; each time where `key` is empty."""
    return drawn_at_version(template, context, key)


@register.simple_tag(takes_context=True)
def follow(
    context: Context, scope: str = "search", *, kind: str = "", calendar: bool = False
) -> SafeString:
    """
    Draw the ways to be told of what comes to a list, as it was asked for on this page.

    Of a list that only search can follow, what comes of its `kind`, whatever was asked here.
    """
    asked = urlencode({"in": kind}) if kind else asked_for(context["request"].GET)
    return Follow(scope, asked, calendar).render_html()


@register.simple_tag(takes_context=True)
def form_help(context: Context) -> SafeString:
    """Draw what helps with the form of this page, if there is something."""
    match = context["request"].resolver_match
    return help_for(match.view_name, context["platform_now"]) if match else SafeString()


@register.simple_tag
def record_end(
    path: str,
    steps: Iterable[Step] = (),
    *,
    q: str = "",
    kind: str = "",
    scope: str = "",
    calendar: bool = False,
) -> SafeString:
    """
    Draw the end of the public record at `path`, which goes through `steps`.

    It is followed by the search for `q`, of things of one `kind` if that is given; without words by
    all that comes of the kind, or to the list of `scope`.
    """
    asked = urlencode({name: told for name, told in (("q", q), ("in", kind)) if told})
    follow = Follow(scope or "search", asked, calendar) if asked or scope else None
    return RecordEnd.of(path, steps, follow).render_html()


@register.simple_tag
@once_for
def suggesting() -> SafeString:
    """Return the attributes by which a search field suggests, for suggest.js."""
    said = {
        "suggest": reverse("search:suggest"),
        "label": _("建议"),
        "some": _("%d 条建议，按上下键选择，回车打开"),
        "none": _("没有建议"),
    }
    return format_html_join(" ", 'data-{}="{}"', said.items())
