"""How long the service of an order takes, in words."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from bidding.models import Contract, Tender
from bidding.models.tender import COUNTED, ServiceUnit
from bidding.selection.discounts import rate_of
from bidding.selection.unit_prices import price_of_unit
from marketplace.kernel.durations import Duration
from marketplace.kernel.wording import in_words
from marketplace.templatetags.ui_figures import money
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Text


def service_time(tender: Tender) -> str:
    """Return the length with its unit, or what it lasts until; empty while it is not said."""
    return _time(tender.service_time, tender.service_unit)


def service_period(tender: Tender) -> str:
    """Return the same with its beginning: from the signature on."""
    return period_in_words(tender.service_time, tender.service_unit)


def period_in_words(count: int | None, unit: str) -> str:
    """Return the same of what an order says."""
    time = _time(count, unit)
    if not time or unit not in COUNTED:
        return time
    return _("签约起 %(time)s") % {"time": time}


def _time(count: int | None, unit: str) -> str:
    if unit not in COUNTED:
        return str(ServiceUnit(unit).label)
    return in_words(Duration(count, unit)) if count else ""


def as_quoted(tender: Tender, amount: Decimal) -> str:
    """Return a rate or the price of a unit, where bidders quote that; "" where it is an amount."""
    if tender.is_by_unit and tender.quantity:
        return unit_price(tender, amount)
    if not tender.is_by_rate or tender.ceiling is None:
        return ""
    return _("下浮 %(rate)s%%") % {"rate": rate_of(tender.ceiling, amount)}


def with_quote(tender: Tender, amount: Decimal) -> str:
    """Return an amount, and behind it what was quoted where that is no amount."""
    shown, quoted = money(amount), as_quoted(tender, amount)
    if not quoted:
        return shown
    return _("%(amount)s（%(quoted)s）") % {"amount": shown, "quoted": quoted}


def unit_price(tender: Tender, amount: Decimal) -> str:
    """Return what a unit costs, with its name; of an order that says how many there are."""
    price = f"{price_of_unit(amount, tender.quantity or 1):,.2f}"
    return _("单价 ¥%(price)s/%(unit)s") % {"price": price, "unit": tender.quantity_unit}


def quote_in_words(tender: Tender) -> str:
    """Return what bidders write, where that is no amount; else ""."""
    if tender.is_by_rate:
        return _("下浮率，以最高限价为基准")
    if not tender.is_by_unit or not tender.quantity:
        return ""
    said = {"count": f"{tender.quantity:,}", "unit": tender.quantity_unit}
    if tender.ceiling is None:
        return _("单价，暂估 %(count)s %(unit)s") % said
    most = unit_price(tender, tender.ceiling)
    return _("单价，暂估 %(count)s %(unit)s，最高%(most)s") % {**said, "most": most}


def funds_in_words(tender: Tender) -> str:
    """Return what pays; of several funds the share of each, and by whose rules the order goes."""
    main = str(tender.get_fund_display())
    if not tender.fund_shares:
        return main
    shares = _("、").join(
        f"{Tender.Fund(name).label} {percent}%" for name, percent in tender.fund_shares.items()
    )
    return _("%(shares)s，从严按%(main)s的规定办理") % {"shares": shares, "main": main}


def service_end(contract: Contract) -> Text:
    """Return until when the result is due; where nothing is counted, what was agreed instead."""
    due = contract.service_due_at
    return moment(due, "deadline") if due else service_time(contract.award.tender)
