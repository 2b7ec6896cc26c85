"""May a case be opened, stated, decided, dismissed, revoked; may an entry be corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from credit.effects import Matter
from credit.in_force import breaches_at
from credit.models import Case, Entry, Finding, Measure, Restriction, Severity
from credit.standing import statement_grace
from marketplace.kernel.calendar import day_of
from marketplace.kernel.citations import sources_of
from marketplace.kernel.laws import FORM, Basis, Kind, Library, cite, parse
from marketplace.kernel.library import library
from marketplace.kernel.rules import Rule
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Agency, Organization, ServiceClass, User
from marketplace.web.moments import cn_deadline

# what the papers of a case tell the agency of the law, beside the ground of the case itself
GROUNDS: dict[str, Basis] = {
    "notice": cite("行政处罚法", "第四十四条"),
    "statement": cite("行政处罚法", "第四十五条第一款"),
    "hearing": cite("行政处罚法", "第六十三条第一款第（四）项", "第六十四条第（一）项"),
    "remedies": cite("行政处罚法", "第五十九条第一款第（五）项"),
    "reconsideration": cite("行政复议法", "第二十条第一款"),
    "litigation": cite("行政诉讼法", "第四十六条第一款"),
}
STANDING = (Case.Status.DECIDED, Case.Status.ENDED)
SAME_MATTER = (Case.Status.NOTIFIED, Case.Status.STATED, Case.Status.DECIDED)


# --- Leaving ------------------------------------------------------------------------------------
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


# --- Opening ------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class Proposal:
    """
    What an officer proposes when opening a case.

    Who did what, when and by which finding, and what the authority means to do about it.
    """

    organization: Organization
    authority: Organization
    kind: str
    severity: str
    months: int
    restriction_kind: str
    service_class: ServiceClass | None
    occurred_at: datetime
    facts: str
    reference: str
    legal_basis: str


@guard(_("当事单位不是已经入驻的中介服务机构"))
def party_is_an_admitted_agency(organization: Organization) -> bool:
    """Whoever was active once answers for it, also after leaving and while applying again."""
    admitted = Agency.objects.filter(pk=organization.pk, activated_at__isnull=False)
    return admitted.exists()


@guard(_("没有编号为“%(reference)s”的已发布采购或者合同"))
def reference_names_a_matter(reference: str, matter: Matter | None) -> bool | Because:
    return not reference or matter is not None or Because(reference=reference)


@guard(
    _(
        "机构不在本机关的辖区登记；采购所在地的机关立案，须关联本辖区已经开启报价、该机构参加了的采购"
    )
)
def matter_lies_in_the_authority(
    authority: Organization, organization: Organization, matter: Matter | None
) -> bool:
    """Before the opening the answer is the same whoever bid: who asks must not learn it."""
    places = [organization.division]
    if matter is not None and matter.has_party:
        places.append(matter.division)
    return any(authority.division.covers(place) for place in places)


@guard(_("请选择失信行为的种类"), source=FORM)
def conduct_is_misconduct(kind: str, at: datetime) -> bool:
    return kind in breaches_at(at)


@guard(_("行为发生的时间不能晚于立案的时间"), source=FORM)
def conduct_lies_in_the_past(occurred_at: datetime, at: datetime) -> bool:
    return occurred_at <= at


@guard(_("请写明认定的事实"), source=FORM)
def facts_are_stated(facts: str) -> bool:
    return bool(facts.strip())


@guard(
    _("没有依据不能限制，请写明所依据的法律、法规、规章或者国务院文件"),
    source=GROUNDS["notice"],
)
def legal_basis_is_stated(legal_basis: str) -> bool:
    return bool(legal_basis.strip())


@guard(
    _(
        "依据“%(basis)s”不在法规库里，请写作《名称》第几条，或者文件的文号；"
        "其他地方的规定写作“参考：名称”"
    ),
    source=FORM,
)
def legal_basis_is_known(legal_basis: str, laws: Library) -> bool | Because:
    return not laws.problem_in(legal_basis) or Because(basis=legal_basis)


@guard(
    _("其他地方的规定只作参考，平台默认也不是依据，不能单独据以处理"),
    source=cite("国办发〔2020〕49号"),
)
def legal_basis_is_of_law(legal_basis: str) -> bool:
    return any(source.kind == Kind.LAW for source in sources_of(legal_basis))


@guard(_("依据“%(basis)s”已经失效或者还没有施行，不能据以处理"), source=GROUNDS["notice"])
def legal_basis_is_in_force(legal_basis: str, laws: Library, on: date) -> bool | Because:
    sources = sources_of(legal_basis)
    lapsed = [str(source) for source in sources if not laws.is_in_force(source, on)]
    return not lapsed or Because(basis="；".join(lapsed))


def basis_verdicts(legal_basis: str, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether a case may stand on `legal_basis` at `at`; what is not readable is said alone."""
    is_stated = legal_basis_is_stated(legal_basis)
    if not is_stated.holds:
        return (is_stated,)
    laws = library()
    is_known = legal_basis_is_known(legal_basis, laws)
    if not is_known.holds:
        return (is_known,)
    return (
        is_stated,
        is_known,
        legal_basis_is_of_law(legal_basis),
        legal_basis_is_in_force(legal_basis, laws, day_of(at)),
    )


@guard(_("%(severity)s的信用限制期限为 %(first)s–%(last)s 个月"))
def months_are_within_range(severity: str, months: int, rule: Rule) -> bool | Because:
    first, last = rule.read
    return first <= months <= last or Because(
        severity=Severity(severity).label, first=first, last=last
    )


@guard(_("只有警示可以不设期限，其他措施至少 1 个月"))
def months_fit_the_measure(measure: str, months: int) -> bool:
    return months > 0 or measure == Measure.WARNING


@guard(_("清退只适用于严重失信"))
def measure_fits_the_severity(measure: str, severity: str) -> bool:
    return measure != Measure.REMOVAL or severity == Severity.SERIOUS


@guard(_("只有暂停报名可以限于一个服务类别"))
def class_fits_the_measure(proposal: Proposal) -> bool:
    return proposal.service_class is None or proposal.restriction_kind == Measure.FREEZE


@guard(_("同一件事已经立案：%(number)s"))
def matter_is_not_yet_a_case(proposal: Proposal) -> bool | Because:
    if not proposal.reference:
        return True
    known = Case.objects.filter(
        organization=proposal.organization,
        kind=proposal.kind,
        reference=proposal.reference,
        status__in=SAME_MATTER,
    ).first()
    return known is None or Because(number=known.number)


def may_open_case(
    proposal: Proposal, rule: Rule, matter: Matter | None, at: datetime
) -> tuple[Verdict, ...]:
    """
    Ask everything that must hold before notice is given.

    `rule` is the range of months in force for the proposed severity.
    """
    months = months_are_within_range(proposal.severity, proposal.months, rule)
    return (
        party_is_an_admitted_agency(proposal.organization),
        reference_names_a_matter(proposal.reference, matter),
        matter_lies_in_the_authority(proposal.authority, proposal.organization, matter),
        conduct_is_misconduct(proposal.kind, at),
        conduct_lies_in_the_past(proposal.occurred_at, at),
        facts_are_stated(proposal.facts),
        *basis_verdicts(proposal.legal_basis, at),
        replace(months, source=parse(rule.legal_basis), rule=rule.key),
        months_fit_the_measure(proposal.restriction_kind, proposal.months),
        measure_fits_the_severity(proposal.restriction_kind, proposal.severity),
        class_fits_the_measure(proposal),
        matter_is_not_yet_a_case(proposal),
    )


# --- Statement ----------------------------------------------------------------------------------
@guard(_("陈述申辩已经结束，案件现在是“%(status)s”"))
def case_awaits_a_statement(case: Case) -> bool | Because:
    return case.status == Case.Status.NOTIFIED or Because(status=case.get_status_display())


@guard(_("陈述申辩期已于 %(until)s 截止"), rule="sanction.statement")
def statement_is_in_time(case: Case, at: datetime) -> bool | Because:
    return at < case.statement_due_at or Because(until=cn_deadline(case.statement_due_at))


@guard(_("请写明陈述、申辩的意见"), source=FORM)
def statement_is_given(statement: str) -> bool:
    return bool(statement.strip())


def may_state_case(case: Case, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the agency may still be heard."""
    if case.status != Case.Status.NOTIFIED:
        return (case_awaits_a_statement(case),)
    return case_awaits_a_statement(case), statement_is_in_time(case, at)


# --- Decision -----------------------------------------------------------------------------------
@guard(_("案件已经办结，现在是“%(status)s”"))
def case_is_open(case: Case) -> bool | Because:
    return case.is_open or Because(status=case.get_status_display())


@guard(
    _("陈述申辩期到 %(until)s 截止，此后满 %(seconds)s 秒或者机构已经陈述后才能决定"),
    rule="sanction.statement",
    source=GROUNDS["statement"],
)
def statement_period_is_over(case: Case, at: datetime) -> bool | Because:
    """Wait a little longer than the period: a statement in time may still be on its way."""
    if case.status != Case.Status.NOTIFIED:
        return True
    grace = statement_grace(at)
    return at >= case.statement_due_at + grace or Because(
        until=cn_deadline(case.statement_due_at), seconds=int(grace.total_seconds())
    )


@guard(_("立案和决定须由两名工作人员分别办理，您是这个案件的承办人"))
def decider_is_a_second_officer(case: Case, by: User) -> bool:
    return by.pk != case.opened_by_id


@guard(_("请写明决定的理由"), source=FORM)
def decision_reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


def may_decide_case(case: Case, by: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before `by` decides or dismisses `case`, but for the reasons."""
    if not case.is_open:
        return (case_is_open(case),)
    return (
        case_is_open(case),
        statement_period_is_over(case, at),
        decider_is_a_second_officer(case, by),
        *basis_verdicts(case.legal_basis, at),
    )


# --- Revocation and end -------------------------------------------------------------------------
@guard(_("没有可以撤销的决定，案件现在是“%(status)s”"))
def decision_stands(case: Case) -> bool | Because:
    return case.status in STANDING or Because(status=case.get_status_display())


@guard(_("限制已于 %(until)s 到期，不需要撤销"))
def restriction_still_runs(restriction: Restriction, at: datetime) -> bool | Because:
    return at < restriction.effective_to or Because(until=cn_deadline(restriction.effective_to))


def _is_of_consequence(case: Case, at: datetime) -> tuple[Verdict, ...]:
    """Ask for a running restriction, unless a warning or points remain when it has run out."""
    return () if case.outlasts_its_term else (restriction_still_runs(case.restriction, at),)


@guard(_("撤销须由没有参加立案和决定的工作人员办理"))
def reviewer_is_a_third_officer(case: Case, by: User) -> bool:
    return by.pk not in {case.opened_by_id, case.decided_by_id}


@guard(_("请写明撤销的理由"), source=FORM)
def revocation_reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


def may_revoke_case(case: Case, by: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before `by` revokes the decision, but for the reasons."""
    if case.status not in STANDING:
        return (decision_stands(case),)
    return (
        decision_stands(case),
        *_is_of_consequence(case, at),
        reviewer_is_a_third_officer(case, by),
    )


@guard(_("限制还没有到期"))
def restriction_has_run_out(restriction: Restriction, at: datetime) -> bool:
    return restriction.effective_to <= at


@guard(_("限制已经解除或者已经办理到期"))
def restriction_is_unmarked(restriction: Restriction) -> bool:
    return restriction.lifted_at is None and restriction.ended_at is None


# --- Findings -----------------------------------------------------------------------------------
@guard(_("这条线索已经立案或者已经决定不予立案"))
def finding_is_open(finding: Finding) -> bool:
    return finding.is_open


@guard(_("请写明不予立案的理由"), source=FORM)
def setting_aside_reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


# --- The record ---------------------------------------------------------------------------------
@guard(_("这条记录已经更正过，请更正最近的一条"))
def entry_is_not_corrected_yet(entry: Entry) -> bool:
    return not Entry.objects.filter(corrects=entry).exists()


@guard(_("请写明更正的理由"), source=FORM)
def correction_reasons_are_given(note: str) -> bool:
    return bool(note.strip())
