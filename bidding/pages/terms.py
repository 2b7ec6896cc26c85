"""How long the service of an order takes, in words."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from bidding.models import Contract, Tender
from bidding.models.tender import COUNTED, ServiceUnit
from bidding.selection.discounts import rate_of
from marketplace.kernel.durations import Duration
from marketplace.kernel.wording import in_words
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


def rate_quoted(tender: Tender, amount: Decimal) -> str:
    """Return by how much an amount lies below the ceiling, where bidders quote that; else ""."""
    if not tender.is_by_rate or tender.ceiling is None:
        return ""
    return _("下浮 %(rate)s%%") % {"rate": rate_of(tender.ceiling, amount)}


def service_end(contract: Contract) -> Text:
    """Return until when the result is due; where nothing is counted, what was agreed instead."""
    due = contract.service_due_at
    return moment(due, "deadline") if due else service_time(contract.award.tender)
