"""What marketplace contributes to the workbench."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.guards.factors import reset_is_confirmed_by_a_third
from marketplace.guards.memberships import confirmed_by_a_third
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import Deadline, Parameter
from marketplace.kernel.models.ends import first_to_end
from marketplace.kernel.statements import Prefix, statement
from marketplace.kernel.trail import last_check
from marketplace.models import (
    Agency,
    CatalogueList,
    ChangeProposal,
    Division,
    FactorReset,
    Invitation,
    Membership,
    Organization,
    RuleProposal,
    User,
)
from marketplace.models.deadlines import AdmissionDeadline, ChangeDeadline
from marketplace.models.divisions import place_names
from marketplace.pages.certificates import certificate_rows
from marketplace.pages.laws import lapsed_rows
from marketplace.pages.moves import moves_to_answer, moves_to_decide
from marketplace.pages.owners import own_corrections, owners_to_check
from marketplace.pages.performance import works_to_check
from marketplace.pages.starts import start_of
from marketplace.parties import Party, unread_of
from marketplace.permissions import (
    can_change_admission,
    can_change_buyer,
    can_keep_catalogue,
    can_manage_members,
    can_read_trail,
    can_see_admission_queue,
    can_see_lapsed_sources,
    can_see_rule_proposals,
    can_set_up_authorities,
)
from marketplace.rules import INVITATION_LIFE
from marketplace.web.workbench import ASKED, Aside, NavItem, Todo

Status = Agency.Status
NAMED = ("organization__slug", "organization__name", "organization__division")
"""What the officers' acts are named by."""
First = tuple[int, datetime, bool]
"""What waits: its key, until when, and whether that is provisional."""

GRACE = timedelta(minutes=10)
"""How long the schedule may take to make an agency active whose publicity has ended."""

PUBLICITY_ENDS = gettext_lazy("入驻公示期满")


def nav(party: Party, at: datetime) -> list[NavItem]:  # noqa: ARG001 - the contributors' signature
    """Return marketplace's entries of the side navigation."""
    items = [NavItem(reverse("marketplace:workbench"), _("待办"), "i-home", 10)]
    if party.is_agency:
        items += _agency_nav()
    if can_change_buyer(party):
        items.append(NavItem(reverse("marketplace:buyer_facts"), _("单位资料"), "i-doc", 14))
    if can_see_admission_queue(party):
        items += _officer_nav(party.organization.division)
    items += _office_nav(party)
    if can_see_rule_proposals(party):
        waiting = RuleProposal.objects.within(party.organization.division).waiting()
        url = reverse("marketplace:rule_proposals")
        items.append(NavItem(url, _("规则维护"), "i-pen", 38, waiting.count()))
    if can_keep_catalogue(party):
        count = CatalogueList.objects.waiting().count()
        items.append(NavItem(reverse("marketplace:catalogue"), _("目录维护"), "i-doc", 37, count))
    if can_manage_members(party):
        items.append(NavItem(reverse("marketplace:members"), _("成员"), "i-users", 15))
    items.append(NavItem(reverse("marketplace:inbox"), _("通知"), "i-bell", 90, unread_of(party)))
    return items


def _office_nav(party: Party) -> Iterator[NavItem]:
    """Yield what every officer sees, and what a manager looks after."""
    if party.is_officer:
        yield NavItem(reverse("marketplace:stand_ins"), _("不在岗与代办"), "i-users", 16)
    if can_set_up_authorities(party):
        yield NavItem(reverse("marketplace:authorities"), _("管理机构"), "i-users", 39)
    if can_see_lapsed_sources(party):
        yield NavItem(reverse("marketplace:lapsed_sources"), _("已失效依据"), "i-book", 40)
    if can_read_trail(party):
        yield NavItem(reverse("marketplace:trail"), _("操作记录"), "i-clock", 41)


def _agency_nav() -> list[NavItem]:
    """Return where an agency keeps what is registered of it."""
    return [
        NavItem(reverse("marketplace:admission"), _("入驻资料"), "i-doc", 12),
        NavItem(reverse("marketplace:changes"), _("登记变更"), "i-pen", 13),
        NavItem(reverse("marketplace:moves"), _("人员转入转出"), "i-users", 13),
        NavItem(reverse("marketplace:performance"), _("业绩"), "i-doc", 13),
    ]


def _officer_nav(division: Division) -> list[NavItem]:
    """Return the queues of an operator."""
    applications = NavItem(reverse("marketplace:admission_queue"), _("入驻审核"), "i-check", 12)
    changes = NavItem(reverse("marketplace:change_queue"), _("变更审核"), "i-pen", 13)
    return [
        applications.counting(_applications_waiting(division.prefix)),
        changes.counting(_changes_waiting(division.prefix)),
        NavItem(reverse("marketplace:owner_queue"), _("业主核验"), "i-check", 14),
        NavItem(reverse("marketplace:move_queue"), _("人员转入"), "i-users", 14),
        NavItem(reverse("marketplace:performance_queue"), _("业绩核验"), "i-check", 14),
    ]


def todos(party: Party, at: datetime) -> list[Todo]:
    """Return what `party` has to do about admissions, owners, and new officers."""
    return [*_resets(party), *_confirmations(party, at), *_admission_todos(party, at)]


def acceptable_invitations(person: User, at: datetime) -> list[Invitation]:
    """Return the invitations that wait for nobody but the person invited."""
    return _acceptable(person.pk, at)


@statement
def _acceptable(person: int, at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.acceptable(at).filter(user=person).with_relations()


def _confirmations(party: Party, at: datetime) -> Iterator[Todo]:
    """Yield the new officers to confirm: the own authority's, and those nobody else can confirm."""
    if not party.is_officer:
        return
    for invitation in _unconfirmed(**_officer(party), at=at):
        if confirmed_by_a_third(invitation, party.user).holds:
            yield Todo(
                title=_("确认新的管理机构人员"),
                subject=f"{invitation.organization}，{invitation.get_role_display()}",
                url=reverse("marketplace:invitation_confirm", args=[invitation.slug]),
                action=_("核对"),
                due_at=invitation.expires_at,
                rule=INVITATION_LIFE.key,
            )


def _officer(party: Party) -> dict[str, Any]:
    """Return for what an officer looks at new colleagues: managers also look below."""
    authority = party.organization
    return {
        "authority": authority.pk,
        "division": authority.division.code,
        "prefix": authority.division.prefix,
        "is_manager": party.has_role(Membership.Role.MANAGER),
    }


@statement
def _unconfirmed(
    *, authority: int, division: str, prefix: Prefix, is_manager: bool, at: datetime
) -> QuerySet[Invitation]:
    waiting = Invitation.objects.unconfirmed(at).with_relations()
    rows = waiting.filter(organization=authority)
    if is_manager:
        below = waiting.filter(organization__division__code__startswith=prefix)
        others = below.exclude(organization__division=division)
        rows = rows | others.without_a_second_officer()
    return rows.order_by("expires_at", "pk")[:ASKED]


@statement
def _resets_to_confirm(
    *,
    authority: int,
    division: str,  # noqa: ARG001 - the same of an officer as above
    prefix: Prefix,
    is_manager: bool,
) -> QuerySet[FactorReset]:
    waiting = FactorReset.objects.waiting().with_people()
    rows = waiting.filter(organization=authority)
    if is_manager:
        rows = rows | waiting.filter(organization__division__code__startswith=prefix)
    return rows.order_by("asked_at", "pk")[:ASKED]


def _resets(party: Party) -> Iterator[Todo]:
    """Yield the lost devices to confirm: of the own authority and, for managers, of those below."""
    if not party.is_officer:
        return
    for reset in _resets_to_confirm(**_officer(party)):
        if reset_is_confirmed_by_a_third(reset, party.user).holds:
            yield Todo(
                title=_("确认二次验证重置"),
                subject=f"{reset.organization}，{reset.user}",
                url=reverse("marketplace:reset", args=[reset.slug]),
                action=_("核对"),
            )


def _agency_of(party: Party) -> Agency | None:
    unit = party.organization
    return known.once_here("agency", unit.pk, read=lambda: Agency.objects.of(unit))


def _admission_todos(party: Party, at: datetime) -> list[Todo]:
    if can_see_admission_queue(party):
        prefix = party.organization.division.prefix
        return [
            *_officers_todos(prefix, at),
            *_changes_to_check(prefix),
            *owners_to_check(prefix),
            *moves_to_decide(prefix, at),
            *works_to_check(prefix),
        ]
    if can_change_buyer(party):
        return [*own_corrections(party.organization.pk)]
    agency = _agency_of(party)
    if agency is None or not can_change_admission(party, agency):
        return []
    return [*_own_todos(agency), *_changes_to_correct(agency), *moves_to_answer(agency)]


def _officers_todos(prefix: str, at: datetime) -> Iterator[Todo]:
    """Yield what there is to check, and whose publicity has ended without making it active."""
    held, submitted = _held(prefix, at), _first_submitted(prefix)
    named = {key: row for key, *row in _applications([one[0] for one in (*held, *submitted)])}
    places = place_names() if named else {}
    for key, ends_at, _is_provisional in held:
        slug, name, division = named[key]
        yield Todo(
            title=_("核实法定代表人，公示期满后没有生效"),
            subject=_name_and_place(name, places[division]),
            url=reverse("marketplace:admission_check", args=[slug]),
            action=_("核实"),
            due_at=ends_at,
            rule="onboarding.publicity",
        )
    for key, ends_at, is_provisional in submitted:
        slug, name, division = named[key]
        yield Todo(
            title=_("形式审核入驻申请"),
            subject=_name_and_place(name, places[division]),
            url=reverse("marketplace:admission_check", args=[slug]),
            action=_("审核申请"),
            due_at=ends_at,
            is_provisional=is_provisional,
            rule="onboarding.formal_check",
        )


def _changes_to_check(prefix: str) -> Iterator[Todo]:
    """Yield the changes that agencies of the area propose."""
    found = _first_changes(prefix)
    named = {key: row for key, *row in _proposals([one[0] for one in found])}
    for key, ends_at, is_provisional in found:
        slug, name, title = named[key]
        yield Todo(
            title=_("形式审核登记变更"),
            subject=_("%(name)s：%(title)s") % {"name": name, "title": title},
            url=reverse("marketplace:change_check", args=[slug]),
            action=_("审核变更"),
            due_at=ends_at,
            is_provisional=is_provisional,
            rule="onboarding.formal_check",
        )


def _changes_to_correct(agency: Agency) -> Iterator[Todo]:
    """Yield the changes that an officer returned to the agency."""
    for proposal in _returned_changes(agency.pk):
        yield Todo(
            title=_("修改退回的登记变更"),
            subject=proposal.title,
            url=reverse("marketplace:change", args=[proposal.slug]),
            action=_("查看理由"),
        )


@statement
def _first_changes(prefix: Prefix) -> QuerySet[Deadline, First]:
    submitted = ChangeProposal.objects.standing_at(prefix, ChangeProposal.Status.SUBMITTED)
    return first_to_end(ChangeDeadline.CHECK, submitted)[:ASKED]


@statement
def _proposals(keys: Sequence[int]) -> QuerySet[ChangeProposal, Any]:
    named = ("pk", "slug", "agency__organization__name", "title")
    return ChangeProposal.objects.filter(pk__in=keys).order_by().values_list(*named)


@statement
def _returned_changes(agency: int) -> QuerySet[ChangeProposal]:
    returned = ChangeProposal.objects.filter(status=ChangeProposal.Status.RETURNED)
    return returned.filter(agency=agency)


@statement
def _changes_waiting(prefix: Prefix) -> QuerySet[ChangeProposal, int]:
    waiting = ChangeProposal.objects.standing_at(prefix, ChangeProposal.Status.SUBMITTED)
    return waiting.order_by().values_list("pk", flat=True)[:ASKED]


@statement
def _applications_waiting(prefix: Prefix) -> QuerySet[Agency, int]:
    waiting = Agency.objects.standing_at(prefix, Status.SUBMITTED)
    return waiting.order_by().values_list("pk", flat=True)[:ASKED]


def _name_and_place(name: str, place: str) -> str:
    return _("%(name)s（%(place)s）") % {"name": name, "place": place}


@statement
def _first_submitted(prefix: Prefix) -> QuerySet[Deadline, First]:
    submitted = Agency.objects.standing_at(prefix, Status.SUBMITTED)
    return first_to_end(AdmissionDeadline.CHECK, submitted)[:ASKED]


@statement
def _held(prefix: Prefix, at: datetime) -> QuerySet[Deadline, First]:
    """
    Return those whose publicity has ended without making them active.

    The schedule activates every other one within seconds of its end; `GRACE` is for these.
    """
    published = Agency.objects.standing_at(prefix, Status.PUBLICITY)
    ended = first_to_end(AdmissionDeadline.PUBLICITY, published).filter(ends_at__lte=at - GRACE)
    return ended[:ASKED]


@statement
def _applications(keys: Sequence[int]) -> QuerySet[Agency, Any]:
    return Agency.objects.filter(pk__in=keys).order_by().values_list("pk", *NAMED)


def _own_todos(agency: Agency) -> list[Todo]:
    url = reverse("marketplace:admission")
    match agency.status:
        case Status.DRAFT:
            subject = _("提交后由运营机构形式审核，通过后公示，公示期满在全省有效")
            return [Todo(_("填写并提交入驻申请"), subject, url, _("继续填写"))]
        case Status.RETURNED:
            return [Todo(_("按退回理由更正入驻申请"), agency.return_reasons, url, _("查看理由"))]
    return []


@dataclass(frozen=True)
class Duty:
    """What a manager looks after, with how much of it there is."""

    label: str
    count: int
    text: str
    url: str


def _duties(authority: Organization, on: date) -> list[Duty]:
    """Return the work of an authority's manager."""
    return [
        Duty(
            _("已失效依据"),
            len(lapsed_rows(on)),
            _("依据的法律法规已经废止或修改，须换成现行的"),
            reverse("marketplace:lapsed_sources"),
        ),
        Duty(
            _("将要生效的规则"),
            Parameter.objects.filter(in_force_from__gt=on).count(),
            _("规则手册里已经登记、还没有开始执行的数值"),
            reverse("marketplace:rulebook"),
        ),
        Duty(
            _("本单位成员"),
            authority.memberships.active().count(),
            _("邀请同事、设定角色、结束任职"),
            reverse("marketplace:members"),
        ),
    ]


@dataclass(frozen=True)
class OwnUnit:
    """The reader's unit as the panel says it; `admission` is empty for all but agencies."""

    kind: str
    uscc: str
    place: str
    admission: str
    is_authority: bool
    is_settled: bool
    """Whether the check digit of its credit code holds or was seen to."""


def _own_unit(party: Party, agency: Agency | None) -> OwnUnit:
    unit = party.organization
    return OwnUnit(
        kind=unit.get_kind_display(),
        uscc=unit.uscc or "",
        place=str(unit.place),
        admission=agency.get_status_display() if agency else "",
        is_authority=party.is_authority,
        is_settled=unit.uscc_is_settled,
    )


def asides(party: Party, at: datetime) -> list[Aside]:
    """Return the panels beside the to-dos: the organisation, and an agency's certificates."""
    agency = _agency_of(party)
    if can_see_lapsed_sources(party):
        duties = _duties(party.organization, day_of(at))
        return [
            Aside("marketplace/_aside_duties.html", {"duties": duties}, 20, is_wide=True),
            Aside("marketplace/_aside_trail.html", {"check": last_check()}, 70),
            Aside("marketplace/_aside_organization.html", {"unit": _own_unit(party, None)}, 80),
            *start_of(party),
        ]
    unit = _own_unit(party, agency)
    panels = [Aside("marketplace/_aside_organization.html", {"unit": unit}, 80), *start_of(party)]
    if agency is not None and (rows := certificate_rows(agency, day_of(at))):
        template = "marketplace/_aside_certificates.html"
        panels.append(Aside(template, {"certificates": rows}, 30))
    return panels
