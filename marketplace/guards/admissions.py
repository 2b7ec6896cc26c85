"""May an agency be changed, submitted, checked, activated, withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.guards.papers import papers_are_complete
from marketplace.guards.registration import GB_32100
from marketplace.holdings import barred_among
from marketplace.kernel.calendar import day_of
from marketplace.kernel.citations import sources_of
from marketplace.kernel.laws import FORM
from marketplace.kernel.models.deadlines import MATTER
from marketplace.kernel.models.labels import label_of
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import (
    Agency,
    Membership,
    Practitioner,
    Qualification,
    ServiceClass,
    User,
)
from marketplace.questions import (
    Sanction,
    exit_verdicts,
    readmission_verdicts,
    sanctions_on_namesakes,
)

Status = Agency.Status
OPEN = frozenset({Status.DRAFT, Status.RETURNED})
NEEDED_OF_ORGANIZATION = (
    "name",
    "uscc",
    "legal_representative",
    "address",
    "contact_name",
    "contact_phone",
)
PUBLIC_NAMES = ("name", "uscc")
NEEDED_OF_AGENCY = ("nature", "founded_on", "business_scope", "office_address")


def namesakes_to_rule_out(agency: Agency, at: datetime) -> list[Sanction]:
    """Return the sanctions on namesakes that no officer has found to be another person's."""
    return not_ruled_out(agency, sanctions_on_namesakes(agency.organization, at))


def not_ruled_out(agency: Agency, found: Iterable[Sanction]) -> list[Sanction]:
    """Return those of `found` that no officer has found to be another person's."""
    return [one for one in found if one.reference not in agency.namesakes_ruled_out]


def missing_facts(agency: Agency) -> list[str]:
    """Return the labels of the facts that an application needs and this one has not."""
    return [
        label_of(row, name)
        for row, names in (
            (agency.organization, NEEDED_OF_ORGANIZATION),
            (agency, NEEDED_OF_AGENCY),
        )
        for name in names
        if not getattr(row, name)
    ]


@guard(_("入驻资料只在草稿和退回修改时可以改，现在是“%(status)s”"))
def admission_is_open(agency: Agency) -> bool | Because:
    return agency.status in OPEN or Because(status=agency.get_status_display())


@guard(_("基本情况待补充：%(missing)s"), source=FORM)
def facts_are_complete(agency: Agency) -> bool | Because:
    missing = missing_facts(agency)
    return not missing or Because(missing="、".join(missing))


@guard(_("还没有登记当前有效的资质，至少登记一项"))
def agency_has_valid_qualification(agency: Agency, at: datetime) -> bool:
    return agency.qualifications.valid_on(day_of(at)).exists()


@guard(_("这份入驻申请不在待形式审核状态，现在是“%(status)s”"), rule="onboarding.formal_check")
def admission_awaits_check(agency: Agency) -> bool | Because:
    return agency.status == Status.SUBMITTED or Because(status=agency.get_status_display())


@guard(_("您是这家机构的成员，不能审核自己的单位"))
def officer_is_independent(agency: Agency, by: User) -> bool:
    members = Membership.objects.active().filter(organization_id=agency.pk)
    return not members.filter(user=by).exists()


@guard(
    _("统一社会信用代码的校验码与按标准算出的不符，通过前须对照证照核实，并勾选确认"),
    source=GB_32100,
)
def uscc_is_confirmed(agency: Agency, confirmed: bool) -> bool:  # noqa: FBT001 - the officer's tick
    return agency.organization.has_valid_check_digit or confirmed


@guard(
    _(
        "法定代表人与处于信用限制期的机构同名：%(sanctions)s。"
        "信用限制期内不得换一个单位重新入驻；须由运营人员核实身份证明，确认不是同一人，并勾选"
    )
)
def representative_is_not_sanctioned(
    agency: Agency, at: datetime, ruled_out: Collection[str] = ()
) -> bool | Because:
    """A sanction that is not among `ruled_out` came after the officer had looked."""
    named = [
        gettext("%(name)s（%(reference)s）")
        % {"name": one.organization.name, "reference": one.reference}
        for one in namesakes_to_rule_out(agency, at)
        if one.reference not in ruled_out
    ]
    return not named or Because(sanctions="、".join(named))


@guard(_("退回要写明理由，让机构知道改什么"), source=FORM)
def reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("机构不在入驻公示期，现在是“%(status)s”"), rule="onboarding.publicity")
def agency_is_in_publicity(agency: Agency) -> bool | Because:
    return agency.status == Status.PUBLICITY or Because(status=agency.get_status_display())


@guard(_("入驻公示期还没有满"), rule="onboarding.publicity")
def publicity_is_over(agency: Agency, at: datetime) -> bool:
    """A publicity that an objection holds up is not over."""
    end = agency.publicity_ends_at
    return end is not None and end <= at and not agency.stands_still_by(MATTER)


@guard(_("入驻公示期已经满了，期满没有异议成立的自动生效"), rule="onboarding.publicity")
def publicity_runs_or_is_held(agency: Agency, at: datetime) -> bool:
    """Nothing may come between the end of a publicity and the activation that it brings."""
    return not all(verdict.holds for verdict in may_activate_agency(agency, at))


@guard(_("没有需要核实的同名法定代表人"))
def namesake_waits_to_be_ruled_out(agency: Agency, at: datetime) -> bool:
    return bool(namesakes_to_rule_out(agency, at))


@guard(_("机构没有退出，不需要重新申请入驻，现在是“%(status)s”"))
def agency_has_left(agency: Agency) -> bool | Because:
    return agency.status == Status.WITHDRAWN or Because(status=agency.get_status_display())


@guard(
    _("名称和信用代码已经列在公开的中选、合同和信用记录里，线上不能改：%(labels)s"),
)
def public_names_stay(agency: Agency, changed: Collection[str]) -> bool | Because:
    """An agency that was active once is known by its name and code in public records."""
    organization = agency.organization
    renamed = [name for name in PUBLIC_NAMES if name in changed]
    labels = [label_of(organization, name) for name in renamed]
    return agency.activated_at is None or not renamed or Because(labels="、".join(labels))


@guard(_("机构在形式审核、入驻公示中或者已经退出，不能办理退出，现在是“%(status)s”"))
def agency_can_leave(agency: Agency) -> bool | Because:
    return agency.status in OPEN | {Status.ACTIVE} or Because(status=agency.get_status_display())


@guard(_("这个类别下已经登记了同一编号的证书"))
def certificate_is_new(
    agency: Agency,
    service_class: ServiceClass,
    number: str,
    valid_from: date | None = None,
    but: int | None = None,
) -> bool:
    """One that is renewed under its number begins on another day; `but` is the row itself."""
    same = agency.qualifications.filter(service_class=service_class, certificate_number=number)
    if valid_from is not None:
        same = same.filter(valid_from=valid_from)
    others = same if but is None else same.exclude(pk=but)
    return not others.exists()


@guard(_("“%(name)s”依法须有资质证书，不能只作承诺"))
def class_takes_a_word(service_class: ServiceClass, kind: str) -> bool | Because:
    asks = service_class.requirement == ServiceClass.Requirement.CERTIFICATE
    if kind != Qualification.Kind.COMMITMENT or not asks:
        return True
    return Because(name=service_class.name).resting_on(sources_of(service_class.legal_basis))


@guard(_("这个执业证书已由一家机构登记。一人只在一家机构执业，请在“人员转入转出”中申请转入"))
def practitioner_is_new(number: str) -> bool:
    return not Practitioner.objects.filter(certificate_number=number).exists()


@guard(_("这名执业人员处于信用限制期，在任何机构都不能执业，限制解除以前不能登记"))
def practitioner_may_practise(number: str, at: datetime) -> bool:
    return not barred_among([number], at)


def may_submit_admission(agency: Agency, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the application may go to the formal check."""
    return (
        admission_is_open(agency),
        facts_are_complete(agency),
        agency_has_valid_qualification(agency, at),
        papers_are_complete(agency),
    )


def may_return_admission(agency: Agency, reasons: str, by: User) -> tuple[Verdict, ...]:
    """Ask whether the officer may return the application for correction."""
    return (
        admission_awaits_check(agency),
        officer_is_independent(agency, by),
        reasons_are_given(reasons),
    )


def may_approve_admission(
    agency: Agency,
    by: User,
    at: datetime,
    *,
    uscc_confirmed: bool,
    ruled_out: Collection[str],
) -> tuple[Verdict, ...]:
    """Ask whether the officer may pass the application on to publicity."""
    return (
        admission_awaits_check(agency),
        officer_is_independent(agency, by),
        uscc_is_confirmed(agency, uscc_confirmed),
        representative_is_not_sanctioned(agency, at, ruled_out),
    )


def may_uphold_objection(
    agency: Agency, reasons: str, by: User, at: datetime
) -> tuple[Verdict, ...]:
    """Ask whether the officer may end the publicity because an objection is right."""
    return (
        agency_is_in_publicity(agency),
        publicity_runs_or_is_held(agency, at),
        officer_is_independent(agency, by),
        reasons_are_given(reasons),
    )


def may_rule_out_namesakes(
    agency: Agency, ruled_out: Collection[str], by: User, at: datetime
) -> tuple[Verdict, ...]:
    """Ask whether the officer may confirm, during the publicity, that it is another person."""
    return (
        agency_is_in_publicity(agency),
        officer_is_independent(agency, by),
        namesake_waits_to_be_ruled_out(agency, at),
        representative_is_not_sanctioned(agency, at, ruled_out),
    )


def may_activate_agency(agency: Agency, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the publicity has ended by `at`, and no sanction on a namesake came meanwhile."""
    return (
        agency_is_in_publicity(agency),
        publicity_is_over(agency, at),
        representative_is_not_sanctioned(agency, at),
    )


def may_withdraw_agency(agency: Agency, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the agency may leave; the apps above say what it still has open."""
    return agency_can_leave(agency), *exit_verdicts(agency.organization, at)


def may_reapply(agency: Agency, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether an agency that left may apply again; the apps above say what stands against."""
    return agency_has_left(agency), *readmission_verdicts(agency.organization, at)
