"""What the templates of editors' pages read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from bidding.pages.contract_texts import text_cards
from cms.blocks import card_of
from cms.models import HomePage, NoticePage
from marketplace.kernel.calendar import day_of, end_of_day
from marketplace.web.components import NOW, Crumb, Crumbs, DocumentCard, Note, Step

register = template.Library()


@register.simple_tag
def way_to(page: Page) -> SafeString:
    """Draw the breadcrumb of a page: its section, unless that is the home page."""
    parent = page.get_parent().specific.spoken().page
    way = [] if isinstance(parent, HomePage) else [Crumb(parent.title, parent.url or "")]
    return Crumbs.of(*way, Crumb(page.title)).render_html()


@register.simple_tag
def file_cards(files: Any) -> list[DocumentCard]:
    """Return the cards of the files of a stream; one that was deleted is left out."""
    cards: list[DocumentCard] = []
    for block in files:
        if block.block_type == "contracts":
            cards += text_cards()
        elif block.value:
            cards.append(card_of(block.value))
    return cards


@register.simple_tag
def lapsed_note(notice: NoticePage, at: datetime) -> SafeString:
    """Say of a notice that holds no more that it does not; else nothing."""
    if not notice.has_lapsed(day_of(at)):
        return SafeString()
    return Note(_("这份通知已过有效期，仅供查阅。"), "warn").render_html()


@register.simple_tag
def notice_steps(notice: NoticePage, at: datetime) -> list[Step]:
    """Return until when a notice holds, if its editors said so."""
    if notice.valid_until is None or notice.has_lapsed(day_of(at)):
        return []
    return [Step(_("本通知有效"), NOW, end_of_day(notice.valid_until), _("至"))]


@register.simple_tag
def lapsed_word(notice: NoticePage, at: datetime) -> str:
    """Return the word for a notice that holds no more; else nothing."""
    return _("已过有效期") if notice.has_lapsed(day_of(at)) else ""
