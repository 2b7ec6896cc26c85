"""May an agency on the register propose a change, take it back; may an officer decide it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.guards.admissions import (
    certificate_is_new,
    class_takes_a_word,
    officer_is_independent,
    practitioner_is_new,
    practitioner_may_practise,
    reasons_are_given,
)
from marketplace.guards.registration import GB_32100, may_register_in, may_use_uscc
from marketplace.identifiers import check_uscc
from marketplace.kernel.laws import FORM
from marketplace.kernel.models.labels import label_of
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Agency, ChangeProposal, Qualification, User
from marketplace.questions import Sanction, sanctions_on_namesakes
from marketplace.registered import ON_THE_LICENCE, Plain, Target, model_of, read

Act, Part, Status = ChangeProposal.Act, ChangeProposal.Part, ChangeProposal.Status
NEW = (Act.ADD, Act.RENEW)


@dataclass(frozen=True)
class Wanted:
    """A change that is proposed, as it would be stored; `but` is the proposal that it corrects."""

    part: str
    act: str
    target: Target | None
    values: dict[str, Plain]
    paper_count: int = 0
    but: ChangeProposal | None = None


def wanted_by(proposal: ChangeProposal, target: Target | None) -> Wanted:
    """Return what a stored proposal wants, to be asked about again."""
    count = proposal.papers.standing().count()
    return Wanted(proposal.part, proposal.act, target, proposal.values, count, proposal)


@guard(_("只有全省有效的机构可以申请变更，现在是“%(status)s”"), rule="onboarding.formal_check")
def agency_is_on_the_register(agency: Agency) -> bool | Because:
    holds = agency.status == Agency.Status.ACTIVE
    return holds or Because(status=agency.get_status_display())


@guard(_("没有改动，不需要申请变更"), source=FORM)
def change_differs(wanted: Wanted) -> bool:
    return bool(wanted.values) or wanted.act == Act.END


@guard(_("要变更的内容已经不在登记中"))
def target_is_registered(wanted: Wanted) -> bool:
    return wanted.target is not None or wanted.part == Part.FACTS or wanted.act == Act.ADD


@guard(_("“%(labels)s”已有一项变更在办理，办结或者撤回以后才能再提"))
def nothing_is_open_on_the_same(agency: Agency, wanted: Wanted) -> bool | Because:
    others = agency.changes.open().filter(part=wanted.part)
    if wanted.but is not None:
        others = others.exclude(pk=wanted.but.pk)
    found = {name: None for other in others for name in _shared(wanted, other)}
    return not found or Because(labels="、".join(found))


def _shared(wanted: Wanted, other: ChangeProposal) -> Iterator[str]:
    """Yield the words for what two proposals would both change."""
    names = [name for name in wanted.values if name in other.values]
    if wanted.part != Part.FACTS and not _is_of_one_row(wanted, other):
        return
    acts = {wanted.act, other.act}
    if Act.END in acts or (acts <= set(NEW)):
        yield other.title
    elif acts == {Act.CHANGE}:
        for name in names:
            yield label_of(model_of(wanted.part, name), name)


def _is_of_one_row(wanted: Wanted, other: ChangeProposal) -> bool:
    if wanted.target is not None:
        return wanted.target.pk == other.target
    asked = ("service_class", "certificate_number")
    return other.target is None and all(
        wanted.values.get(name) == other.values.get(name) for name in asked
    )


@guard(_("请上传证明这项变更的材料"))
def change_has_its_papers(wanted: Wanted) -> bool:
    return wanted.paper_count > 0 or not needs_papers(wanted)


def needs_papers(wanted: Wanted) -> bool:
    """Tell whether an officer must have something to compare the change with."""
    if wanted.part == Part.FACTS:
        return not ON_THE_LICENCE.isdisjoint(wanted.values)
    if wanted.act == Act.END:
        return False
    return wanted.values.get("kind") != Qualification.Kind.COMMITMENT


def about_its_content(agency: Agency, wanted: Wanted) -> tuple[Verdict, ...]:
    """Ask what is asked of the same content where an agency is admitted."""
    values, now = wanted.values, wanted.target
    if wanted.part == Part.FACTS:
        return _about_the_facts(agency, values)
    if wanted.act == Act.END or (now is None and wanted.act == Act.CHANGE):
        return ()
    if wanted.part == Part.PRACTITIONER and "certificate_number" in values:
        return (practitioner_is_new(str(values["certificate_number"])),)
    if wanted.part == Part.QUALIFICATION:
        return _about_a_certificate(agency, wanted)
    return ()


def _about_a_person(wanted: Wanted, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether somebody who is to be entered may practise when the change takes effect."""
    if wanted.part != Part.PRACTITIONER or "certificate_number" not in wanted.values:
        return ()
    return (practitioner_may_practise(str(wanted.values["certificate_number"]), at),)


def _about_the_facts(agency: Agency, values: dict[str, Plain]) -> tuple[Verdict, ...]:
    organization = copy(agency.organization)
    places = [name for name in ("division", "registered_in") if name in values]
    for name in places:
        setattr(organization, name, read(Part.FACTS, name, values[name]))
    return (
        *(may_register_in(organization.division, organization.registered_in) if places else ()),
        *(
            may_use_uscc(check_uscc(str(values["uscc"])), agency.organization)
            if values.get("uscc")
            else ()
        ),
    )


def _about_a_certificate(agency: Agency, wanted: Wanted) -> tuple[Verdict, ...]:
    row = copy(wanted.target) if wanted.act == Act.CHANGE else Qualification()
    assert isinstance(row, Qualification)  # noqa: S101 - the part says so
    for name, value in wanted.values.items():
        setattr(row, name, read(wanted.part, name, value))
    row.agency = agency
    return certificate_is_new(
        agency, row.service_class, row.certificate_number, row.valid_from, but=row.pk
    ), class_takes_a_word(row.service_class, row.kind)


@guard(_("这项变更不在待形式审核状态，现在是“%(status)s”"), rule="onboarding.formal_check")
def change_awaits_check(proposal: ChangeProposal) -> bool | Because:
    return proposal.status == Status.SUBMITTED or Because(status=proposal.get_status_display())


@guard(_("只有退回修改的变更可以修改后重新提交，现在是“%(status)s”"))
def change_is_returned(proposal: ChangeProposal) -> bool | Because:
    return proposal.status == Status.RETURNED or Because(status=proposal.get_status_display())


@guard(_("这项变更已经办结，不能撤回，现在是“%(status)s”"))
def change_is_open(proposal: ChangeProposal) -> bool | Because:
    is_open = proposal.status in {Status.SUBMITTED, Status.RETURNED}
    return is_open or Because(status=proposal.get_status_display())


@guard(_("提出变更的人不能审核自己提出的变更"))
def change_is_checked_by_another(proposal: ChangeProposal, by: User) -> bool:
    return proposal.proposed_by_id != by.pk


@guard(
    _("新的统一社会信用代码的校验码与按标准算出的不符，通过前须对照证照核实，并勾选确认"),
    source=GB_32100,
)
def new_uscc_is_confirmed(proposal: ChangeProposal, confirmed: bool) -> bool:  # noqa: FBT001 - the officer's tick
    code = proposal.values.get("uscc")
    return not code or not check_uscc(code).wrong_check_digit or confirmed


def namesakes_of_the_new(proposal: ChangeProposal, at: datetime) -> list[Sanction]:
    """Return the sanctions on namesakes of the representative that is proposed."""
    name = proposal.values.get("legal_representative")
    if proposal.part != Part.FACTS or not name:
        return []
    organization = copy(proposal.agency.organization)
    organization.legal_representative = str(name)
    return sanctions_on_namesakes(organization, at)


@guard(
    _(
        "新的法定代表人与处于信用限制期的机构的法定代表人同名：%(sanctions)s。"
        "须由运营人员核实身份证明，确认不是同一人，并勾选"
    )
)
def new_representative_is_not_sanctioned(
    proposal: ChangeProposal, at: datetime, ruled_out: Collection[str] = ()
) -> bool | Because:
    named = [
        gettext("%(name)s（%(reference)s）")
        % {"name": one.organization.name, "reference": one.reference}
        for one in namesakes_of_the_new(proposal, at)
        if one.reference not in ruled_out
    ]
    return not named or Because(sanctions="、".join(named))


def may_propose_change(agency: Agency, wanted: Wanted) -> tuple[Verdict, ...]:
    """Ask whether the agency may hand this change in for the formal check."""
    return (
        agency_is_on_the_register(agency),
        target_is_registered(wanted),
        change_differs(wanted),
        nothing_is_open_on_the_same(agency, wanted),
        change_has_its_papers(wanted),
        *about_its_content(agency, wanted),
    )


def may_correct_change(proposal: ChangeProposal, wanted: Wanted) -> tuple[Verdict, ...]:
    """Ask whether the agency may hand a returned change in again, as it is now."""
    return change_is_returned(proposal), *may_propose_change(proposal.agency, wanted)


def may_decide_change(proposal: ChangeProposal, by: User) -> tuple[Verdict, ...]:
    """Ask whether the officer may decide at all."""
    return (
        change_awaits_check(proposal),
        officer_is_independent(proposal.agency, by),
        change_is_checked_by_another(proposal, by),
    )


def may_return_change(proposal: ChangeProposal, reasons: str, by: User) -> tuple[Verdict, ...]:
    """Ask whether the officer may return the change for correction."""
    return *may_decide_change(proposal, by), reasons_are_given(reasons)


def may_confirm_change(
    proposal: ChangeProposal,
    target: Target | None,
    by: User,
    at: datetime,
    *,
    uscc_confirmed: bool,
    ruled_out: Collection[str],
) -> tuple[Verdict, ...]:
    """Ask whether the change may take effect; what it rests on is asked as it stands now."""
    wanted = wanted_by(proposal, target)
    return (
        *may_decide_change(proposal, by),
        agency_is_on_the_register(proposal.agency),
        target_is_registered(wanted),
        *about_its_content(proposal.agency, wanted),
        *_about_a_person(wanted, at),
        new_uscc_is_confirmed(proposal, uscc_confirmed),
        new_representative_is_not_sanctioned(proposal, at, ruled_out),
    )
