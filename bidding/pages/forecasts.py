"""What will keep an agency that may bid today from counting at the opening, or from serving."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from bidding.guards.agencies import agency_is_licensed, agency_is_qualified
from bidding.models import Tender
from bidding.periods import service_due
from marketplace.expiring import endings
from marketplace.kernel.models import CalendarDay
from marketplace.models import Agency, Organization
from marketplace.requirements import asks_for_head_office, classes_of
from marketplace.web.moments import cn_date

BY_THE_OPENING = gettext_lazy(
    "贵单位有效期至 %(until)s 的证照在开启报价（%(moment)s）以前到期。"
    "届时没有延续的，这份报价不能参加选取。原因：%(reason)s"
)
BY_THE_END = gettext_lazy(
    "贵单位有效期至 %(until)s 的证照在服务期限（约到 %(moment)s）以前到期。"
    "中选和签约时仍会核查，服务期间须保持有效。原因：%(reason)s"
)


def forecast(tender: Tender, agency: Organization) -> str:
    """
    Return a warning of what ends before the opening, or else before the service does; or nothing.

    The reason is in the words in which the opening and the signature would refuse. The end of the
    service is counted from the opening, the earliest that it can be.
    """
    for moment, sentence in _moments(tender):
        asked = agency_is_licensed(agency, moment), agency_is_qualified(agency, tender.item, moment)
        failed = [verdict for verdict in asked if not verdict.holds]
        ends = _ends_by(moment, tender, agency) if failed else ""
        if ends:
            return str(sentence) % {
                "until": ends,
                "moment": cn_date(moment),
                "reason": failed[0].refusal,
            }
    return ""


def _moments(tender: Tender) -> Iterator[tuple[datetime, Promise]]:
    if tender.opening_at is None or tender.evaluated_at is not None:
        return
    yield tender.opening_at, BY_THE_OPENING
    period = tender.service_period
    if period is not None:
        calendar = CalendarDay.objects.work_calendar()
        yield service_due(tender.opening_at, period, calendar).ends_at, BY_THE_END


def _ends_by(moment: datetime, tender: Tender, agency: Organization) -> str:
    """Return the first last day of what the item asks for and has run out by `moment`."""
    requirement = tender.item.requires
    asked = classes_of(requirement)
    found = endings(Agency.objects.get(pk=agency.pk))
    if agency.head_office_id and asks_for_head_office(requirement):
        heads = Agency.objects.filter(pk=agency.head_office_id)
        found += [one for head in heads for one in endings(head) if one.certificate]
    days = [
        one.until
        for one in found
        if one.ends_at <= moment
        and (one.certificate is None or one.certificate.service_class.code in asked)
    ]
    return cn_date(min(days)) if days else ""
