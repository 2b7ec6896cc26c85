"""May a version of the scheme be put up, and be confirmed."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from credit.models import SchemeProposal
from marketplace.kernel.calendar import day_of
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import User
from marketplace.web.moments import cn_date


@guard(_("已有一个方案等待复核，先办结再提出"))
def no_version_awaits_a_look() -> bool:
    return not SchemeProposal.objects.open().exists()


@guard(_("这个方案已经办结：%(outcome)s"))
def proposal_is_open(proposal: SchemeProposal) -> bool | Because:
    return proposal.settled_at is None or Because(outcome=proposal.outcome)


@guard(_("方案须由提出人以外的管理人员复核"))
def second_manager_looks(proposal: SchemeProposal, by: User) -> bool:
    return by.pk != proposal.proposed_by_id


@guard(_("方案原定 %(day)s 施行，现在已经过了，不能采用；请改期后重新提出"))
def version_begins_later(valid_from: date, at: datetime) -> bool | Because:
    return day_of(at) < valid_from or Because(day=cn_date(valid_from))


def may_propose_scheme() -> tuple[Verdict, ...]:
    """Ask whether a version may be put up; what it must say is asked of its text."""
    return (no_version_awaits_a_look(),)


def may_settle_scheme(proposal: SchemeProposal, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may look at a proposed version."""
    return proposal_is_open(proposal), second_manager_looks(proposal, by)
