"""May a hearing be announced and held."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from credit.guards.officers import officer_verdicts
from credit.models import Case, Hearing
from marketplace.kernel.laws import FORM, cite
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import User
from marketplace.web.moments import cn_deadline

HEARING_NOTICE_DAYS = 7


@guard(_("没有等待举行的听证，案件现在是“%(status)s”"))
def case_awaits_a_hearing(case: Case) -> bool | Because:
    return case.status == Case.Status.HEARING or Because(status=case.get_status_display())


@guard(
    _("听证的时间、地点应当在举行的七日以前通知，最早为 %(first)s"),
    source=cite("行政处罚法", "第六十四条第（二）项"),
)
def hearing_is_announced_in_time(takes_place_at: datetime, at: datetime) -> bool | Because:
    first = at + timedelta(days=HEARING_NOTICE_DAYS)
    return takes_place_at >= first or Because(first=cn_deadline(first))


@guard(_("听证的时间、地点还没有通知机构"))
def hearing_is_announced(hearing: Hearing) -> bool:
    return hearing.announced_at is not None


@guard(_("通知的听证时间 %(at)s 还没有到"))
def hearing_has_begun(hearing: Hearing, at: datetime) -> bool | Because:
    begins = hearing.takes_place_at
    return (begins is not None and begins <= at) or Because(
        at=cn_deadline(begins) if begins else ""
    )


@guard(
    _("听证由非本案调查人员主持，您是这个案件的承办人"),
    source=cite("行政处罚法", "第六十四条第（四）项"),
)
def leader_did_not_investigate(case: Case, by: User) -> bool:
    return by.pk != case.opened_by_id


@guard(_("请写明听证笔录"), source=FORM)
def minutes_are_given(minutes: str) -> bool:
    return bool(minutes.strip())


def may_announce_hearing(case: Case, by: User) -> tuple[Verdict, ...]:
    """Ask whether time and place of a hearing can be announced, but for the time itself."""
    return case_awaits_a_hearing(case), *officer_verdicts(case, by)


def may_hold_hearing(case: Case, hearing: Hearing, by: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether a hearing can be closed by `by`, but for its minutes."""
    if case.status != Case.Status.HEARING:
        return (case_awaits_a_hearing(case),)
    is_announced = hearing_is_announced(hearing)
    if not is_announced.holds:
        return (is_announced,)
    return (
        hearing_has_begun(hearing, at),
        leader_did_not_investigate(case, by),
        *officer_verdicts(case, by),
    )
