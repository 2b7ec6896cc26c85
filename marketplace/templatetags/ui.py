"""
The components that need a thought before they are drawn; each draws one template of `components/`.

`{% load ui %}` loads all of them. How a page is put together: see the comment in `base.html`.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.template.defaultfilters import urlencode
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from structlog.contextvars import get_contextvars

from marketplace.identifiers import masked
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Document, Membership
from marketplace.parties import Party
from marketplace.templatetags import ui_components, ui_figures, ui_forms, ui_moments, ui_sources
from marketplace.templatetags.drawn import drawn_once, once_for
from marketplace.templatetags.ui_figures import decimal_of, money
from marketplace.templatetags.ui_moments import cn_date, cn_datetime, cn_deadline, cn_short
from marketplace.web import seal_pattern as seals
from marketplace.web import shared_pages
from marketplace.web.components import document_card

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
for part in (ui_components, ui_figures, ui_forms, ui_moments, ui_sources):
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


@cache
def status_words() -> Mapping[str, tuple[str, str]]:
    """Return each status word with its glyph and tone."""
    groups = tomllib.loads(STATUS_WORDS.read_text(encoding="utf-8"))
    return {
        word: (glyph, tone) for group in groups.values() for word, (glyph, tone) in group.items()
    }


@register.simple_tag
def chip(word: object, *, fill: bool = False, label: object = "", tone: str = "") -> SafeString:
    """Draw a status word; `label` replaces the text, `word` still chooses glyph and tone."""
    return _chip(str(word), bool(fill), str(label), str(tone))


@drawn_once("components/chip.html")
def _chip(word: str, fill: bool, label: str, tone: str) -> dict[str, Any]:  # noqa: FBT001
    glyph, own_tone = status_words().get(word, ("wait", ""))
    return {"glyph": glyph, "tone": tone or own_tone, "fill": fill, "label": label or word}


@register.simple_tag(name="document")
def draw_document(document: Document, url: str, at: datetime | None = None) -> SafeString:
    """Draw the card of a stored file, for templates that hold the row itself."""
    drawn: SafeString = document_card(document, url, at).render_html()
    return drawn


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


@register.inclusion_tag("components/seal_pattern.html")
def seal_pattern(digest: str, size: int = 144) -> dict[str, Any]:
    """Draw the pattern of a SHA-256 value; always show the whole value beside it."""
    return {"pattern": seals.seal_pattern(digest), "digest": digest[:16], "size": size}


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


@register.inclusion_tag("components/verdicts.html")
def verdicts(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """List what was checked: each rule that fails with reason and source, then those that hold."""
    asked = list(verdicts)
    stated = [
        verdict for verdict in asked if verdict.holds and str(getattr(verdict, "statement", ""))
    ]
    silent = sum(verdict.holds for verdict in asked) - len(stated)
    return {
        "failed": [verdict for verdict in asked if not verdict.holds],
        "stated": stated,
        "silent": silent,
    }


@register.inclusion_tag("components/action_button.html", takes_context=True)
def action_button(  # noqa: PLR0913 - the keywords of a template tag
    context: Context,
    label: str,
    url: str,
    verdicts: Iterable[Verdict] = (),
    *,
    method: str = "post",
    kind: str = "primary",
    icon: str = "",
    classes: str = "",
    name: str = "",
    value: object = "",
    seen: str | None = None,
) -> dict[str, Any]:
    """
    Draw a button that posts (method="get": a link), or the same disabled, with its reasons.

    What it is pressed for is on `seen`, by default on what the page was made of.
    """
    failed = [verdict for verdict in verdicts if not verdict.holds]
    return {
        "label": label,
        "url": url,
        "failed": failed,
        "is_link": method == "get",
        "kind": kind,
        "icon": icon,
        "classes": classes,
        "name": name,
        "value": value,
        "seen": context.get("seen", "") if seen is None else seen,
        "why_id": f"why-{zlib.crc32(f'{label}|{url}|{value}'.encode()):08x}",
    }


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


@register.filter
def role_names(party: Party) -> str:
    """Name the roles a party holds, in the order of the model."""
    return "、".join(str(role.label) for role in Membership.Role if role.value in party.roles)


@dataclass(frozen=True)
class PageLink:
    """One place among the numbers of a list's pages; a gap has no number."""

    number: int | None
    is_here: bool


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Context, page_obj: Page[Any], target: str = "") -> dict[str, Any]:
    """Draw the pages of a list, keeping the query string; `target` swaps that element with htmx."""
    paginator = page_obj.paginator
    numbers = paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1)
    return {
        "request": context["request"],
        "page": page_obj,
        "links": [
            PageLink(number if isinstance(number, int) else None, number == page_obj.number)
            for number in numbers
        ],
        "gap": paginator.ELLIPSIS,
        "target": target,
    }


@register.simple_tag
def footer_item(label: str, name: str) -> SafeString:
    """Draw a link of the footer; nothing if there is no such page yet."""
    try:
        return _footer_item(str(label), reverse(name))
    except NoReverseMatch:
        return SafeString("")


@drawn_once("components/footer_item.html")
def _footer_item(label: str, url: str) -> dict[str, Any]:
    return {"url": url, "label": label}


@register.simple_tag(takes_context=True)
def way_in(context: Context, login_url: str) -> str:
    """Return the address of the log-in, from which one comes back to this page."""
    request = context.get("request")
    if request is None or request.path == login_url:
        return login_url
    return f"{login_url}?next={urlencode(request.get_full_path())}"


@register.simple_tag(takes_context=True)
def nav_item(context: Context, label: str, name: str, symbol: str = "") -> SafeString:
    """Draw a link to a named page, marked when the reader is there; nothing without the page."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return SafeString("")
    request = context.get("request")
    path = request.path if request else ""
    current = "page" if path == url else "true" if url != "/" and path.startswith(url) else ""
    return _nav_item(str(label), url, current, symbol)


@drawn_once("components/nav_item.html")
def _nav_item(label: str, url: str, current: str, symbol: str) -> dict[str, Any]:
    return {"url": url, "label": label, "current": current, "symbol": symbol}


@register.simple_tag(takes_context=True)
def own(context: Context, name: str) -> SafeString:
    """Draw a part of the frame that is the reader's own; in a page for everybody, its place."""
    place = shared_pages.place_of(name)
    if place is not None:
        return SafeString(place)
    template = get_template(f"components/{name}.html")
    html: SafeString = template.template.render(context)  # type: ignore[attr-defined]
    return html


@register.simple_tag
def own_mark() -> SafeString:
    """Stand between the own parts that are drawn together."""
    return SafeString(shared_pages.MARK)
