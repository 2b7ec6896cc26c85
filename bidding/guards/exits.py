"""May an agency leave the platform."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Bid, Contract, Dispute
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Organization

AWARD_RUNS = (Award.Status.PENDING, Award.Status.ACTIVE)
CONTRACT_IS_OVER = (Contract.Status.RATED, Contract.Status.ARCHIVED, Contract.Status.TERMINATED)


@guard(_("还有 %(count)s 份报价没有结果，请先撤回，或者等到结果登记以后"))
def agency_has_no_standing_bid(agency: Organization) -> bool | Because:
    count = Bid.objects.waiting().filter(agency=agency).count()
    return count == 0 or Because(count=count)


@guard(_("还有 %(count)s 个中选结果没有签约"))
def agency_has_no_open_award(agency: Organization) -> bool | Because:
    count = Award.objects.filter(bid__agency=agency, status__in=AWARD_RUNS).count()
    return count == 0 or Because(count=count)


@guard(_("还有 %(count)s 份合同没有办结"))
def agency_has_no_open_contract(agency: Organization) -> bool | Because:
    contracts = Contract.objects.filter(award__bid__agency=agency)
    count = contracts.exclude(status__in=CONTRACT_IS_OVER).count()
    return count == 0 or Because(count=count)


@guard(_("还有 %(count)s 件异议或者投诉没有办结"))
def agency_has_no_open_dispute(agency: Organization) -> bool | Because:
    count = Dispute.objects.pending().of(agency).count()
    return count == 0 or Because(count=count)


def may_leave(*, organization: Organization, at: datetime) -> tuple[Verdict, ...]:  # noqa: ARG001 - the Protocol has it
    """Ask whether an agency has nothing open in any order."""
    return (
        agency_has_no_standing_bid(organization),
        agency_has_no_open_award(organization),
        agency_has_no_open_contract(organization),
        agency_has_no_open_dispute(organization),
    )
