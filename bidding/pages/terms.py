"""How long the service of an order takes, in words."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from bidding.models import Contract, Tender
from bidding.selection.discounts import rate_of
from marketplace.kernel.wording import in_words
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Text


def service_time(tender: Tender) -> str:
    """Return the length with its unit, or what it lasts until; empty while it is not said."""
    if tender.lasts_as_agreed:
        return str(tender.get_service_unit_display())
    return in_words(tender.service_period) if tender.service_period else ""


def service_period(tender: Tender) -> str:
    """Return the same with its beginning: from the signature on."""
    time = service_time(tender)
    if not time or tender.lasts_as_agreed:
        return time
    return _("签约起 %(time)s") % {"time": time}


def rate_quoted(tender: Tender, amount: Decimal) -> str:
    """Return by how much an amount lies below the ceiling, where bidders quote that; else ""."""
    if not tender.is_by_rate or tender.ceiling is None:
        return ""
    return _("下浮 %(rate)s%%") % {"rate": rate_of(tender.ceiling, amount)}


def service_end(contract: Contract) -> Text:
    """Return until when the result is due; where nothing is counted, what was agreed instead."""
    due = contract.service_due_at
    return moment(due, "deadline") if due else service_time(contract.award.tender)
