"""The acts on an order that more than one page offers."""

from __future__ import annotations

from datetime import datetime

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.guards.bids import may_decline_order
from bidding.guards.tenders import may_cancel, may_delete, may_return
from bidding.models import Tender
from marketplace.models import Organization, User
from marketplace.web.acts import Act


def decline_act(tender: Tender, agency: Organization, at: datetime) -> Act:
    """Return the act by which the named agency says no."""
    url = reverse("bidding:bid_decline", args=[tender.code])
    verdicts = may_decline_order(tender, agency, at)
    return Act("bid_decline", _("谢绝这次选取"), url, verdicts, kind="danger")


def return_act(tender: Tender, by: User, at: datetime, form: BaseForm) -> Act:
    """Return the act by which an officer sends an order back to its buyer."""
    url = reverse("bidding:operator_return", args=[tender.slug])
    verdicts = may_return(tender, by, at)
    label, summary = _("退回并告知理由"), _("退回修改")
    return Act("operator_return", label, url, verdicts, form, summary, "danger")


def cancel_act(tender: Tender, at: datetime) -> Act:
    """Return the act by which a buyer calls an order off."""
    url = reverse("bidding:tender_cancel", args=[tender.slug])
    return Act("tender_cancel", _("取消采购"), url, may_cancel(tender, at), kind="danger")


def delete_act(tender: Tender, at: datetime) -> Act:
    """Return the act by which a buyer throws a draft away."""
    url = reverse("bidding:tender_delete", args=[tender.slug])
    return Act("tender_delete", _("删除草稿"), url, may_delete(tender, at), kind="danger")
