"""An agency's application in words: its steps, its facts, what an officer looks at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.calendar import WorkCalendar, day_of, working_days_between
from marketplace.kernel.durations import Duration
from marketplace.kernel.laws import PLATFORM_DEFAULT
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.rules import rules_in_force, typed
from marketplace.models import Agency, AgencyQuerySet, Qualification
from marketplace.questions import Sanction
from marketplace.rules import NEAR_EXPIRY
from marketplace.templatetags.ui import cn_date
from marketplace.templatetags.ui_moments import cn_deadline
from marketplace.web.components import FUTURE, NOW, PAST, Fact, Order, Step, Tab, Text

Status = Agency.Status


@dataclass(frozen=True)
class AdmissionState:
    """What the pages of an application show in its state; one of them at most holds."""

    is_returned: bool
    is_being_checked: bool
    is_in_publicity: bool
    is_active: bool


def admission_state(agency: Agency) -> AdmissionState:
    """Return where the application of `agency` stands."""
    return AdmissionState(
        is_returned=agency.status == Status.RETURNED,
        is_being_checked=agency.status == Status.SUBMITTED,
        is_in_publicity=agency.status == Status.PUBLICITY,
        is_active=agency.status == Status.ACTIVE,
    )


def admission_steps(agency: Agency) -> list[Step]:
    """Return the way into the register: what is done, what runs, what is to come."""
    status = agency.status
    is_open = status in {Status.DRAFT, Status.RETURNED}
    steps = [
        Step(_("登记"), PAST, agency.organization.registered_at),
        Step(
            _("填写资料"),
            NOW if is_open else PAST,
            note=_("退回修改") if agency.return_reasons else "",
        ),
        _check_step(agency),
        _publicity_step(agency),
        Step(_("全省有效"), PAST if status == Status.ACTIVE else FUTURE, agency.activated_at),
    ]
    if status == Status.WITHDRAWN:
        return [*steps[:2], Step(_("已退出"), NOW, agency.withdrawn_at)]
    return steps


def _check_step(agency: Agency) -> Step:
    if agency.status == Status.SUBMITTED:
        note = _("暂定") if agency.is_due_provisional else ""
        return Step(_("形式审核"), NOW, agency.check_due_at, _("至"), note)
    if agency.status in {Status.PUBLICITY, Status.ACTIVE}:
        return Step(_("形式审核"), PAST, agency.checked_at)
    return Step(_("形式审核"), FUTURE, note=_("提交后开始计时"))


def _publicity_step(agency: Agency) -> Step:
    if agency.status == Status.PUBLICITY:
        note = _("暂定") if agency.is_due_provisional else ""
        return Step(_("入驻公示"), NOW, agency.publicity_ends_at, _("至"), note)
    if agency.status == Status.ACTIVE:
        return Step(_("入驻公示"), PAST, agency.publicity_ends_at, _("至"))
    return Step(_("入驻公示"), FUTURE, note=_("审核通过后开始"))


FORM_STEPS = (
    ("admission_facts", gettext_lazy("基本情况")),
    ("admission_qualifications", gettext_lazy("资质")),
    ("admission_practitioners", gettext_lazy("执业人员")),
    ("admission_commitment", gettext_lazy("承诺并提交")),
)


def form_steps(current: str) -> list[Step]:
    """Return the pages of the application with where the reader is."""
    names = [name for name, _label in FORM_STEPS]
    here = names.index(current)
    return [
        Step(
            label,
            PAST if place < here else NOW if place == here else FUTURE,
            url=reverse(f"marketplace:{name}"),
        )
        for place, (name, label) in enumerate(FORM_STEPS)
    ]


def next_form_step(current: str) -> str:
    """Return the name of the page after `current`."""
    names = [name for name, _label in FORM_STEPS]
    return names[min(names.index(current) + 1, len(names) - 1)]


def agency_facts(agency: Agency, changed: Collection[str] = ()) -> list[Fact]:
    """Return what the application says; `changed` names facts to set off (is_strong)."""
    return [
        replace(fact, is_strong=True) if name in changed and fact.value else fact
        for name, fact in _agency_facts(agency).items()
    ]


def changed_labels(agency: Agency, changed: Collection[str]) -> list[Text]:
    """Return the labels of the facts named in `changed`."""
    return [fact.label for name, fact in _agency_facts(agency).items() if name in changed]


def _agency_facts(agency: Agency) -> dict[str, Fact]:
    organization = agency.organization
    return {
        "name": Fact(_("机构名称"), organization.name, is_wide=True),
        "uscc": Fact(_("统一社会信用代码"), organization.uscc),
        "nature": Fact(_("单位性质"), agency.get_nature_display()),
        "division": Fact(_("登记地"), organization.division.full_name),
        "legal_representative": Fact(_("法定代表人"), organization.legal_representative),
        "founded_on": Fact(_("成立日期"), cn_date(agency.founded_on)),
        "registered_capital": Fact(_("注册资本"), _capital(agency)),
        "business_until": Fact(_("营业期限至"), cn_date(agency.business_until) or _("长期")),
        "address": Fact(_("登记地址"), organization.address, is_wide=True),
        "office_address": Fact(_("办公地址"), agency.office_address, is_wide=True),
        "contact_name": Fact(_("联系人"), organization.contact_name),
        "contact_phone": Fact(_("联系电话"), organization.contact_phone),
        "contact_email": Fact(_("联系邮箱"), organization.contact_email),
        "business_scope": Fact(_("经营范围"), agency.business_scope, is_wide=True),
        "introduction": Fact(_("机构简介"), agency.introduction, is_wide=True),
    }


def _capital(agency: Agency) -> str:
    if agency.registered_capital is None:
        return ""
    return _("%(amount)s 万元") % {"amount": f"{agency.registered_capital:,.2f}"}


@dataclass(frozen=True)
class CertificateRow:
    """A certificate with the word for its validity on one day, and how much of it is left."""

    certificate: Qualification
    word: str
    on: date
    near: int

    @property
    def days(self) -> int:
        """For how many days it is valid in all; 0 for one without an end."""
        row = self.certificate
        return (row.valid_until - row.valid_from).days + 1 if row.valid_until else 0

    @property
    def days_left(self) -> int:
        """How many days of its validity are left, the day itself included."""
        row = self.certificate
        if row.valid_until is None:
            return 0
        return max((row.valid_until - max(self.on, row.valid_from)).days + 1, 0)

    @property
    def is_near(self) -> bool:
        return self.days > 0 and 0 < self.days_left <= self.near + 1

    @property
    def tone(self) -> str:
        return "warn" if self.is_near else "ok"


def certificate_rows(agency: Agency, on: date) -> list[CertificateRow]:
    """Return the agency's certificates and whether each is valid on `on`."""
    rows = agency.qualifications.select_related("service_class")
    rules = typed(rules_in_force(agency.organization.division, on).values())
    near = rules[NEAR_EXPIRY].count
    return [CertificateRow(row, _validity(row, on, near), on, near) for row in rows]


def _validity(row: Qualification, on: date, near: int) -> str:
    if row.valid_from > on:
        return _("尚未生效")
    if row.valid_until is None:
        return _("有效")
    if row.valid_until < on:
        return _("已过期")
    return _("临近到期") if (row.valid_until - on).days <= near else _("有效")


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

    agency: Agency
    age: int
    limit: int
    awaits_check: bool
    is_in_publicity: bool
    is_late: bool


def awaits_check_too_long(agency: Agency, at: datetime) -> bool:
    """Tell whether the check of a submitted application is overdue."""
    return agency.check_due_at is not None and agency.check_due_at <= at


def queue_rows(
    agencies: list[Agency], at: datetime, calendar: WorkCalendar, limit: Duration
) -> list[QueueRow]:
    """Return how long each submitted application has waited, in working days after its day."""
    return [_queue_row(agency, at, calendar, limit) for agency in agencies]


def _queue_row(agency: Agency, at: datetime, calendar: WorkCalendar, limit: Duration) -> QueueRow:
    since = agency.submitted_at or at
    due = limit.after(since, calendar).day
    return QueueRow(
        agency,
        working_days_between(day_of(since), day_of(at), calendar),
        working_days_between(day_of(since), due, calendar),
        awaits_check=agency.status == Status.SUBMITTED,
        is_in_publicity=agency.status == Status.PUBLICITY,
        is_late=awaits_check_too_long(agency, at),
    )


@dataclass(frozen=True)
class BesideRow:
    """An application in the list beside one that is being checked."""

    agency: Agency
    is_here: bool
    is_late: bool


def beside(queue: Iterable[Agency], here: Agency, at: datetime) -> list[BesideRow]:
    """Return the applications beside the one that is `here`."""
    return [BesideRow(row, row.pk == here.pk, awaits_check_too_long(row, at)) for row in queue]


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
    agency: Agency, rows: list[CertificateRow], sanctions: Sequence[Sanction]
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


def _certificates_check(rows: list[CertificateRow]) -> Check:
    expired = sum(row.word == _("已过期") for row in rows)
    counted = {"total": len(rows), "expired": expired}
    if expired:
        return Check(_("资质 %(total)s 项，其中 %(expired)s 项已过期") % counted, "", "warn")
    return Check(_("资质 %(total)s 项，都没有过期") % counted, "")


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
