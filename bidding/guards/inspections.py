"""May a plan of inspections be published, and a check be reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from bidding.models import Inspection, InspectionSeat
from marketplace.kernel.calendar import day_of
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Division, Membership, MembershipQuerySet, Organization, User


@guard(_("检查范围须在检查机关的辖区以内"))
def plan_is_for_the_own_area(authority: Organization, division: Division) -> bool:
    return division.code.startswith(authority.division.prefix)


@guard(_("检查须在抽取以后开始，最早 %(day)s"))
def checks_begin_after_the_draw(starts_on: date, draw_at: datetime) -> bool | Because:
    earliest = day_of(draw_at)
    return starts_on >= earliest or Because(day=earliest)


@guard(_("检查结束的日期不能早于开始的日期"), source=FORM)
def checks_end_after_their_beginning(starts_on: date, ends_on: date) -> bool:
    return ends_on >= starts_on


@guard(_("请写明检查内容，每行一项"), source=FORM)
def plan_says_what_is_checked(checklist: Sequence[str]) -> bool:
    return bool(checklist)


@guard(_("检查机关只有 %(count)s 名行业监管人员，每项检查需要 %(needed)s 名，不能随机选派"))
def authority_has_enough_inspectors(authority: Organization, needed: int) -> bool | Because:
    count = inspectors_of(authority).count()
    return count >= needed or Because(count=count, needed=needed)


def inspectors_of(authority: Organization) -> MembershipQuerySet:
    """Return the memberships of those who may be drawn for the checks of an authority."""
    members = Membership.objects.active().filter(role=Membership.Role.REGULATOR)
    return members.filter(organization=authority).order_by("pk")


@guard(_("这项检查已经公布结果"))
def check_is_open(check: Inspection) -> bool:
    return check.status == Inspection.Status.PLANNED


@guard(_("您没有被抽中参加这项检查"))
def inspector_is_called(check: Inspection, by: User) -> bool:
    return InspectionSeat.objects.filter(inspection=check, user=by, is_called=True).exists()


@guard(_("检查还没有开始，%(day)s起进行"))
def check_has_begun(check: Inspection, at: datetime) -> bool | Because:
    return day_of(at) >= check.plan.starts_on or Because(day=check.plan.starts_on)


@guard(_("检查日期须在计划的检查期间以内，并且不晚于今天"))
def day_is_in_the_period(check: Inspection, checked_on: date, at: datetime) -> bool:
    return check.plan.starts_on <= checked_on <= min(check.plan.ends_on, day_of(at))


@guard(_("检查内容须逐项填写"), source=FORM)
def every_line_is_answered(check: Inspection, answers: Sequence[bool]) -> bool:
    return len(answers) == len(check.plan.checklist)


@guard(
    _("逐项结果与检查结果不一致：有不符合的，不能填“未发现问题”；全部符合的，只能填“未发现问题”")
)
def outcome_follows_from_the_lines(answers: Sequence[bool], outcome: str) -> bool:
    return all(answers) == (outcome == Inspection.Outcome.CLEAR)


@guard(_("移送立案核查的，请选择涉嫌的失信行为；其他结果不选"), source=FORM)
def conduct_is_named_where_it_is_followed_up(outcome: str, kind: str) -> bool:
    return (outcome == Inspection.Outcome.FOUND) == bool(kind)


@guard(_("请写明检查情况"), source=FORM)
def check_is_described(text: str) -> bool:
    return bool(text.strip())


@guard(_("请写明不能参加的理由，会在检查页面公布"), source=FORM)
def reasons_for_stepping_aside_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("签序中没有可以递补的检查人员"))
def somebody_is_next_in_line(check: Inspection) -> bool:
    return next_in_line(check) is not None


def next_in_line(check: Inspection) -> InspectionSeat | None:
    """Return the first in the order of the lots who is not called and has not stepped aside."""
    waiting = InspectionSeat.objects.filter(inspection=check, is_called=False)
    return waiting.filter(stepped_aside_at__isnull=True).order_by("place").first()


def may_report(check: Inspection, by: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask all but what is found before a check is reported."""
    return check_is_open(check), inspector_is_called(check, by), check_has_begun(check, at)


def may_step_aside(check: Inspection, by: User) -> tuple[Verdict, ...]:
    """Ask all but the reasons before an inspector hands a check to the next in line."""
    return check_is_open(check), inspector_is_called(check, by), somebody_is_next_in_line(check)
