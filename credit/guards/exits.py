"""May an agency leave, may it come back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from credit.models import Case, Restriction
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Organization
from marketplace.web.moments import cn_deadline


@guard(_("还有 %(count)s 件失信案件没有办结"))
def organization_has_no_open_case(organization: Organization) -> bool | Because:
    count = Case.objects.open().filter(organization=organization).count()
    return count == 0 or Because(count=count)


def may_leave(*, organization: Organization, at: datetime) -> tuple[Verdict, ...]:  # noqa: ARG001 - the Protocol has it
    """Ask whether an agency that wants to leave has no case open."""
    return (organization_has_no_open_case(organization),)


@guard(_("单位处于信用限制期（%(decisions)s），期满后才能重新申请入驻"))
def organization_is_not_restricted(organization: Organization, at: datetime) -> bool | Because:
    running = Restriction.objects.filter(organization=organization).in_force(at).blocking()
    named = [
        gettext("%(number)s，至 %(until)s")
        % {"number": row.case.decision_number, "until": cn_deadline(row.effective_to)}
        for row in running.select_related("case")
    ]
    return not named or Because(decisions="；".join(named))


def may_come_back(*, organization: Organization, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether no restriction runs on an agency that wants to come back."""
    return (organization_is_not_restricted(organization, at),)
