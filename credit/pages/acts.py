"""What can be done on a case, each with a page that asks; with the reason where it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from credit import permissions
from credit.effects import find_matter
from credit.guards.decisions import STANDING, may_decide_case, may_revoke_case
from credit.guards.hearings import may_announce_hearing, may_hold_hearing
from credit.guards.notices import may_give_notice
from credit.guards.officers import case_is_not_over, officer_is_not_recused, officer_verdicts
from credit.guards.repairs import may_decide_repair, may_file_repair
from credit.guards.reviews import may_decide_review, may_file_review, may_suspend_effect
from credit.models import Case, Hearing, Repair, Review
from credit.pages.reach import Reach
from credit.versions import review_of
from marketplace.kernel.verdicts import Verdict
from marketplace.models import User
from marketplace.parties import Party
from marketplace.web import asking
from marketplace.web.acts import Act, Acts

Status = Case.Status
MAIN, ASIDE = "primary", "secondary"
"""The looks of the button that a case waits for, and of what else may be done."""


@dataclass(frozen=True)
class Asked(asking.Asked):
    """A page that asks before an act on a case; `reach` is whom a decision would touch now."""

    reach: Reach | None = None


def pending_review(case: Case) -> Review | None:
    """Return the review of a case that has still to be decided."""
    review = review_of(case)
    return review if review is not None and review.is_pending else None


def pending_repair(case: Case) -> Repair | None:
    """Return the application for repair that has still to be decided."""
    found = Repair.objects.filter(case=case, status=Repair.Status.FILED)
    return found.select_related("case").first()


def officer_acts(case: Case, party: Party, at: datetime) -> Acts | None:
    """Return what the officer of `party` may do on a case; None who only reads."""
    acts = list(_officer_acts(case, party, at))
    return Acts(acts) if acts else None


def _officer_acts(case: Case, party: Party, at: datetime) -> Iterator[Act]:
    by = party.user
    if permissions.can_decide_case(party, case):
        yield from _path(case, by, at)
        yield from _remedies(case, by, at)
        if case.is_open or case.status == Status.FOUND:
            goes_on = (case_is_not_over(case),)
            yield _act("case_hand_over", _("交给同事办理"), case, goes_on, kind=ASIDE)
            stands = (officer_is_not_recused(case, by),)
            yield _act("case_recuse", _("申请回避"), case, stands, kind=ASIDE)
    if permissions.can_revoke_case(party, case) and case.status in STANDING:
        found = may_revoke_case(case, by, at)
        yield _act("case_revoke", _("撤销决定"), case, found, kind=ASIDE)


def _path(case: Case, by: User, at: datetime) -> Iterator[Act]:
    if case.status == Status.FOUND:
        matter = find_matter(case.reference, case.organization)
        url = f"{reverse('credit:case_new')}?agency={case.organization.slug}&case={case.slug}"
        asked = may_give_notice(case, matter, by, at)
        kind = ASIDE if all(verdict.holds for verdict in asked) else MAIN
        officer = officer_verdicts(case, by)
        yield Act("case_new", _("填写告知内容"), url, officer, kind=kind)
        yield _act("case_notify", _("送达告知书"), case, asked)
        yield _act("case_aside", _("不予立案"), case, officer, kind=ASIDE)
    elif case.status == Status.HEARING:
        hearing = Hearing.objects.get(case=case)
        announced = may_announce_hearing(case, by)
        yield _act("case_hearing", _("通知听证时间地点"), case, announced)
        held = may_hold_hearing(case, hearing, by, at)
        yield _act("case_hearing_held", _("结束听证"), case, held)
    elif case.is_open:
        asked = may_decide_case(case, by, at)
        yield _act("case_decide", _("签署决定"), case, asked)
        yield _act("case_dismiss", _("不予处理"), case, asked, kind=ASIDE)


def _remedies(case: Case, by: User, at: datetime) -> Iterator[Act]:
    review = pending_review(case)
    if review is not None:
        yield _act("case_review", _("作出复核决定"), case, may_decide_review(review, by))
        asked = may_suspend_effect(review, case.restriction, by, at)
        yield _act("case_suspend", _("停止执行"), case, asked, kind=ASIDE)
    repair = pending_repair(case)
    if repair is not None:
        yield _act("case_repair", _("审核信用修复"), case, may_decide_repair(repair, by))


def own_acts(case: Case, party: Party, at: datetime) -> Acts | None:
    """Return what the party may still ask for after a decision; None where nothing is left."""
    if case.status != Status.DECIDED or not permissions.can_state_case(party, case):
        return None
    acts = [
        _act("own_review", _("申请复核"), case, may_file_review(case, at)),
        _act("own_repair", _("申请信用修复"), case, may_file_repair(case, at)),
    ]
    return Acts(acts)


def _act(name: str, label: str, case: Case, verdicts: tuple[Verdict, ...], kind: str = MAIN) -> Act:
    return Act(name, label, reverse(f"credit:{name}", args=[case.slug]), verdicts, kind=kind)
