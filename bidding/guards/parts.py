"""May an order have another paper or avoid another agency, and may an avoided one bid."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.guards.lots import tender_is_no_lot, tender_is_of_the_first_round
from bidding.guards.tenders import tender_is_editable
from bidding.models import AvoidedAgency, Exemption, Tender, TenderPaper, Witness
from bidding.rules.orders import AVOIDED_MOST, PAPERS_MOST, WITNESSES_MOST
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Organization
from marketplace.names import name_key


@guard(_("每项采购最多附 %(most)s 份材料"), rule=PAPERS_MOST.key)
def papers_are_few(count: int, rules: Rules) -> bool | Because:
    return count <= rules[PAPERS_MOST] or Because(most=rules[PAPERS_MOST])


@guard(_("每项采购最多回避 %(most)s 家机构"), rule=AVOIDED_MOST.key)
def avoided_are_few(count: int, rules: Rules) -> bool | Because:
    return count <= rules[AVOIDED_MOST] or Because(most=rules[AVOIDED_MOST])


@guard(_("这家机构已经列为回避机构"))
def agency_is_not_avoided_yet(tender: Tender, agency: Organization) -> bool:
    return not AvoidedAgency.objects.filter(tender=tender, agency=agency).exists()


@guard(_("每项采购最多邀请 %(most)s 名见证人"), rule=WITNESSES_MOST.key)
def witnesses_are_few(count: int, rules: Rules) -> bool | Because:
    return count <= rules[WITNESSES_MOST] or Because(most=rules[WITNESSES_MOST])


@guard(_("见证人须来自项目业主以外的单位"))
def witness_is_of_another_unit(tender: Tender, unit: str) -> bool:
    return name_key(unit) != name_key(tender.buyer.name)


@guard(_("这名见证人已经列明"))
def witness_is_not_named_yet(tender: Tender, unit: str, name: str) -> bool:
    return not Witness.objects.filter(tender=tender, unit=unit, name=name).exists()


@guard(_("这项核对已经写明豁免理由；要换的，请先移除"))
def check_is_not_exempted_yet(tender: Tender, check: str) -> bool:
    return not Exemption.objects.filter(tender=tender, check_name=check).exists()


def may_divide(tender: Tender) -> tuple[Verdict, ...]:
    """Ask everything but the numbers that must hold before a draft is divided into lots."""
    return (
        tender_is_editable(tender),
        tender_is_no_lot(tender),
        tender_is_of_the_first_round(tender),
    )


def may_exempt(tender: Tender, check: str | None) -> tuple[Verdict, ...]:
    """Ask what must hold before an order is exempted from `check`; None asks it of any."""
    editable = tender_is_editable(tender)
    return (editable,) if check is None else (editable, check_is_not_exempted_yet(tender, check))


def may_invite(
    tender: Tender, witness: tuple[str, str] | None, rules: Rules
) -> tuple[Verdict, ...]:
    """Ask what must hold before a witness, by unit and name, is invited; None asks it of any."""
    count = Witness.objects.filter(tender=tender).count()
    few = tender_is_editable(tender), witnesses_are_few(count + 1, rules)
    if witness is None:
        return few
    return (
        *few,
        witness_is_of_another_unit(tender, witness[0]),
        witness_is_not_named_yet(tender, *witness),
    )


def may_add_papers(tender: Tender, more: int, rules: Rules) -> tuple[Verdict, ...]:
    """Ask what must hold before an order has `more` papers."""
    count = TenderPaper.objects.filter(tender=tender).count()
    return tender_is_editable(tender), papers_are_few(count + more, rules)


def may_avoid(tender: Tender, agency: Organization | None, rules: Rules) -> tuple[Verdict, ...]:
    """Ask what must hold before an order avoids `agency`; None asks it of any."""
    count = AvoidedAgency.objects.filter(tender=tender).count()
    few = tender_is_editable(tender), avoided_are_few(count + 1, rules)
    return few if agency is None else (*few, agency_is_not_avoided_yet(tender, agency))
