"""May a case be opened."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from credit.effects import Matter
from credit.guards.bases import basis_verdicts
from credit.guards.schemes import (
    legal_basis_fits_the_kind,
    measure_fits_the_kind,
    months_fit_the_kind,
    severity_fits_the_kind,
)
from credit.in_force import breaches_at, scheme_at
from credit.models import Case, Measure, Severity
from marketplace.kernel.laws import FORM, parse
from marketplace.kernel.rules import Rule
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Agency, Organization, Practitioner, ServiceClass

SAME_MATTER = (
    *(Case.Status.NOTIFIED, Case.Status.HEARING, Case.Status.STATED, Case.Status.DECIDED),
)


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
    person_name: str = ""
    person_number: str = ""
    """A practitioner, whom the measure then binds in the place of the agency."""


PARTIES = {"organization", "authority"}
PROPOSED = tuple(one.name for one in fields(Proposal) if one.name not in PARTIES)
"""What a case keeps of a proposal, under the same names."""


def proposal_of(case: Case) -> Proposal:
    """Return what a case that was only found proposes so far."""
    return Proposal(
        organization=case.organization,
        authority=case.authority,
        **{name: getattr(case, name) for name in PROPOSED},
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


@guard(_("%(severity)s的信用限制期限为 %(first)s–%(last)s 个月"))
def months_are_within_range(severity: str, months: int, rule: Rule) -> bool | Because:
    first, last = rule.read
    return first <= months <= last or Because(
        severity=Severity(severity).label, first=first, last=last
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
