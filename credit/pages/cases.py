"""A case and its decision in words: facts, steps, what a signature stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from credit.models import Case, Measure, Restriction, Severity
from credit.models.cases import RUNS, WARNED
from credit.periods import restriction_end
from credit.rules import MONTHS
from credit.versions import hearing_of, review_of
from marketplace.kernel.calendar import WorkCalendar, day_of, working_days_between
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.rules import values_of
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import FUTURE, NOW, PAST, Crumb, Crumbs, Fact, Step, Text
from marketplace.web.moments import cn_deadline
from marketplace.web.sources import drawn_sources

INSTANT = timedelta(microseconds=1)
Facts = list[Fact]


@dataclass(frozen=True)
class CaseState:
    """What the pages of a case say in its state; `due_rule` is the key of what runs."""

    awaits_statement: bool
    due_title: str
    due_rule: str
    decided_word: str
    reasons_title: str
    is_revoked: bool
    is_running: bool
    """Whether a deadline of the authority or the party runs."""
    closing_title: str
    is_told: bool
    """Whether the party was given notice."""
    is_heard: bool
    """Whether the agency has spoken, or its time to do so is over."""


def state_of(case: Case) -> CaseState:
    """Return the words of `case` as it stands."""
    awaits = case.status == Case.Status.NOTIFIED
    is_dismissed = case.status == Case.Status.DISMISSED
    runs = {
        Case.Status.FOUND: (_("距核查期限"), "sanction.check"),
        Case.Status.NOTIFIED: (_("距陈述申辩截止"), "sanction.statement"),
        Case.Status.HEARING: (_("距听证期限"), "sanction.hearing"),
    }
    due_title, due_rule = runs.get(Case.Status(case.status), (_("距决定期限"), "sanction.decision"))
    return CaseState(
        awaits_statement=awaits,
        due_title=due_title,
        due_rule=due_rule,
        is_running=case.due_at is not None,
        closing_title=_("不予立案的理由")
        if case.status == Case.Status.SET_ASIDE
        else _("撤销的理由"),
        decided_word=_("不予处理") if is_dismissed else _("决定"),
        reasons_title=_("不予处理的理由") if is_dismissed else _("决定的理由"),
        is_revoked=case.status == Case.Status.REVOKED,
        is_told=case.notified_at is not None,
        is_heard=bool(case.statement or case.stated_at),
    )


def can_be_taken_back(case: Case) -> bool:
    """Tell whether a decision stands that has not been revoked yet."""
    return hasattr(case, "restriction") and case.status != Case.Status.REVOKED


# --- Where one is -------------------------------------------------------------------------------
def public_crumbs(here: Text = "") -> Crumbs:
    """Return the way to a public page of credit."""
    root = Crumb(_("信用"), reverse("credit:restriction_list"))
    return Crumbs.of(root, Crumb(here)) if here else Crumbs.of(root)


def case_crumbs(here: Text) -> Crumbs:
    """Return the way to a page under the officers' cases."""
    return Crumbs.of(Crumb(_("信用案件"), reverse("credit:case_list")), Crumb(here))


def new_case_crumbs() -> Crumbs:
    """Return the way to the pages that open a case."""
    return case_crumbs(_("立案告知"))


def record_crumbs(here: Text) -> Crumbs:
    """Return the way to a page under the own record."""
    return Crumbs.of(Crumb(_("信用记录"), reverse("credit:own_record")), Crumb(here))


def act_crumbs(case: Case, here: Text) -> Crumbs:
    """Return the way to a page under one case of the officers."""
    cases = Crumb(_("信用案件"), reverse("credit:case_list"))
    return Crumbs.of(
        cases, Crumb(case.number, reverse("credit:case", args=[case.slug])), Crumb(here)
    )


def own_act_crumbs(case: Case, here: Text) -> Crumbs:
    """Return the way to a page under one case of the own record."""
    record = Crumb(_("信用记录"), reverse("credit:own_record"))
    return Crumbs.of(
        record, Crumb(case.number, reverse("credit:own_case", args=[case.slug])), Crumb(here)
    )


SCHEME = _("信用评价方案")
BOARD = _("案件看板")
CORRECTION = _("更正记录")
LISTS = _("外部失信名单")
SCHEMES = _("信用评价方案的版本")
SCORE_PAGE = _("怎样算出我的分")


# --- What is proposed or imposed ----------------------------------------------------------------
def term_of(months: int) -> str:
    """Write how long a measure lasts."""
    return _("%(months)s 个月") % {"months": months} if months else _("不设期限")


def scope_of(case: Case | Restriction) -> str:
    """Write which classes a measure touches, or in which agencies a person is barred."""
    if case.person_number:
        return _("在全省任何机构执业")
    if case.service_class is not None:
        return _("限于服务类别“%(name)s”") % {"name": case.service_class.name}
    return _("全部服务类别")


def range_of(case: Case) -> tuple[int, int]:
    """Return the months that the case's own rulebook allows for its severity."""
    return values_of(_rulebook(case)).cell(MONTHS, case.severity)


def _rulebook(case: Case) -> RulebookVersion:
    return case.rulebook


def proposal_facts(case: Case) -> Facts:
    """Return what the notice proposes, with the range it was chosen from."""
    found = [
        Fact(_("失信行为"), case.get_kind_display()),
        Fact(_("来由"), case.get_source_display()),
        Fact(_("行为发生时间"), moment(case.occurred_at, "date")),
        *_person_facts(case),
    ]
    if not case.restriction_kind or not case.severity:
        return [*found, Fact(_("拟作处理"), _("还没有写明")), Fact(_("关联业务"), case.reference)]
    first, last = range_of(case)
    allowed = _("%(first)s–%(last)s 个月，规则手册 sanction.months.%(severity)s") % {
        "first": first,
        "last": last,
        "severity": case.severity,
    }
    return [
        *found,
        Fact(_("认定等级"), case.get_severity_display()),
        Fact(_("措施"), case.measure_word, is_strong=True),
        Fact(_("期限"), term_of(case.months), is_strong=True),
        Fact(_("可选范围"), allowed),
        Fact(_("适用范围"), scope_of(case)),
        Fact(_("关联业务"), case.reference),
        Fact(_("依据"), drawn_sources(case.legal_basis), is_wide=True),
    ]


def _person_facts(case: Case) -> Facts:
    """Return whom a measure binds that is on a person, by name and number of the certificate."""
    if not case.person_number:
        return []
    name = f"{case.person_name} {case.person_number}"
    return [Fact(_("当事执业人员"), name, is_strong=True)]


def decision_facts(restriction: Restriction) -> Facts:
    """Return what a decision imposes, on whom and on what ground."""
    case, until = restriction.case, moment(restriction.published_until, "deadline")
    published = [Fact(_("公示期至"), until)] if restriction.is_public else []
    person = [Fact(_("当事执业人员"), case.person_masked, is_strong=True)]
    return [
        *(person if case.person_number else []),
        Fact(_("当事单位"), restriction.organization.name, is_strong=True),
        Fact(_("统一社会信用代码"), restriction.organization.uscc, is_long=True),
        Fact(_("失信行为"), case.get_kind_display()),
        Fact(_("认定等级"), restriction.get_severity_display()),
        Fact(_("措施"), restriction.measure_word, is_strong=True),
        Fact(_("适用范围"), scope_of(restriction)),
        Fact(_("决定机关"), case.authority.name),
        *published,
        Fact(_("决定书"), case.decision_number, is_long=True),
        Fact(_("依据"), drawn_sources(restriction.legal_basis), is_wide=True),
    ]


# --- How far it has come --------------------------------------------------------------------------
def case_steps(case: Case) -> list[Step]:
    """Return the steps of a case: what is done with its moment, what runs with its deadline."""
    if case.status == Case.Status.SET_ASIDE:
        found = Step(case.get_source_display(), PAST, case.found_at)
        return [found, Step(_("不予立案"), NOW, case.closed_at)]
    if case.source == Case.Source.LISTED:
        listed = Step(case.get_source_display(), PAST, case.found_at)
        return [listed, *_outcome_steps(case)]
    before = [] if case.source == Case.Source.OFFICER else [_found_step(case)]
    steps = [*before, _notice_step(case), _statement_step(case), *_hearing_steps(case)]
    return [*steps, _decision_step(case), *_outcome_steps(case)]


def _found_step(case: Case) -> Step:
    return Step(case.get_source_display(), PAST, case.found_at)


def _notice_step(case: Case) -> Step:
    if case.status == Case.Status.FOUND:
        return Step(_("核查、告知"), NOW, case.check_due_at, _("至"))
    return Step(_("告知"), PAST, case.notified_at)


def _hearing_steps(case: Case) -> Iterator[Step]:
    hearing = hearing_of(case) if case.hearing_due_at else None
    if hearing is None:
        return
    if hearing.held_at is not None:
        yield Step(_("听证"), PAST, hearing.held_at)
    elif hearing.takes_place_at is not None:
        yield Step(_("听证"), NOW, hearing.takes_place_at, note=hearing.place)
    else:
        yield Step(_("听证"), NOW, case.hearing_due_at, _("至"), _("机构已申请"))


def _statement_step(case: Case) -> Step:
    if case.status == Case.Status.FOUND:
        return Step(_("陈述申辩"), FUTURE)
    if case.status == Case.Status.NOTIFIED:
        note = _("暂定") if case.is_due_provisional else ""
        return Step(_("陈述申辩"), NOW, case.statement_due_at, _("至"), note)
    if case.statement:
        stated_at = None if case.hearing_due_at else case.stated_at
        return Step(_("陈述申辩"), PAST, stated_at, note=_("机构已陈述"))
    return Step(_("陈述申辩"), PAST, case.stated_at, _("至"), _("期满未陈述"))


def _decision_step(case: Case) -> Step:
    label = _("由承办人以外的人员审核，以办理机关名义作出决定")
    if case.decided_at is None:
        state = NOW if case.status == Case.Status.STATED else FUTURE
        note = "" if case.decision_due_at else _("陈述申辩期满后开始计时")
        return Step(label, state, case.decision_due_at, _("至"), note)
    return Step(label, PAST, case.decided_at, note=lateness_of(case))


def lateness_of(case: Case) -> str:
    """Say that a decision was made after its deadline; nothing when it was in time."""
    if case.decided_at is None or case.decision_due_at is None:
        return ""
    if case.decided_at < case.decision_due_at:
        return ""
    return _("超过决定期限（%(due)s）") % {"due": cn_deadline(case.decision_due_at)}


def _outcome_steps(case: Case) -> Iterator[Step]:
    if case.status == Case.Status.DISMISSED:
        yield Step(_("不予处理"), NOW, case.closed_at)
        return
    if case.decided_at is None:
        yield Step(_("生效"), FUTURE, note=_("决定作出时"))
        return
    restriction = case.restriction
    is_running = case.status == Case.Status.DECIDED
    yield from _review_steps(case)
    word = _("全省生效") if case.months else WARNED
    has_run_out = case.status == Case.Status.ENDED and case.months > 0
    is_over = has_run_out or case.status in {Case.Status.REVOKED, Case.Status.REPAIRED}
    yield Step(word, PAST if is_over else NOW, restriction.effective_from)
    if case.status == Case.Status.REVOKED:
        yield Step(_("撤销"), NOW, case.closed_at)
    elif case.status == Case.Status.REPAIRED:
        yield Step(_("信用修复"), NOW, case.closed_at)
    elif is_running and case.months:
        yield Step(_("自行终止"), FUTURE, note=moment(restriction.effective_to, "deadline"))
    elif has_run_out:
        yield Step(_("已到期"), NOW, note=moment(restriction.effective_to, "deadline"))


def _review_steps(case: Case) -> Iterator[Step]:
    if case.appeal_due_at is None:
        return
    review = review_of(case)
    if review is None:
        return
    if review.decided_at is None:
        note = _("停止执行") if review.suspended_by_id else ""
        yield Step(_("复核"), NOW, review.due_at, _("至"), note)
    else:
        yield Step(review.get_status_display(), PAST, review.decided_at)


@dataclass(frozen=True)
class Progress:
    """How much of a restriction's time has passed."""

    passed: int
    total: int
    text: str
    word: str


@dataclass(frozen=True)
class Term:
    """From when to when a restriction runs, and what has ended or stopped it before."""

    effective_from: datetime
    effective_to: datetime
    lifted_at: datetime | None
    suspended_at: datetime | None
    resumed_at: datetime | None
    case_status: str
    case_source: str

    def is_suspended(self, at: datetime) -> bool:
        """Tell whether a review keeps it from taking effect at `at`."""
        began = self.suspended_at is not None and self.suspended_at <= at
        return began and (self.resumed_at is None or at < self.resumed_at)


def progress_of(restriction: Restriction, at: datetime) -> Progress:
    """Return the days passed and left at `at`, and the word for where it stands."""
    case = restriction.case
    term = Term(
        restriction.effective_from,
        restriction.effective_to,
        restriction.lifted_at,
        restriction.suspended_at,
        restriction.resumed_at,
        case.status,
        case.source,
    )
    return progress_between(term, at)


def progress_between(term: Term, at: datetime) -> Progress:
    """Return the days of a term that are passed and left at `at`, and the word for it."""
    total = _days(term.effective_from, term.effective_to)
    if term.lifted_at is not None and term.lifted_at <= at:
        passed = _days(term.effective_from, min(term.lifted_at, term.effective_to))
        return Progress(passed, total, "", _word_of_an_end(term))
    if term.effective_to <= at:
        return Progress(total, total, "", _("已到期") if total else str(WARNED))
    passed = _days(term.effective_from, at)
    if term.is_suspended(at):
        return Progress(passed, total, "", _("停止执行"))
    text = _("已执行 %(passed)s 天，还有 %(left)s 天") % {"passed": passed, "left": total - passed}
    return Progress(passed, total, text, _("限制生效"))


def _word_of_an_end(term: Term) -> str:
    """Return the word for what was lifted before its time."""
    if term.case_source == Case.Source.LISTED:
        return _("已移出名单")
    return _("已修复") if term.case_status == Case.Status.REPAIRED else _("已撤销")


def _days(start: datetime, end: datetime) -> int:
    return (day_of(end - INSTANT) - day_of(start)).days if end > start else 0


@dataclass(frozen=True)
class Age:
    """How many working days a step has run, of how many, and whether it is late."""

    used: int
    allowed: int
    is_late: bool


def age_of(case: Case, at: datetime, calendar: WorkCalendar) -> Age | None:
    """Return how long the running step of an open case has taken against its deadline."""
    kind = RUNS.get(case.status)
    running = case.deadline(kind) if kind else None
    if running is None:
        return None
    return age_between(running.starts_at, running.ends_at, at, calendar)


def age_between(started: datetime, due: datetime, at: datetime, calendar: WorkCalendar) -> Age:
    """Return how long a step has taken by `at` that started and is due at these moments."""
    first = day_of(started - INSTANT)
    return Age(
        used=working_days_between(first, day_of(at), calendar),
        allowed=working_days_between(first, day_of(due - INSTANT), calendar),
        is_late=at >= due,
    )


# --- What a signature does ------------------------------------------------------------------------
def effects_of_signing(case: Case, at: datetime) -> list[str]:
    """
    Say what stops the moment the decision is signed, and until when.

    In words, without any count: how many sealed bids an agency has, and where, nobody but the
    agency may learn before they are opened, an officer neither.
    """
    stops = _what_stops_for_a_person() if case.person_number else _what_stops(case)
    return [*stops, _publication(case), _end(case, at)]


def _what_stops_for_a_person() -> list[str]:
    return [
        _("这名执业人员在全省任何机构都不能执业，任何机构报名、中选、签约时都不计入执业人员。"),
        _("缺少这名人员就不具备承接条件的机构，自现在起不能报名、中选、签约；机构本身不受限制。"),
        _("期间任何机构不能登记这名人员；已经签订的合同继续履行。"),
    ]


def _what_stops(case: Case) -> list[str]:
    measure, scope = case.restriction_kind, scope_of(case)
    if measure == Measure.WARNING:
        return [_("记入信用记录并按等级公示，不影响报名、选取和签约。")]
    if measure == Measure.NO_PREFERENCE:
        return [_("不再享受信用优先的待遇，不影响报名、选取和签约。")]
    stops = [
        _("全省各级各地停止接受该机构报名（%(scope)s）。") % {"scope": scope},
        _(
            "该机构在全省所有未开启的报价同时失效。报价的数量和所在采购在开启报价前保密，办理人员也看不到。"
        ),
        _("正在选取、等待签约的采购在选取和签约时再次核查，受限的不能中选、不能签约。"),
        _("已经签订的合同继续履行。"),
    ]
    if measure == Measure.REMOVAL:
        stops.append(
            _(
                "期间机构在入驻机构和查找结果里标明“清退”，不能报名、中选、签约；清退期满后退出入驻机构名单，重新申请入驻并通过形式审核、公示的，才能再报名。"
            )
        )
    return stops


def _publication(case: Case) -> str:
    if case.severity == Severity.MINOR:
        return _("轻微失信的决定不公示。")
    return _("决定书立即在“信用”栏公示。")


def _end(case: Case, at: datetime) -> str:
    if not case.months:
        return _("不设期限，作出后即告完成。")
    until = moment(restriction_end(at, case.months), "deadline")
    return format_html(_("现在签署的，到 {until} 自行终止，不需要申请。"), until=until)
