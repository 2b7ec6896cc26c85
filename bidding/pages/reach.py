"""What published business a restriction on an agency would meet; see `credit.effects`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from bidding import links
from bidding.models import Award, AwardQuerySet, Contract, Tender
from credit.effects import Reached
from marketplace.models import ServiceClass

UNSIGNED = (Award.Status.PENDING, Award.Status.ACTIVE)
IN_SERVICE = (Contract.Status.ACTIVE, Contract.Status.DELIVERED)
REACHED = 20
"""How many pieces of business of each kind a page that asks lists."""


def reached(
    *, agencies: Collection[int], service_class: ServiceClass | None, at: datetime
) -> Iterator[Reached]:
    """
    Yield what a restriction on these agencies meets of what is public: awards, invitations, work.

    Of bids for orders that are not opened nothing is said, to officers neither.
    """
    of_class = Q() if service_class is None else Q(item__service_class=service_class)
    tenders = Tender.objects.public().filter(of_class)
    awards = Award.objects.filter(tender__in=tenders, bid__agency__in=agencies)
    for award in _newest(awards.filter(status__in=UNSIGNED)):
        label = _("%(state)s，尚未签约") % {"state": award.get_status_display()}
        yield Reached(label, award.tender.title, links.to_tender(award.tender), is_stopped=True)
    for tender in tenders.open_at(at).filter(named_agency__in=agencies).order_by("pk")[:REACHED]:
        label = _("直接选取，等待答复")
        yield Reached(label, tender.title, links.to_tender(tender), is_stopped=True)
    for award in _newest(awards.filter(contract__status__in=IN_SERVICE)):
        label = _("合同继续履行")
        yield Reached(label, award.tender.title, links.to_tender(award.tender), is_stopped=False)


def _newest(awards: AwardQuerySet) -> AwardQuerySet:
    return awards.select_related("tender").order_by("-published_at", "-pk")[:REACHED]
