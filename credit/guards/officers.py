"""Who may take part in a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from credit.models import Case, Recusal, ReportedFact
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Membership, User


@guard(_("您已在这个案件中回避"))
def officer_is_not_recused(case: Case, by: User) -> bool:
    return not Recusal.objects.filter(case=case, user=by).exists()


@guard(_("您是当事单位的人员，应当回避"))
def officer_is_no_member_of_the_party(case: Case, by: User) -> bool:
    return not Membership.objects.filter(user=by, organization=case.organization_id).exists()


def officer_verdicts(case: Case, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may take part in the case at all."""
    return officer_is_not_recused(case, by), officer_is_no_member_of_the_party(case, by)


@guard(_("立案和决定须由两名工作人员分别办理，您是这个案件的承办人"))
def decider_is_a_second_officer(case: Case, by: User) -> bool:
    return by.pk != case.opened_by_id


@guard(_("撤销、复核须由没有参加立案和决定的工作人员办理"))
def reviewer_is_a_third_officer(case: Case, by: User) -> bool:
    return by.pk not in {case.opened_by_id, case.decided_by_id}


@guard(_("案件已经办结，不需要办理"))
def case_is_not_over(case: Case) -> bool:
    return case.status in {Case.Status.FOUND, Case.Status.DECIDED} or case.is_open


@guard(_("%(name)s 不是办理机关的行业监管人员"))
def colleague_is_a_regulator(case: Case, colleague: User) -> bool | Because:
    members = Membership.objects.active().filter(
        user=colleague, organization=case.authority_id, role=Membership.Role.REGULATOR
    )
    return members.exists() or Because(name=str(colleague))


@guard(_("您是当事单位的人员，应当回避"))
def officer_is_no_member_of_the_unit(fact: ReportedFact, by: User) -> bool:
    return not Membership.objects.filter(user=by, organization=fact.organization_id).exists()
