"""May an order have another paper or avoid another agency, and may an avoided one bid."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.guards.tenders import tender_is_editable
from bidding.models import AvoidedAgency, Tender, TenderPaper
from bidding.rules import AVOIDED_MOST, PAPERS_MOST
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Organization


@guard(_("每项采购最多附 %(most)s 份材料"), rule=PAPERS_MOST.key)
def papers_are_few(count: int, rules: Rules) -> bool | Because:
    return count <= rules[PAPERS_MOST] or Because(most=rules[PAPERS_MOST])


@guard(_("每项采购最多回避 %(most)s 家机构"), rule=AVOIDED_MOST.key)
def avoided_are_few(count: int, rules: Rules) -> bool | Because:
    return count <= rules[AVOIDED_MOST] or Because(most=rules[AVOIDED_MOST])


@guard(_("这家机构已经列为回避机构"))
def agency_is_not_avoided_yet(tender: Tender, agency: Organization) -> bool:
    return not AvoidedAgency.objects.filter(tender=tender, agency=agency).exists()


def may_add_papers(tender: Tender, more: int, rules: Rules) -> tuple[Verdict, ...]:
    """Ask what must hold before an order has `more` papers."""
    count = TenderPaper.objects.filter(tender=tender).count()
    return tender_is_editable(tender), papers_are_few(count + more, rules)


def may_avoid(tender: Tender, agency: Organization | None, rules: Rules) -> tuple[Verdict, ...]:
    """Ask what must hold before an order avoids `agency`; None asks it of any."""
    count = AvoidedAgency.objects.filter(tender=tender).count()
    few = tender_is_editable(tender), avoided_are_few(count + 1, rules)
    return few if agency is None else (*few, agency_is_not_avoided_yet(tender, agency))
