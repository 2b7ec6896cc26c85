"""May the party be told what is meant to be done."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from credit.effects import Matter
from credit.guards.bases import GROUNDS
from credit.guards.cases import may_open_case, proposal_of
from credit.guards.officers import officer_verdicts
from credit.in_force import credit_rules
from credit.models import Case, Finding
from credit.rules import MONTHS
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import User


@guard(_("线索已经核查，案件现在是“%(status)s”"))
def case_is_found(case: Case) -> bool | Because:
    return case.status == Case.Status.FOUND or Because(status=case.get_status_display())


@guard(_("还没有写明拟作的处理和依据，请先填写告知的内容"), source=FORM)
def proposal_is_complete(case: Case) -> bool:
    return bool(case.severity and case.restriction_kind and case.legal_basis)


@guard(_("没有证据不能告知，请先上传证据材料"), source=GROUNDS["notice"])
def evidence_is_given(case: Case) -> bool:
    """What the arithmetic of the record found is its own evidence; it is kept with the case."""
    return case.evidence.exists() or Finding.objects.filter(case=case).exists()


def may_give_notice(
    case: Case, matter: Matter | None, by: User, at: datetime
) -> tuple[Verdict, ...]:
    """Ask everything that must hold before the party is told."""
    if case.status != Case.Status.FOUND:
        return (case_is_found(case),)
    is_complete = proposal_is_complete(case)
    if not is_complete.holds:
        return (is_complete,)
    rule = credit_rules(at)[MONTHS.cell(case.severity).key]
    return (
        *may_open_case(proposal_of(case), rule, matter, at),
        evidence_is_given(case),
        *officer_verdicts(case, by),
    )
