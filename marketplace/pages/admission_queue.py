"""What an officer sees of applications: the queues, and what the platform has looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.exchange import MONTHS, insured_months
from marketplace.filed import professionals_of
from marketplace.kernel.calendar import WorkCalendar, day_of, working_days_between
from marketplace.kernel.durations import Duration
from marketplace.kernel.laws import PLATFORM_DEFAULT
from marketplace.kernel.models import AuditEntry
from marketplace.models import Agency, AgencyQuerySet
from marketplace.pages.applications import Application
from marketplace.pages.certificates import CertificateRow
from marketplace.questions import Sanction
from marketplace.templatetags.ui import cn_date
from marketplace.web.components import Order, Tab, Text
from marketplace.web.moments import cn_deadline

Status = Agency.Status


@dataclass(frozen=True)
class QueueWords:
    """What a queue says: over its dates, on its buttons, and when it is empty."""

    date: Text
    act: Text
    empty: Text
    empty_text: Text


QUEUE_WORDS = {
    Status.SUBMITTED: QueueWords(
        date=gettext_lazy("审核期限"),
        act=gettext_lazy("审核"),
        empty=gettext_lazy("没有等待审核的申请"),
        empty_text=gettext_lazy("新的申请提交后会出现在这里和待办里。"),
    ),
    Status.PUBLICITY: QueueWords(
        date=gettext_lazy("公示期满"),
        act=gettext_lazy("查看"),
        empty=gettext_lazy("没有公示中的机构"),
        empty_text=gettext_lazy("形式审核通过后，机构在这里公示。"),
    ),
    Status.RETURNED: QueueWords(
        date=gettext_lazy("退回"),
        act=gettext_lazy("查看"),
        empty=gettext_lazy("没有退回修改的申请"),
        empty_text=gettext_lazy("退回的申请由机构更正后重新提交。"),
    ),
}


FIRST = {
    Status.SUBMITTED: Order("due", gettext_lazy("先到期的在前"), ()),
    Status.PUBLICITY: Order("due", gettext_lazy("先期满的在前"), ()),
    Status.RETURNED: Order("returned", gettext_lazy("最近退回的在前"), ()),
}


def queue_orders(status: str) -> list[Order]:
    """Return how a queue can be sorted; the first order, which names nothing, is its own."""
    return [
        FIRST[Status(status)],
        Order("newest", gettext_lazy("最近提交的在前"), ("-submitted_at", "-pk")),
        Order("oldest", gettext_lazy("最早提交的在前"), ("submitted_at", "pk")),
    ]


def sorted_queue(queue: AgencyQuerySet, order: Order) -> AgencyQuerySet:
    """Return a queue of applications in this order."""
    return queue.order_by(*order.by) if order.by else queue


@dataclass(frozen=True)
class QueueRow:
    """
    An application in its queue: on which working day of how many it stands.

    It awaits its check, or is in publicity, or neither.
    """

    application: Application
    age: int
    limit: int
    awaits_check: bool
    is_in_publicity: bool
    is_late: bool


def awaits_check_too_long(application: Application, at: datetime) -> bool:
    """Tell whether the check of a submitted application is overdue."""
    return application.check_due_at is not None and application.check_due_at <= at


def queue_rows(
    applications: Sequence[Application], at: datetime, calendar: WorkCalendar, limit: Duration
) -> list[QueueRow]:
    """Return how long each submitted application has waited, in working days after its day."""
    return [_queue_row(one, at, calendar, limit) for one in applications]


def _queue_row(
    application: Application, at: datetime, calendar: WorkCalendar, limit: Duration
) -> QueueRow:
    since = application.submitted_at or at
    due = limit.after(since, calendar).day
    return QueueRow(
        application,
        working_days_between(day_of(since), day_of(at), calendar),
        working_days_between(day_of(since), due, calendar),
        awaits_check=application.status == Status.SUBMITTED,
        is_in_publicity=application.status == Status.PUBLICITY,
        is_late=awaits_check_too_long(application, at),
    )


@dataclass(frozen=True)
class BesideRow:
    """An application in the list beside one that is being checked."""

    application: Application
    is_here: bool
    is_late: bool


def beside(queue: Iterable[Application], here: Agency, at: datetime) -> list[BesideRow]:
    """Return the applications beside the one that is `here`."""
    return [BesideRow(row, row.key == here.pk, awaits_check_too_long(row, at)) for row in queue]


def queue_tabs(counts: Mapping[str, int], current: str) -> list[Tab]:
    """Return the queues as tabs with how many applications are in each."""
    url = reverse("marketplace:admission_queue")
    return [
        Tab(Status(status).label, f"{url}?status={status}", status == current, count)
        for status, count in counts.items()
    ]


@dataclass(frozen=True)
class Check:
    """One thing the platform has looked at for the officer; `tone` is ok, warn or stop."""

    text: Text
    note: Text
    tone: str = "ok"
    url: str = ""

    @property
    def is_fine(self) -> bool:
        return self.tone == "ok"


def officer_checks(
    agency: Agency, rows: Sequence[CertificateRow], sanctions: Sequence[Sanction]
) -> list[Check]:
    """
    Return what the formal check rests on, as far as the platform can tell by itself.

    `sanctions` are those on agencies whose legal representative has the same name.
    """
    return [
        _uscc_check(agency),
        _certificates_check(rows),
        _term_check(agency),
        *_representative_checks(sanctions),
    ]


def _representative_checks(sanctions: Sequence[Sanction]) -> list[Check]:
    source = _("依据：%(source)s") % {"source": PLATFORM_DEFAULT}
    if not sanctions:
        return [Check(_("没有同名法定代表人的机构处于信用限制期"), source)]
    return [Check(_namesake(one), source, "stop", one.url) for one in sanctions]


def _namesake(sanction: Sanction) -> str:
    return _("法定代表人与被限制的机构同名：%(name)s（%(reference)s，至 %(until)s）") % {
        "name": sanction.organization.name,
        "reference": sanction.reference,
        "until": cn_deadline(sanction.until),
    }


def _uscc_check(agency: Agency) -> Check:
    source = _("依据：GB 32100")
    if agency.organization.has_valid_check_digit:
        return Check(_("信用代码长度、字符和校验码都符合标准"), source)
    return Check(_("信用代码的校验码与按标准算出的不符，须对照证照核实"), source, "warn")


def _certificates_check(rows: Sequence[CertificateRow]) -> Check:
    expired = sum(row.word == _("已过期") for row in rows)
    counted = {"total": len(rows), "expired": expired}
    if expired:
        return Check(_("资质 %(total)s 项，其中 %(expired)s 项已过期") % counted, "", "warn")
    return Check(_("资质 %(total)s 项，都没有过期") % counted, "")


def insurance_checks(agency: Agency) -> Iterator[Check]:
    """Yield whether the professionals are insured at the agency, as far as somebody can say."""
    numbers = [one.certificate_number for one in professionals_of(agency)]
    if not numbers:
        return
    months = insured_months(agency.organization.uscc or "", numbers)
    if months is None:
        yield Check(_("社会保险信息暂时查不到，请对照社保证明"), "", "warn")
        return
    full = sum(count >= MONTHS for count in months.values())
    counted = {"total": len(numbers), "full": full}
    text = _("执业人员 %(total)s 人，近三个月都在本机构参保的 %(full)s 人") % counted
    note = "" if months else _("共享数据里没有，请对照社保证明")
    yield Check(text, note, "ok" if full == len(numbers) else "warn")


def _term_check(agency: Agency) -> Check:
    until, submitted = agency.business_until, agency.submitted_at
    if until is not None and submitted is not None and until < day_of(submitted):
        return Check(_("营业期限在提交时已经届满"), cn_date(until), "stop")
    return Check(_("营业期限没有届满"), cn_date(until) if until else _("长期"))


def facts_changed_since(agency: Agency, at: datetime | None) -> set[str]:
    """Return the names of the facts that were changed after `at`, by the trail."""
    if at is None:
        return set()
    entries = AuditEntry.objects.filter(
        target_type="marketplace.agency",
        target_id=str(agency.pk),
        verb="agency.changed",
        at__gt=at,
    )
    return {name for entry in entries for name in entry.data["fields"]}
