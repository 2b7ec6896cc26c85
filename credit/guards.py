"""May a case be opened, stated, decided, dismissed, revoked; may an entry be corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from credit.effects import Matter
from credit.in_force import breaches_at, credit_rules, scheme_at
from credit.models import (
    Case,
    Correction,
    Entry,
    Finding,
    Hearing,
    Measure,
    Recusal,
    Repair,
    ReportedFact,
    Restriction,
    Review,
    Severity,
    name_of_kind,
)
from credit.periods import repairable_from
from credit.rules import MONTHS
from credit.schemes import Kind
from credit.standing import statement_grace
from marketplace.kernel.calendar import day_of
from marketplace.kernel.citations import sources_of
from marketplace.kernel.laws import FORM, Basis, Library, cite, parse
from marketplace.kernel.laws import Kind as SourceKind
from marketplace.kernel.library import library
from marketplace.kernel.rules import Rule, values_of
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import (
    Agency,
    Membership,
    Organization,
    Practitioner,
    ServiceClass,
    User,
)
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
# what a decision may be taken back from, also when its restriction has ended or was repaired
STANDING = (Case.Status.DECIDED, Case.Status.ENDED, Case.Status.REPAIRED)
SAME_MATTER = (
    *(Case.Status.NOTIFIED, Case.Status.HEARING, Case.Status.STATED, Case.Status.DECIDED),
)


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
    person_number: str = ""


def proposal_of(case: Case) -> Proposal:
    """Return what a case that was only found proposes so far."""
    return Proposal(
        organization=case.organization,
        authority=case.authority,
        kind=case.kind,
        severity=case.severity,
        months=case.months,
        restriction_kind=case.restriction_kind,
        service_class=case.service_class,
        occurred_at=case.occurred_at,
        facts=case.facts,
        reference=case.reference,
        legal_basis=case.legal_basis,
        person_number=case.person_number,
    )


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
    return any(source.kind == SourceKind.LAW for source in sources_of(legal_basis))


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


@guard(
    _("“%(kind)s”按信用评价方案属于%(most)s，不能认定为%(severity)s"),
    source=cite("国办发〔2020〕49号"),
)
def severity_fits_the_kind(kind: Kind | None, severity: str) -> bool | Because:
    """
    The class of the kind is the gravest that a case about it may be found to be.

    Where no scheme has been loaded the rulebook alone says nothing of classes.
    """
    grades = list(Severity.values)
    if kind is None or not kind.basis or kind.severity not in grades:
        return True
    return grades.index(severity) <= grades.index(kind.severity) or Because(
        kind=name_of_kind(kind.code),
        most=Severity(kind.severity).label,
        severity=Severity(severity).label,
    )


@guard(
    _("“%(kind)s”可以采取的措施是：%(measures)s"),
    source=cite("国办发〔2020〕49号"),
)
def measure_fits_the_kind(kind: Kind | None, measure: str) -> bool | Because:
    if kind is None or not kind.measures or measure in kind.measures:
        return True
    named = "、".join(str(Measure(one).label) for one in kind.measures)
    return Because(kind=name_of_kind(kind.code), measures=named)


@guard(_("“%(kind)s”的期限为 %(first)s–%(last)s 个月"), source=cite("国办发〔2020〕49号"))
def months_fit_the_kind(kind: Kind | None, months: int) -> bool | Because:
    if kind is None or kind.months is None:
        return True
    first, last = kind.months
    return first <= months <= last or Because(kind=name_of_kind(kind.code), first=first, last=last)


@guard(
    _("“%(basis)s”不是“%(kind)s”可以依据的规定；可以依据：%(bases)s"),
    source=cite("国办发〔2020〕49号"),
)
def legal_basis_fits_the_kind(kind: Kind | None, legal_basis: str) -> bool | Because:
    """At least one of the laws that is named must be one that the scheme names for the kind."""
    if kind is None or not kind.bases:
        return True
    allowed = [source for basis in kind.bases for source in sources_of(basis)]
    named = {source.name for source in sources_of(legal_basis) if source.kind == SourceKind.LAW}
    return bool(named & {source.name for source in allowed}) or Because(
        basis=legal_basis, kind=name_of_kind(kind.code), bases="、".join(kind.bases)
    )


@guard(_("对执业人员只能暂停执业，不能采取“%(measure)s”"))
def measure_fits_a_person(proposal: Proposal) -> bool | Because:
    is_fit = not proposal.person_number or proposal.restriction_kind == Measure.FREEZE
    return is_fit or Because(measure=Measure(proposal.restriction_kind).label)


@guard(_("这家机构没有执业证书编号为“%(number)s”的执业人员"))
def person_practises_at_the_party(proposal: Proposal) -> bool | Because:
    if not proposal.person_number:
        return True
    rows = Practitioner.objects.filter(
        agency_id=proposal.organization.pk, certificate_number=proposal.person_number
    )
    return rows.exists() or Because(number=proposal.person_number)


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
    kind = scheme_at(at).by_code.get(proposal.kind)
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
        severity_fits_the_kind(kind, proposal.severity),
        measure_fits_the_kind(kind, proposal.restriction_kind),
        months_fit_the_kind(kind, proposal.months),
        legal_basis_fits_the_kind(kind, proposal.legal_basis),
        measure_fits_a_person(proposal),
        person_practises_at_the_party(proposal),
        matter_is_not_yet_a_case(proposal),
    )


# --- Notice -------------------------------------------------------------------------------------
@guard(_("线索已经核查，案件现在是“%(status)s”"))
def case_is_found(case: Case) -> bool | Because:
    return case.status == Case.Status.FOUND or Because(status=case.get_status_display())


@guard(_("还没有写明拟作的处理和依据，请先填写告知的内容"), source=FORM)
def proposal_is_complete(case: Case) -> bool:
    return bool(case.severity and case.restriction_kind and case.legal_basis)


@guard(_("没有证据不能告知，请先上传证据材料"), source=GROUNDS["notice"])
def evidence_is_given(case: Case) -> bool:
    """What the arithmetic of the record found is its own evidence; it is kept with the case."""
    return case.evidence.exists() or Finding.objects.filter(case=case).exists()


@guard(_("您已在这个案件中回避"))
def officer_is_not_recused(case: Case, by: User) -> bool:
    return not Recusal.objects.filter(case=case, user=by).exists()


@guard(_("您是当事单位的人员，应当回避"))
def officer_is_no_member_of_the_party(case: Case, by: User) -> bool:
    return not Membership.objects.filter(user=by, organization=case.organization_id).exists()


def officer_verdicts(case: Case, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may take part in the case at all."""
    return officer_is_not_recused(case, by), officer_is_no_member_of_the_party(case, by)


def may_give_notice(
    case: Case, matter: Matter | None, by: User, at: datetime
) -> tuple[Verdict, ...]:
    """Ask everything that must hold before the party is told."""
    if case.status != Case.Status.FOUND:
        return (case_is_found(case),)
    is_complete = proposal_is_complete(case)
    if not is_complete.holds:
        return (is_complete,)
    rule = credit_rules(at)[MONTHS.cell(case.severity).key]
    return (
        *may_open_case(proposal_of(case), rule, matter, at),
        evidence_is_given(case),
        *officer_verdicts(case, by),
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


@guard(_("拟采取的措施不限制从业，没有听证程序；意见可以书面陈述"), source=GROUNDS["hearing"])
def hearing_may_be_asked(case: Case) -> bool:
    return case.restricts_practice


# --- Hearing ------------------------------------------------------------------------------------
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


@guard(_("机构申请了听证，听证结束后才能决定"), source=GROUNDS["hearing"])
def hearing_is_over(case: Case) -> bool:
    return case.status != Case.Status.HEARING


@guard(_("请写明决定的理由"), source=FORM)
def decision_reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


def may_decide_case(case: Case, by: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold before `by` decides or dismisses `case`, but for the reasons."""
    if not case.is_open:
        return (case_is_open(case),)
    if case.status == Case.Status.HEARING:
        return (hearing_is_over(case),)
    return (
        case_is_open(case),
        statement_period_is_over(case, at),
        decider_is_a_second_officer(case, by),
        *officer_verdicts(case, by),
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


@guard(_("名单上的处理由列入名单的机关撤销，这里随名单变化"))
def decision_is_our_own(case: Case) -> bool:
    return case.source != Case.Source.LISTED


@guard(_("撤销、复核须由没有参加立案和决定的工作人员办理"))
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
        decision_is_our_own(case),
        *_is_of_consequence(case, at),
        reviewer_is_a_third_officer(case, by),
        *officer_verdicts(case, by),
    )


# --- Review -------------------------------------------------------------------------------------
@guard(_("没有可以申请复核的决定，案件现在是“%(status)s”"))
def decision_is_in_effect(case: Case) -> bool | Because:
    return case.status == Case.Status.DECIDED or Because(status=case.get_status_display())


@guard(_("申请复核的期限已于 %(until)s 届满"), rule="sanction.appeal")
def review_is_asked_in_time(case: Case, at: datetime) -> bool | Because:
    until = case.appeal_due_at
    return (until is not None and at < until) or Because(until=cn_deadline(until) if until else "")


@guard(_("已经申请过复核，复核只有一次"))
def case_was_not_reviewed(case: Case) -> bool:
    return not Review.objects.filter(case=case).exists()


@guard(_("请写明申请复核的理由"), source=FORM)
def review_grounds_are_given(grounds: str) -> bool:
    return bool(grounds.strip())


def may_file_review(case: Case, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the party may ask for a review, but for its grounds."""
    if case.status != Case.Status.DECIDED:
        return (decision_is_in_effect(case),)
    was_not = case_was_not_reviewed(case)
    if not was_not.holds:
        return (was_not,)
    return decision_is_our_own(case), review_is_asked_in_time(case, at)


@guard(_("复核已经办结：%(status)s"))
def review_is_pending(review: Review) -> bool | Because:
    return review.is_pending or Because(status=review.get_status_display())


@guard(_("决定已经停止执行"))
def effect_is_not_suspended(restriction: Restriction) -> bool:
    return restriction.suspended_at is None


@guard(_("请写明停止执行的理由"), source=FORM)
def suspension_reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


def may_decide_review(review: Review, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold before `by` decides a review, but for the reasons."""
    if not review.is_pending:
        return (review_is_pending(review),)
    return reviewer_is_a_third_officer(review.case, by), *officer_verdicts(review.case, by)


def may_suspend_effect(
    review: Review, restriction: Restriction, by: User, at: datetime
) -> tuple[Verdict, ...]:
    """Ask what must hold before `by` suspends the effect of a decision, but for the reasons."""
    if not review.is_pending:
        return (review_is_pending(review),)
    return (
        *may_decide_review(review, by),
        effect_is_not_suspended(restriction),
        restriction_still_runs(restriction, at),
    )


@guard(_("变更后的期限应为 1–%(most)s 个月，短于原来的 %(months)s 个月"))
def months_are_fewer(case: Case, months: int | None) -> bool | Because:
    is_fewer = months is not None and 0 < months < case.months
    return is_fewer or Because(most=max(case.months - 1, 1), months=case.months)


# --- Repair -------------------------------------------------------------------------------------
@guard(_("没有可以修复的信用限制，案件现在是“%(status)s”"))
def case_can_be_repaired(case: Case) -> bool | Because:
    return case.status == Case.Status.DECIDED or Because(status=case.get_status_display())


@guard(_("自 %(since)s 起才可以申请信用修复"), rule="sanction.repair_after")
def least_period_has_passed(since: datetime, at: datetime) -> bool | Because:
    return at >= since or Because(since=cn_deadline(since))


@guard(_("信用修复的申请正在审核"))
def no_repair_is_pending(case: Case) -> bool:
    return not Repair.objects.filter(case=case, status=Repair.Status.FILED).exists()


@guard(_("复核还没有办结，办结后再申请信用修复"))
def no_review_is_pending(case: Case) -> bool:
    return not Review.objects.filter(case=case, status=Review.Status.FILED).exists()


@guard(_("请写明怎样纠正了失信行为"), source=FORM)
def correction_of_the_breach_is_told(correction: str) -> bool:
    return bool(correction.strip())


@guard(_("请作出信用承诺"), source=FORM)
def commitment_is_made(commitment: str) -> bool:
    return bool(commitment.strip())


def may_file_repair(case: Case, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the party may ask for a repair, but for what it has to say."""
    if case.status != Case.Status.DECIDED:
        return (case_can_be_repaired(case),)
    since = repairable_from(
        case.restriction.effective_from, case.severity, values_of(case.rulebook)
    )
    return (
        decision_is_our_own(case),
        restriction_still_runs(case.restriction, at),
        least_period_has_passed(since, at),
        no_repair_is_pending(case),
        no_review_is_pending(case),
    )


@guard(_("信用修复的申请已经办结：%(status)s"))
def repair_is_pending(repair: Repair) -> bool | Because:
    return repair.is_pending or Because(status=repair.get_status_display())


def may_decide_repair(repair: Repair, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold before `by` decides an application for repair, but for the reasons."""
    if not repair.is_pending:
        return (repair_is_pending(repair),)
    return (
        case_can_be_repaired(repair.case),
        decider_is_a_second_officer(repair.case, by),
        *officer_verdicts(repair.case, by),
    )


# --- Who acts -----------------------------------------------------------------------------------
@guard(_("案件已经办结，不需要办理"))
def case_is_not_over(case: Case) -> bool:
    return case.status in {Case.Status.FOUND, Case.Status.DECIDED} or case.is_open


@guard(_("请写明理由"), source=FORM)
def reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("%(name)s 不是办理机关的行业监管人员"))
def colleague_is_a_regulator(case: Case, colleague: User) -> bool | Because:
    members = Membership.objects.active().filter(
        user=colleague, organization=case.authority_id, role=Membership.Role.REGULATOR
    )
    return members.exists() or Because(name=str(colleague))


# --- Reasons that are judged ----------------------------------------------------------------------
@guard(_("这件事已经认定：%(status)s"))
def fact_is_not_judged(fact: ReportedFact) -> bool | Because:
    return fact.status == ReportedFact.Status.REPORTED or Because(status=fact.get_status_display())


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


def may_judge_fact(fact: ReportedFact, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may judge the reason of a fact, but for the reasons of the judgment."""
    return fact_is_not_judged(fact), officer_is_no_member_of_the_unit(fact, by)


@guard(_("您是当事单位的人员，应当回避"))
def officer_is_no_member_of_the_unit(fact: ReportedFact, by: User) -> bool:
    return not Membership.objects.filter(user=by, organization=fact.organization_id).exists()


# --- Corrections ----------------------------------------------------------------------------------
@guard(_("这条记录已有待复核的更正"))
def entry_has_no_correction_pending(entry: Entry) -> bool:
    return not Correction.objects.open().filter(entry=entry).exists()


@guard(_("更正后的分值和现在一样"))
def points_differ(entry: Entry, points: Decimal | None) -> bool:
    return points is None or points != entry.points


@guard(_("更正后的分值应在 0 和 %(points)s 分之间"))
def points_lie_between(entry: Entry, points: Decimal | None) -> bool | Because:
    """A correction takes back, all or in part; more for the same fact is a decision's matter."""
    if points is None:
        return True
    least, most = sorted([Decimal(0), entry.points])
    return least <= points <= most or Because(points=entry.points)


def may_propose_correction(entry: Entry, points: Decimal | None = None) -> tuple[Verdict, ...]:
    """Ask whether a correction of `entry` may be proposed, but for its reasons."""
    return (
        entry_is_not_corrected_yet(entry),
        entry_has_no_correction_pending(entry),
        points_differ(entry, points),
        points_lie_between(entry, points),
    )


@guard(_("更正已经办结：%(status)s"))
def correction_is_open(correction: Correction) -> bool | Because:
    return correction.status == Correction.Status.PROPOSED or Because(
        status=correction.get_status_display()
    )


@guard(_("更正须由提出人以外的人员复核"))
def second_look_is_anothers(correction: Correction, by: User) -> bool:
    return by.pk != correction.proposed_by_id


def may_settle_correction(correction: Correction, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may confirm or decline a proposed correction."""
    return correction_is_open(correction), second_look_is_anothers(correction, by)
