"""What templates need to know of orders: their stage in one word, and their acts in words."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Bid, Tender
from bidding.pages.award_rows import AwardRow
from bidding.pages.bids import BidEnd, bid_end, bid_word
from bidding.pages.bids import is_chosen as chosen
from bidding.pages.names import AgencyName
from bidding.pages.order_lines import OrderLine
from bidding.pages.order_page import OrderState, state_of
from bidding.pages.order_rows import OrderRow
from bidding.pages.own_awards import OwnAward
from bidding.pages.steps import stage_word
from bidding.pages.terms import service_period, service_time
from bidding.selection.methods import method_of
from bidding.selection.methods.words import Text
from marketplace.kernel.models import AuditEntry
from marketplace.templatetags.ui import chip as draw_chip
from marketplace.templatetags.ui import sentence
from marketplace.templatetags.ui_moments import countdown
from marketplace.web.components import PAST, Step

register = template.Library()

ACTS = {
    "tender.approved": _("审核通过"),
    "tender.published": _("发布公告"),
    "tender.closed": _("报名截止"),
    "tender.evaluated": _("开启报价并选取"),
    "tender.chosen": _("业主选定或者评分"),
    "tender.scored": _("专家评分完成"),
    "tender.failed": _("流标"),
    "tender.registered": _("登记并公示结果"),
    "tender.handed_over": _("由下一名递补，公示结果"),
    "tender.amended": _("变更公告"),
    "tender.cancelled": _("取消采购"),
    "tender.suspended": _("因异议或者投诉中止"),
    "tender.resumed": _("恢复，期限顺延"),
}


@register.simple_tag(takes_context=True)
def stage_chip(context: Context, tender: Tender, fill: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - a tag of templates
    """Draw the one word for where an order stands."""
    return draw_chip(stage_word(tender, context["platform_now"]), fill=fill)


@register.simple_tag(takes_context=True)
def line_chip(context: Context, line: AwardRow | OrderLine | OrderRow | OwnAward) -> SafeString:
    """Draw the same for a row of a list."""
    return draw_chip(line.stage_word(context["platform_now"]))


@register.simple_tag(takes_context=True)
def line_due(context: Context, line: OrderLine | OrderRow) -> SafeString:
    """Draw when the sign-up of a row of a list ends, which stands still while the order does."""
    end = line.tender_period_end
    if end is None:
        return SafeString("—")
    return countdown(
        end,
        context["platform_now"],
        "cell",
        paused=line.is_suspended,
        provisional=line.is_end_provisional,
    )


@register.simple_tag(takes_context=True)
def award_chip(context: Context, award: Award, fill: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - a tag of templates
    """Draw the one word for where an award stands, read from it and its contract."""
    return draw_chip(stage_word(award.tender, context["platform_now"], award), fill=fill)


@register.simple_tag(takes_context=True)
def agency(context: Context, key: int) -> SafeString:
    """Draw the agency with this key as the page's `agencies` name it."""
    name: AgencyName = context["agencies"][key]
    return name.render_html()


@register.simple_tag
def bid_chip(bid: Bid, fill: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - a tag of templates
    """Draw the one word for what has become of a bid."""
    return draw_chip(bid_word(bid), fill=fill)


@register.simple_tag(name="bid_end")
def end_of_bid(bid: Bid) -> BidEnd | None:
    """Return why a bid took no part in the selection."""
    return bid_end(bid)


register.filter("service_time", service_time)
register.filter("service_period", service_period)


@register.simple_tag
def order_state(tender: Tender) -> OrderState:
    """Return what the pages of an order's own sides show in its state."""
    return state_of(tender)


@register.filter
def is_chosen(bid: Bid) -> bool:
    """Tell whether the selection chose this bid."""
    return chosen(bid)


@register.filter
def row_tone(bid: Bid) -> str:
    """Return the class of a bid's row: the chosen one, or one that was not in the selection."""
    if chosen(bid):
        return "win"
    return "out" if bid.status in {Bid.Status.ENDED, Bid.Status.EXCLUDED} else ""


@register.filter
def class_names(names: Iterable[str]) -> str:
    """Write the names of the service classes in which an agency has a valid qualification."""
    return "、".join(names) or gettext("没有有效资质")


@register.filter
def method_word(tender: Tender) -> str:
    """Name the method of an order without what stands in brackets, for lists."""
    return method_of(tender).words.short


@register.filter
def method_name(tender: Tender) -> Text:
    """Name the method of an order in full."""
    return method_of(tender).words.name


@register.simple_tag
def log_steps(log: Iterable[AuditEntry]) -> list[Step]:
    """Return the public acts on an order as steps, the latest first."""
    steps = [Step(ACTS.get(entry.verb, entry.verb), PAST, entry.at) for entry in log]
    return steps[::-1]


@register.filter
def sentence_or_nothing(text: str) -> str:
    """Close a statement with a full stop; nothing for nothing."""
    return sentence(text) if text else ""
