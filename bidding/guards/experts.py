"""May somebody be kept in the pool, drawn from it, and are there enough for a panel?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from bidding.models import Expert, ExpertQuerySet, PanelFailure, Tender
from bidding.rules.methods import PANEL_SEATS
from bidding.selection.templates import read_named
from marketplace.identifiers import check_uscc
from marketplace.kernel.calendar import day_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Membership, Organization, User
from marketplace.names import name_key
from marketplace.ownership import Limits, behind, bonds_among, heads_of
from marketplace.ties import PERSON, UNIT, Ties, keys_of, ties_around


# --- Who is kept in the pool ----------------------------------------------------------------------
@guard(_("请先在“成员”里邀请这个人担任评审专家，接受以后才能登记"))
def person_is_an_expert_of_the_office(user: User, office: Organization) -> bool:
    held = Membership.objects.active().filter(user=user, organization=office)
    return held.filter(role=Membership.Role.EXPERT).exists()


@guard(_("这个人已经登记"))
def person_is_not_registered(user: User) -> bool:
    return not Expert.objects.filter(user=user).exists()


@guard(_("请选择至少一个专业"), source=FORM)
def expert_has_a_specialty(specialties: Collection[object]) -> bool:
    return bool(specialties)


@guard(_("聘期止不能早于聘期起"), source=FORM)
def term_is_a_period(serves_from: date, serves_until: date) -> bool:
    return serves_from <= serves_until


@guard(_("统一社会信用代码 %(codes)s 不正确"), source=FORM)
def codes_are_right(codes: Iterable[str]) -> bool | Because:
    wrong = [code for code in codes if code and not check_uscc(code).is_right]
    return not wrong or Because(codes="、".join(wrong))


@guard(_("专家已经出库"))
def expert_is_in_the_pool(expert: Expert) -> bool:
    return expert.status != Expert.Status.REMOVED


@guard(_("专家已经是这个状态"))
def expert_stands_otherwise(expert: Expert, status: str) -> bool:
    return expert.status != status


@guard(_("请写明理由"), source=FORM)
def status_has_reasons(status: str, reasons: str) -> bool:
    return status == Expert.Status.ACTIVE or bool(reasons.strip())


def may_register(
    *,
    user: User,
    office: Organization,
    specialties: Collection[object],
    term: tuple[date, date],
    codes: Sequence[str],
) -> tuple[Verdict, ...]:
    """Ask what must hold before somebody is entered into the pool."""
    return (
        person_is_an_expert_of_the_office(user, office),
        person_is_not_registered(user),
        expert_has_a_specialty(specialties),
        term_is_a_period(*term),
        codes_are_right(codes),
    )


def may_move(expert: Expert, status: str, reasons: str) -> tuple[Verdict, ...]:
    """Ask what must hold before an expert is suspended, taken back or removed."""
    return (
        expert_is_in_the_pool(expert),
        expert_stands_otherwise(expert, status),
        status_has_reasons(status, reasons),
    )


# --- The pool of an order -------------------------------------------------------------------------
@guard(
    _(
        "专家库里这个专业可以抽取的专家 %(count)s 名，不足评审小组的 %(seats)s 名，"
        "请改用其他选取方式"
    ),
    rule=PANEL_SEATS.key,
)
def pool_seats_a_panel(tender: Tender, rules: Rules, at: datetime) -> bool | Because:
    count, seats = pool_of(tender, at).count(), rules[PANEL_SEATS]
    return count >= seats or Because(count=count, seats=seats)


@guard(_("申请回避的专家须每行一人，依次写明姓名、工作单位和理由"), source=FORM)
def named_experts_have_reasons(tender: Tender) -> bool:
    return read_named(tender.parameters) is not None


@guard(_("可以抽取的专家不足，组不成 %(seats)s 人的评审小组"), rule=PANEL_SEATS.key)
def panel_can_be_seated(available: int, seats: int) -> bool | Because:
    return available >= seats or Because(seats=seats)


def pool_of(tender: Tender, at: datetime) -> ExpertQuerySet:
    """Return who may be drawn for an order, before anybody is left out."""
    serving = Expert.objects.serving(at).versed_in(tender.item.service_class)
    return serving.order_by("slug").distinct()


def left_out_of(
    tender: Tender,
    experts: Sequence[Expert],
    bidders: Sequence[Organization],
    limits: Limits,
    at: datetime,
) -> dict[str, str]:
    """
    Return why experts of the frozen pool may not be drawn, by their codes; the first that applies.

    People of the owner and of a bidder, by employment, by what they declared and by who stands
    behind the units; whom the owner has named; officers who handle the order; and who serves no
    more.
    """
    day = day_of(at)
    owner, bids = _Side([tender.buyer]), _Side(bidders)
    employers = {one.pk: f"{UNIT}{one.employer_uscc}" for one in experts if one.employer_uscc}
    known = ties_around(
        {*owner.keys.values(), *bids.keys.values(), *employers.values()}, limits.depth
    )
    named = {(name_key(n.name), name_key(n.employer)) for n in read_named(tender.parameters) or ()}
    officers = {tender.created_by_id, tender.reviewed_by_id, tender.published_by_id}
    found: dict[str, str] = {}
    for one in experts:
        employer = employers.get(one.pk, "")
        if owner.is_tied_to(one, employer, known, limits):
            found[one.slug] = "owner"
        elif bids.is_tied_to(one, employer, known, limits):
            found[one.slug] = "bidder"
        elif (name_key(one.name), name_key(one.employer)) in named:
            found[one.slug] = "named"
        elif one.user_id in officers:
            found[one.slug] = "officer"
        elif not one.serves_on(day):
            found[one.slug] = "not_serving"
    return found


class _Side:
    """The units of one side of an order, and the people who act for them."""

    def __init__(self, units: Sequence[Organization]) -> None:
        self.keys: Mapping[int, str] = keys_of(units)
        self.codes = {unit.uscc for unit in units if unit.uscc}
        self.names = {name_key(unit.name) for unit in units}
        acting = Membership.objects.active().filter(organization__in=[unit.pk for unit in units])
        self.people = set(acting.values_list("user", flat=True))

    def is_tied_to(self, expert: Expert, employer: str, known: Ties, limits: Limits) -> bool:
        """Tell whether an expert works for one of the units, or is tied to one."""
        declared = {expert.employer_uscc, *(tie.uscc for tie in expert.ties.all())} - {""}
        if expert.user_id in self.people or not declared.isdisjoint(self.codes):
            return True
        if name_key(expert.employer) in self.names:
            return True
        return any(_is_behind(expert, employer, key, known, limits) for key in self.keys.values())


def _is_behind(expert: Expert, employer: str, key: str, known: Ties, limits: Limits) -> bool:
    """Tell whether an expert, or the employer, belongs together with the unit of a key."""
    edges = known.edges
    person = f"{PERSON}{expert.person_key}" if expert.person_key else ""
    if person and person in behind(edges, key, limits) | heads_of(edges, key):
        return True
    units = {"employer": employer, "party": key}
    return bool(employer) and bool(bonds_among(edges, units, limits))


def had_no_panel(tender: Tender) -> bool:
    """Tell whether an order failed for want of experts."""
    return PanelFailure.objects.filter(tender=tender, round=tender.selection_round).exists()
