"""Which bidders of an order belong together, and which only have a name in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Bid, Tender
from bidding.selection.kinship import Ties, namesakes
from marketplace.kernel.laws import cite
from marketplace.kernel.verdicts import Because, Text, Verdict, guard
from marketplace.models import Division, Membership, Organization, ServiceItem
from marketplace.names import name_key
from marketplace.ownership import (
    HOLDING,
    MANAGEMENT,
    SAME_CONTROLLER,
    SAME_HEAD,
    Bond,
    Limits,
    bond_between,
    heads_of,
)
from marketplace.ties import Department, key_of, keys_of, limits_at, ties_around
from marketplace.ties import Ties as Behind


def ties_of(agencies: Iterable[Organization], known: Behind | None = None) -> dict[int, Ties]:
    """Return by primary key what may tie each of `agencies` to another by who represents it."""
    rows = {agency.pk: agency for agency in agencies}
    edges = (known or ties_around(keys_of(rows.values()).values(), 0)).edges
    people: dict[int, set[str]] = defaultdict(set)
    acting = Membership.objects.active().filter(organization__in=rows)
    for organization, user in acting.values_list("organization", "user"):
        people[organization].add(f"person {user}")
    return {
        pk: Ties(
            agency.legal_representative,
            frozenset({*_marks(agency), *people[pk]}),
            heads_of(edges, key_of(agency)),
        )
        for pk, agency in rows.items()
    }


def _marks(agency: Organization) -> Iterable[str]:
    facts = {
        "phone": agency.contact_phone,
        "email": agency.contact_email,
        "address": agency.address,
    }
    return (f"{kind} {name_key(text)}" for kind, text in facts.items() if name_key(text))


def dependent_among(
    tender: Tender, agencies: Iterable[Organization], behind: Behind, limits: Limits
) -> frozenset[int]:
    """Return the agencies that belong to the owner, or to the department that decides."""
    return frozenset(
        agency.pk
        for agency in agencies
        if owner_bond(tender, agency, behind, limits)
        or department_of(tender, agency, behind, limits)
    )


def owner_bond(tender: Tender, agency: Organization, behind: Behind, limits: Limits) -> Bond | None:
    """Return how the owner of an order and an agency belong together, or None."""
    return bond_between(behind.edges, key_of(tender.buyer), key_of(agency), limits)


def department_of(
    tender: Tender, agency: Organization, behind: Behind, limits: Limits
) -> Department | None:
    """Return the department behind an agency that decides what the order is for, or None."""
    found = behind.departments_behind(key_of(agency), limits)
    decides = (
        one
        for one in found
        if one.name == tender.item.department and one.decides_in(tender.division)
    )
    return next(decides, None)


def ties_of_order(tender: Tender, agency: Organization, limits: Limits) -> Behind:
    """Return who stands behind the owner of an order and an agency."""
    return ties_around(keys_of([tender.buyer, agency]).values(), limits.depth)


def limits_in_the_province(at: datetime) -> Limits:
    """Return how far a holding is followed where no order says it."""
    return limits_at(Division.objects.get(level=Division.Level.PROVINCE), at)


OWNER_TIES: dict[str, Text] = {
    SAME_HEAD: _("法定代表人（负责人）为同一人"),
    SAME_CONTROLLER: _("受同一控制人控制"),
    HOLDING: _("有控股关系"),
    MANAGEMENT: _("有管理关系"),
}


@guard(_("机构与项目业主%(tie)s，不能承接项目业主的这项服务"))
def agency_is_not_of_the_owner(
    tender: Tender, agency: Organization, behind: Behind, limits: Limits
) -> bool | Because:
    """The owner's own units do no work for it that it must have done by others."""
    bond = owner_bond(tender, agency, behind, limits)
    return bond is None or Because(tie=OWNER_TIES[bond.kind])


@guard(
    _("机构由%(department)s或者其所属单位举办、出资或者主管，不能承接该部门审批事项的中介服务"),
    source=cite("优化营商环境条例", "第四十三条第二款"),
)
def agency_is_not_of_the_department(
    tender: Tender, agency: Organization, behind: Behind, limits: Limits
) -> bool | Because:
    department = department_of(tender, agency, behind, limits)
    return department is None or Because(department=department.name)


def may_serve_independently(
    tender: Tender, agency: Organization, limits: Limits
) -> tuple[Verdict, ...]:
    """Ask whether an agency belongs neither to the owner nor to the department that decides."""
    behind = ties_of_order(tender, agency, limits)
    return (
        agency_is_not_of_the_owner(tender, agency, behind, limits),
        agency_is_not_of_the_department(tender, agency, behind, limits),
        agency_did_not_draft_what_is_evaluated(tender, agency, limits),
    )


@guard(
    _(
        "同一项目代码 %(code)s 的“%(item)s”由%(drafter)s编制；编制单位以及与其有控股、管理关系的"
        "机构，不能承担对这个项目的评估、评审"
    )
)
def agency_did_not_draft_what_is_evaluated(
    tender: Tender, agency: Organization, limits: Limits
) -> bool | Because:
    """
    Keep whoever drafted for a project from judging it for the department that decides.

    What a department commissions is such a judgment; what an applicant does is what is judged.
    """
    for award in _drafts_of(tender):
        drafter = award.bid.agency
        ties = ties_around(keys_of([drafter, agency]).values(), limits.depth)
        is_same = drafter.pk == agency.pk
        if is_same or bond_between(ties.edges, key_of(drafter), key_of(agency), limits):
            item = award.tender.item.name
            return Because(code=tender.project_code, item=item, drafter=drafter.name)
    return True


def _drafts_of(tender: Tender) -> Iterable[Award]:
    """Return the awards for what an order has to judge: of the same project, not fallen."""
    department = ServiceItem.Party.DEPARTMENT
    if not tender.project_code or tender.item.commissioned_by != department:
        return []
    drafts = Award.objects.exclude(status=Award.Status.CANCELLED).filter(
        tender__project_code=tender.project_code
    )
    judged = drafts.exclude(tender__item__commissioned_by=department)
    return judged.select_related("tender__item", "bid__agency").order_by("pk")


def namesakes_of(tender: Tender) -> list[tuple[Organization, Organization]]:
    """
    Return the pairs of standing bidders that have only their representative's name in common.

    They are bidders of an opened order that awaits its registration; who bids is sealed before.
    """
    if tender.status != Tender.Status.EVALUATED:
        return []
    bids = Bid.objects.filter(tender=tender, status=Bid.Status.ACTIVE).select_related("agency")
    agencies = {bid.agency_id: bid.agency for bid in bids.order_by("pk")}
    pairs = namesakes(ties_of(agencies.values()))
    return [(agencies[one], agencies[other]) for one, other in pairs]


@guard(
    _(
        "报名机构的法定代表人同名，其他信息不同：%(pairs)s。同名不等于同一人；须核实身份，"
        "确认不是同一人，并勾选"
    )
)
def namesakes_are_other_people(tender: Tender, ruled_out: bool) -> bool | Because:  # noqa: FBT001 - the officer's tick
    """An officer has made sure that representatives of one name are two people."""
    pairs = [] if ruled_out else namesakes_of(tender)
    named = [
        gettext("%(one)s与%(other)s") % {"one": one.name, "other": other.name}
        for one, other in pairs
    ]
    return not named or Because(pairs="、".join(named))
