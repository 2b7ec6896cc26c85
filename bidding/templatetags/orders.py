"""What templates need to know of orders: their stage in one word, and their acts in words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Tender
from bidding.models.stages import STAGE_LABELS
from bidding.panels.orders import PAST, Step, stage_word
from marketplace.models import AuditEntry
from marketplace.templatetags.ui import chip as draw_chip
from marketplace.templatetags.ui import sentence

register = template.Library()

ACTS = {
    "tender.approved": _("审核通过"),
    "tender.published": _("发布公告"),
    "tender.closed": _("报名截止"),
    "tender.evaluated": _("揭封选取"),
    "tender.failed": _("流标"),
    "tender.registered": _("登记并公示结果"),
    "tender.cancelled": _("取消采购"),
}


@register.simple_tag
def crumb_trail(*pairs: str) -> list[dict[str, str]]:
    """Return crumbs from alternating labels and addresses; the last label needs no address."""
    labels, urls = pairs[::2], [*pairs[1::2], ""]
    return [{"label": label, "url": url} for label, url in zip(labels, urls, strict=False)]


@register.inclusion_tag("components/chip.html")
def stage_chip(tender: Tender, fill: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002
    """Draw the one word for where an order stands."""
    return draw_chip(stage_word(tender), fill=fill)


@register.inclusion_tag("components/chip.html")
def award_chip(award: Award) -> dict[str, Any]:
    """Draw the one word for where an award stands, read from it and its contract."""
    return draw_chip(stage_word(award.tender, award))


@register.simple_tag
def log_steps(log: Iterable[AuditEntry]) -> list[Step]:
    """Return the public acts on an order as steps, the latest first."""
    steps = [Step(ACTS.get(entry.verb, entry.verb), PAST, entry.at) for entry in log]
    return steps[::-1]


@register.filter
def sentence_or_nothing(text: str) -> str:
    """Close a statement with a full stop; nothing for nothing."""
    return sentence(text) if text else ""


@register.filter
def signed(points: Decimal) -> str:
    """Write points with their sign: +2, −1.5."""
    figure = f"{abs(points).normalize():f}"
    return f"−{figure}" if points < 0 else f"+{figure}"  # noqa: RUF001
