"""May an objection or a complaint be filed, taken up, answered, decided; who may not decide it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bidding import periods
from bidding.guards.agencies import agency_is_admitted, agency_is_not_the_buyer
from bidding.models import Award, Bid, Dispute, DisputeKind, DisputeRecusal, Matter, Tender
from bidding.models.dispute import ACTS_ON_AN_ORDER
from bidding.rules.disputes import OBJECTION_FIRST, SUSPENDS
from marketplace.kernel import known
from marketplace.kernel.calendar import CHINA, day_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.statements import statement
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Agency, Membership, Organization, User
from marketplace.web.moments import cn_deadline

STANDS = (Tender.Status.ACTIVE, Tender.Status.CLOSED, Tender.Status.EVALUATED)
Status = Dispute.Status


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What somebody means to object to or complain of, before it is one."""

    matter: Matter
    filer: Organization
    tender: Tender | None = None
    respondent: Organization | None = None
    occurred_on: date | None = None

    @property
    def subject(self) -> str:
        """Name the matter, so that the same one is known again."""
        about = self.tender.reference if self.tender else ""
        whom = self.respondent.slug if self.respondent else ""
        if self.tender is not None and self.matter == Matter.NOTICE:
            return about
        if self.tender is not None and self.matter == Matter.SELECTION:
            return f"{about}/{self.tender.selection_round}"
        when = self.occurred_on.isoformat() if self.occurred_on else ""
        return "/".join(part for part in (about, whom, when) if part)


def kind_of_filing(matter: str, rules: Rules) -> DisputeKind:
    """Return what is filed first about `matter`."""
    return DisputeKind.OBJECTION if rules.cell(OBJECTION_FIRST, matter) else DisputeKind.COMPLAINT


def suspends(matter: str, rules: Rules) -> bool:
    """Tell whether what `matter` is about stands still while one is pending."""
    return rules.cell(SUSPENDS, matter)


# --- Filing ---------------------------------------------------------------------------------------
@guard(_("请写明事实、理由和请求"), source=FORM)
def facts_and_request_are_given(facts: str, request: str) -> bool:
    return bool(facts.strip() and request.strip())


@guard(_("异议和投诉须附证据材料，请至少上传一份"), source=FORM)
def evidence_is_given(count: int) -> bool:
    return count > 0


@guard(_("对采购公告和其他参加机构的异议，在采购公告发布以后、结果公示期满以前提出"))
def order_can_be_objected_to(tender: Tender, at: datetime) -> bool:
    if not tender.is_published:
        return False
    return tender.status in STANDS or result_is_public(tender, at).holds


@guard(_("对选取结果的异议，在结果公示期内提出"), rule="result.publicity")
def result_is_public(tender: Tender, at: datetime) -> bool:
    """Ask whether the publicity runs; one that stands still does."""
    award = tender.award
    if award is None or award.status != Award.Status.PENDING:
        return False
    return at < award.publicity_ends_at or award.is_suspended


@guard(_("只有参加这次选取的机构可以提出，并且在开启报价以后"))
def filer_took_part(tender: Tender, filer: Organization) -> bool:
    return is_bidder(tender, filer)


@guard(_("请选择参加这次选取的另一家机构"), source=FORM)
def respondent_took_part(tender: Tender, respondent: Organization | None) -> bool:
    return respondent is not None and is_bidder(tender, respondent)


def is_bidder(tender: Tender, agency: Organization) -> bool:
    """Tell whether everybody may know that `agency` has bid."""
    bids = Bid.objects.filter(tender=tender, agency=agency).exclude(status=Bid.Status.WITHDRAWN)
    return tender.is_opened and bids.exists()


@guard(_("这家机构不在入驻公示期"), rule="onboarding.publicity")
def applicant_is_in_publicity(respondent: Organization | None) -> bool:
    if respondent is None:
        return False
    applicants = Agency.objects.filter(pk=respondent.pk, status=Agency.Status.PUBLICITY)
    return applicants.exists()


@guard(_("请选择被投诉的运营机构"), source=FORM)
def respondent_operates(respondent: Organization | None) -> bool:
    return respondent is not None and respondent.kind == Organization.Kind.AUTHORITY


@guard(_("请填写事情发生的日期，不能晚于今天"), source=FORM)
def day_is_given(occurred_on: date | None, at: datetime) -> bool:
    return occurred_on is not None and occurred_on <= day_of(at)


@guard(
    _("投诉运营机构的服务须在事情发生后的期限内提出，期限已于 %(until)s 届满"),
    rule="complaint.file",
)
def complaint_is_in_time(occurred_on: date, rules: Rules, at: datetime) -> bool | Because:
    calendar = CalendarDay.objects.work_calendar()
    began = datetime.combine(occurred_on, time.min, tzinfo=CHINA)
    until = periods.filing_ends(began, rules, calendar).ends_at
    return at < until or Because(until=cn_deadline(until))


@guard(_("不能对本单位提出异议或者投诉"), source=FORM)
def respondent_is_another(filer: Organization, respondent: Organization | None) -> bool:
    return respondent is None or respondent.pk != filer.pk


@guard(_("同一事项只能提出一次，贵单位已经提出过（%(number)s）"))
def matter_was_not_filed_before(filing: Filing, kind: DisputeKind) -> bool | Because:
    same = Dispute.objects.filter(
        filer=filing.filer, kind=kind, matter=filing.matter, subject=filing.subject
    ).exclude(status=Status.REFUSED)
    found = same.first()
    return found is None or Because(number=found.number)


@guard(_("当地还没有办理异议和投诉的机关"))
def authority_is_there(authority: Organization | None) -> bool:
    return authority is not None


def may_file(filing: Filing, kind: DisputeKind, rules: Rules, at: datetime) -> tuple[Verdict, ...]:
    """Ask all but the words and the evidence that must hold before a matter is filed."""
    return (
        respondent_is_another(filing.filer, filing.respondent),
        *_of_matter(filing, rules, at),
        matter_was_not_filed_before(filing, kind),
    )


def _of_matter(filing: Filing, rules: Rules, at: datetime) -> tuple[Verdict, ...]:
    tender, filer, respondent = filing.tender, filing.filer, filing.respondent
    if filing.matter == Matter.ONBOARDING:
        return (applicant_is_in_publicity(respondent),)
    if filing.matter == Matter.OPERATOR or tender is None:
        is_given = day_is_given(filing.occurred_on, at)
        found = (respondent_operates(respondent), is_given)
        if filing.occurred_on is None or not is_given.holds:
            return found
        return *found, complaint_is_in_time(filing.occurred_on, rules, at)
    if filing.matter == Matter.NOTICE:
        return (
            order_can_be_objected_to(tender, at),
            agency_is_admitted(filer),
            agency_is_not_the_buyer(tender, filer),
        )
    if filing.matter == Matter.SELECTION:
        return result_is_public(tender, at), filer_took_part(tender, filer)
    return (
        order_can_be_objected_to(tender, at),
        filer_took_part(tender, filer),
        respondent_took_part(tender, respondent),
    )


@guard(_("异议现在是“%(status)s”，对它的答复不能投诉"))
def objection_was_answered(objection: Dispute) -> bool | Because:
    is_answered = objection.status == Status.ANSWERED and not objection.is_complaint
    return is_answered or Because(status=objection.get_status_display())


@guard(_("投诉的期限已于 %(until)s 届满"), rule="complaint.escalate")
def complaint_follows_in_time(objection: Dispute, at: datetime) -> bool | Because:
    until = objection.escalation_due_at
    return (until is not None and at < until) or Because(until=cn_deadline(until) if until else "")


def may_complain(objection: Dispute, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the filer may complain of what came of its objection."""
    was_answered = objection_was_answered(objection)
    if not was_answered.holds:
        return (was_answered,)
    return (complaint_follows_in_time(objection, at),)


# --- The sides ------------------------------------------------------------------------------------
@guard(_("已经办结，现在是“%(status)s”"))
def dispute_is_pending(dispute: Dispute) -> bool | Because:
    return dispute.is_pending or Because(status=dispute.get_status_display())


@guard(_("现在是“%(status)s”，不能答复"))
def dispute_awaits_an_answer(dispute: Dispute) -> bool | Because:
    awaits = dispute.status == Status.ANSWERING
    return awaits or Because(status=dispute.get_status_display())


@guard(_("答复的期限已于 %(until)s 届满"), rule="complaint.answer")
def answer_is_in_time(dispute: Dispute, at: datetime) -> bool | Because:
    until = dispute.answer_due_at
    return (until is not None and at < until) or Because(until=cn_deadline(until) if until else "")


@guard(_("答复的期限还没有满"), rule="complaint.answer")
def answer_is_overdue(dispute: Dispute, at: datetime) -> bool:
    return dispute.answer_due_at is not None and at >= dispute.answer_due_at


@guard(_("还在投诉期内"), rule="complaint.escalate")
def escalation_is_over(dispute: Dispute, at: datetime) -> bool:
    return dispute.escalation_due_at is not None and at >= dispute.escalation_due_at


@guard(_("请写明答复，对方会原样看到，并向社会公开"), source=FORM)
def answer_is_given(answer: str) -> bool:
    return bool(answer.strip())


def may_answer(dispute: Dispute, at: datetime) -> tuple[Verdict, ...]:
    """Ask all but the words before the other side answers."""
    awaits = dispute_awaits_an_answer(dispute)
    return (awaits, answer_is_in_time(dispute, at)) if awaits.holds else (awaits,)


def may_go_unanswered(dispute: Dispute, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the time for the answer is over."""
    return dispute_awaits_an_answer(dispute), answer_is_overdue(dispute, at)


def may_lapse(dispute: Dispute, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the time to complain of an answer is over."""
    return objection_was_answered(dispute), escalation_is_over(dispute, at)


# --- The officers ---------------------------------------------------------------------------------
@guard(_("已经作出是否受理的决定，现在是“%(status)s”"))
def dispute_awaits_the_check(dispute: Dispute) -> bool | Because:
    return dispute.status == Status.FILED or Because(status=dispute.get_status_display())


@guard(_("现在是“%(status)s”，不能作出处理决定"))
def complaint_awaits_the_decision(dispute: Dispute) -> bool | Because:
    awaits = dispute.status == Status.ANSWERED and dispute.is_complaint
    return awaits or Because(status=dispute.get_status_display())


@guard(_("现在是“%(status)s”，还不能办结"))
def dispute_was_decided(dispute: Dispute) -> bool | Because:
    return dispute.status == Status.DECIDED or Because(status=dispute.get_status_display())


@guard(_("受理人不能作出处理决定，须由受理人以外的人员审核"))
def officer_did_not_check(dispute: Dispute, by: User) -> bool:
    return dispute.checked_by_id != by.pk


@guard(_("您在提出单位或者答复单位任职，应当回避"))
def officer_is_of_no_side(dispute: Dispute, by: User) -> bool:
    """An officer of the operating authority complained of is of a side as well."""
    units = known.once_here("units", by.pk, read=lambda: _units(by.pk))
    return {dispute.filer_id, dispute.respondent_id}.isdisjoint(units)


@statement
def _units(person: int) -> QuerySet[Membership, int]:
    return Membership.objects.filter(user=person).values_list("organization_id", flat=True)


@guard(_("您办理过这项采购的审核、发布或者登记，应当回避"))
def officer_took_no_part_in_the_order(dispute: Dispute, by: User) -> bool:
    tender = dispute.tender
    if tender is None or not dispute.is_complaint:
        return True
    return by.pk not in {getattr(tender, f"{act}_id") for act in ACTS_ON_AN_ORDER}


@guard(_("您已经回避"))
def officer_stands_by(dispute: Dispute, by: User) -> bool:
    left = known.once_here("recusals", by.pk, read=lambda: _recusals(by.pk))
    return dispute.pk not in left


@statement
def _recusals(person: int) -> QuerySet[DisputeRecusal, int]:
    return DisputeRecusal.objects.filter(user=person).values_list("dispute_id", flat=True)


@guard(_("请写明理由，双方会原样看到"), source=FORM)
def officer_gives_reasons(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("投诉成立、事关选取结果或者其他参加机构，并且结果还在公示期的，才能撤销中选结果"))
def award_can_be_cancelled(dispute: Dispute, *, is_upheld: bool) -> bool:
    about = dispute.matter in {Matter.SELECTION, Matter.AGENCY, Matter.NOTICE}
    award = dispute.tender.award if dispute.tender is not None else None
    return is_upheld and about and award is not None and award.status == Award.Status.PENDING


def officer_verdicts(dispute: Dispute, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may take part at all."""
    return (
        officer_stands_by(dispute, by),
        officer_is_of_no_side(dispute, by),
        officer_took_no_part_in_the_order(dispute, by),
    )


def may_check(dispute: Dispute, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold before `by` takes a matter up or refuses to."""
    return dispute_awaits_the_check(dispute), *officer_verdicts(dispute, by)


def may_decide(dispute: Dispute, by: User) -> tuple[Verdict, ...]:
    """Ask all but the reasons that must hold before `by` decides a complaint."""
    awaits = complaint_awaits_the_decision(dispute)
    if not awaits.holds:
        return (awaits,)
    return officer_did_not_check(dispute, by), *officer_verdicts(dispute, by)


def may_close(dispute: Dispute, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may note that a decision was carried out."""
    return dispute_was_decided(dispute), *officer_verdicts(dispute, by)
