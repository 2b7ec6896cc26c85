"""May a professional who is registered with one agency move to another; who releases them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from marketplace.guards.admissions import (
    OPEN,
    officer_is_independent,
    practitioner_may_practise,
    reasons_are_given,
)
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Agency, Practitioner, PractitionerMove, User
from marketplace.rules import RELEASE

Status = PractitionerMove.Status


@guard(_("填写资料期间或者全省有效的机构可以申请转入，现在是“%(status)s”"))
def agency_takes_people_in(agency: Agency) -> bool | Because:
    takes = agency.status in OPEN | {Agency.Status.ACTIVE}
    return takes or Because(status=agency.get_status_display())


@guard(
    _("登记中没有这个姓名和证书编号的执业人员，请对照证书核对；没有登记过的，直接新增"), source=FORM
)
def practitioner_is_registered(practitioner: Practitioner | None) -> bool:
    return practitioner is not None


@guard(_("这名执业人员已经登记在贵单位，不需要转入"), source=FORM)
def practitioner_is_with_another(practitioner: Practitioner | None, agency: Agency) -> bool:
    return practitioner is None or practitioner.agency_id != agency.pk


@guard(_("这名执业人员已有一项转入在办理，办结或者撤回以后才能再提"))
def no_move_of_them_is_open(practitioner: Practitioner | None) -> bool:
    return practitioner is None or not practitioner.moves.open().exists()


@guard(_("原机构已经答复，或者转入已经办结，现在是“%(status)s”"))
def move_awaits_release(move: PractitionerMove) -> bool | Because:
    return move.status == Status.REQUESTED or Because(status=move.get_status_display())


@guard(_("这项转入已经办结，现在是“%(status)s”"))
def move_is_open(move: PractitionerMove) -> bool | Because:
    is_open = move.status in {Status.REQUESTED, Status.CONTESTED}
    return is_open or Because(status=move.get_status_display())


@guard(
    _("原机构还在答复期限内。期满没有答复，或者原机构不同意的，由运营机构办理"), rule=RELEASE.key
)
def move_waits_for_an_officer(move: PractitionerMove, at: datetime) -> bool:
    if move.status == Status.CONTESTED:
        return True
    return move.release_due_at is not None and move.release_due_at <= at


@guard(_("申请转入的机构已经退出，不能转入"))
def taker_has_not_left(move: PractitionerMove) -> bool:
    return move.to_agency.status != Agency.Status.WITHDRAWN


def may_request_move(
    agency: Agency, practitioner: Practitioner | None, at: datetime
) -> tuple[Verdict, ...]:
    """Ask whether `agency` may ask for somebody who is registered with another one."""
    barred = practitioner and practitioner_may_practise(practitioner.certificate_number, at)
    return (
        agency_takes_people_in(agency),
        practitioner_is_registered(practitioner),
        practitioner_is_with_another(practitioner, agency),
        no_move_of_them_is_open(practitioner),
        *((barred,) if barred else ()),
    )


def may_release(move: PractitionerMove, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the old agency may still let go; also after it had objected."""
    return move_is_open(move), *_may_arrive(move, at)


def _may_arrive(move: PractitionerMove, at: datetime) -> tuple[Verdict, ...]:
    number = move.practitioner.certificate_number
    return taker_has_not_left(move), practitioner_may_practise(number, at)


def may_contest(move: PractitionerMove, reasons: str) -> tuple[Verdict, ...]:
    """Ask whether the old agency may say why it does not let go."""
    return move_awaits_release(move), reasons_are_given(reasons)


def may_decide_move(move: PractitionerMove, by: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before an officer decides either way."""
    return (
        move_is_open(move),
        move_waits_for_an_officer(move, at),
        officer_is_independent(move.from_agency, by),
        officer_is_independent(move.to_agency, by),
    )


def may_allow_move(
    move: PractitionerMove, reasons: str, by: User, at: datetime
) -> tuple[Verdict, ...]:
    """Ask whether an officer may let somebody move without the old agency."""
    return *may_decide_move(move, by, at), *_may_arrive(move, at), reasons_are_given(reasons)


def may_refuse_move(
    move: PractitionerMove, reasons: str, by: User, at: datetime
) -> tuple[Verdict, ...]:
    """Ask whether an officer may leave somebody where they are registered."""
    return *may_decide_move(move, by, at), reasons_are_given(reasons)
