"""May work done elsewhere be declared, and may an officer say what became of it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from marketplace.guards.admissions import OPEN, officer_is_independent, reasons_are_given
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Agency, PastPerformance, User

Status = PastPerformance.Status


@guard(_("填写资料期间或者全省有效的机构可以申报业绩，现在是“%(status)s”"))
def agency_may_declare_work(agency: Agency) -> bool | Because:
    may = agency.status in OPEN | {Agency.Status.ACTIVE}
    return may or Because(status=agency.get_status_display())


@guard(_("只申报已经完成的项目，完成日期不能晚于今天"), source=FORM)
def work_is_done(completed_on: date, on: date) -> bool:
    return completed_on <= on


@guard(_("同一委托单位、同一完成日期的同名项目已经申报过"), source=FORM)
def work_is_new(agency: Agency, title: str, client: str, completed_on: date) -> bool:
    same = agency.performances.filter(title=title, client=client, completed_on=completed_on)
    return not same.exclude(status=Status.REFUSED).exists()


@guard(_("这项业绩不在待核验状态，现在是“%(status)s”"))
def performance_awaits_check(performance: PastPerformance) -> bool | Because:
    awaits = performance.status == Status.ENTERED
    return awaits or Because(status=performance.get_status_display())


def may_declare(  # the facts that are asked about
    agency: Agency, *, title: str, client: str, completed_on: date, on: date
) -> tuple[Verdict, ...]:
    """Ask whether the agency may declare a piece of work."""
    return (
        agency_may_declare_work(agency),
        work_is_done(completed_on, on),
        work_is_new(agency, title, client, completed_on),
    )


def may_check_performance(performance: PastPerformance, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold before an officer decides either way."""
    return performance_awaits_check(performance), officer_is_independent(performance.agency, by)


def may_refuse_performance(
    performance: PastPerformance, reasons: str, by: User
) -> tuple[Verdict, ...]:
    """Ask whether an officer may say that the paper does not show the work."""
    return *may_check_performance(performance, by), reasons_are_given(reasons)
