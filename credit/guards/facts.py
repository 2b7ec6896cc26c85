"""May the reason of a reported fact be judged, may a finding be set aside."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from credit.guards.officers import officer_is_no_member_of_the_unit
from credit.models import Finding, ReportedFact
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import User


@guard(_("这件事已经认定：%(status)s"))
def fact_is_not_judged(fact: ReportedFact) -> bool | Because:
    return fact.status == ReportedFact.Status.REPORTED or Because(status=fact.outcome)


@guard(_("请写明情况"), source=FORM)
def explanation_is_given(explanation: str) -> bool:
    return bool(explanation.strip())


@guard(_("这条线索已经立案或者已经决定不予立案"))
def finding_is_open(finding: Finding) -> bool:
    return finding.is_open


def may_judge_fact(fact: ReportedFact, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may judge the reason of a fact, but for the reasons of the judgment."""
    return fact_is_not_judged(fact), officer_is_no_member_of_the_unit(fact, by)
