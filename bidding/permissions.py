"""Who may do what with orders, bids and contracts; whether it is possible now is for the guards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import QuerySet

from bidding.models import (
    Award,
    Bid,
    Contract,
    Dispute,
    Expert,
    Inspection,
    PanelSeat,
    PushedProject,
    Report,
    Tender,
)
from marketplace.kernel.statements import statement
from marketplace.models import Membership, Organization, User
from marketplace.parties import Party

Role = Membership.Role
Kind = Organization.Kind
BUYER_ROLES = (Role.BUYER_MANAGER, Role.BUYER_AGENT)
AGENCY_ROLES = (Role.AGENCY_MANAGER, Role.AGENCY_AGENT)
PARTY_ROLES = (*BUYER_ROLES, *AGENCY_ROLES)
HOLDERS = (Role.OPERATOR, Role.REGULATOR, Role.MANAGER)
"""The roles that `seal.holder` may name."""
OVERSEERS = (Role.OPERATOR, Role.REGULATOR, Role.MANAGER, Role.INSPECTOR)


# --- The buyer's side -----------------------------------------------------------------------------
def can_draft_tender(party: Party | None) -> bool:
    """Tell whether the person runs orders for a buyer."""
    return party is not None and _is_of(party, Kind.BUYER) and party.has_role(*BUYER_ROLES)


def can_see_draft(party: Party | None, tender: Tender) -> bool:
    """Tell whether the order is one that the person runs: a manager's unit's, an agent's own."""
    if party is None or not can_draft_tender(party) or tender.buyer_id != party.organization.pk:
        return False
    return party.has_role(Role.BUYER_MANAGER) or tender.created_by_id == party.user.pk


def can_take_up(party: Party | None, pushed: PushedProject) -> bool:
    """Tell whether a project was sent to the unit that the person runs orders for."""
    return (
        party is not None and can_draft_tender(party) and party.organization.pk == pushed.buyer_id
    )


def can_edit_tender(party: Party | None, tender: Tender) -> bool:
    """Tell whether the person may change, submit, cancel or rerun the order."""
    return can_see_draft(party, tender)


def can_act_as_buyer(party: Party | None, award: Award) -> bool:
    """Tell whether the person acts for the buyer of an awarded order."""
    return can_see_draft(party, award.tender)


# --- The operator's side --------------------------------------------------------------------------
def can_operate(party: Party | None) -> bool:
    """Tell whether the person is an operating officer anywhere."""
    return party is not None and _is_of(party, Kind.AUTHORITY) and party.has_role(Role.OPERATOR)


def can_operate_tender(party: Party | None, tender: Tender) -> bool:
    """Tell whether the person may review, publish or register the order, by its place."""
    return party is not None and can_operate(party) and party.covers(tender.division)


def can_see_operated(party: Party | None, tender: Tender) -> bool:
    """Tell whether the officer may know the order: not before the buyer has sent it in."""
    was_sent_in = tender.submitted_at is not None
    return can_operate_tender(party, tender) and was_sent_in


def can_open(party: Party | None) -> bool:
    """Tell whether the person is an officer of an office that may hold shares of orders' keys."""
    return party is not None and party.is_authority and party.has_role(*HOLDERS)


# --- The agency's side ----------------------------------------------------------------------------
def can_bid(party: Party | None) -> bool:
    """Tell whether the person acts for an agency."""
    return party is not None and _is_of(party, Kind.AGENCY) and party.has_role(*AGENCY_ROLES)


def can_act_as_agency(party: Party | None, award: Award) -> bool:
    """Tell whether the person acts for the winner of an order."""
    return party is not None and can_bid(party) and award.bid.agency_id == party.organization.pk


def can_read_own_plan(party: Party | None, bid: Bid) -> bool:
    """Tell whether an opened plan is that of the person's agency."""
    return party is not None and can_bid(party) and party.organization.pk == bid.agency_id


def can_read_plan(party: Party | None, bid: Bid) -> bool:
    """
    Tell whether the person may read an opened plan: who evaluates, who oversees, whose it is.

    Where experts score, owner and officers wait for the scores.
    """
    if can_read_own_plan(party, bid):
        return True
    return can_see_draft(party, bid.tender) or can_see_operated(party, bid.tender)


# --- Experts --------------------------------------------------------------------------------------
def can_keep_experts(party: Party | None) -> bool:
    """Tell whether the officer keeps the pool of experts of an area."""
    is_officer = party is not None and _is_of(party, Kind.AUTHORITY)
    return is_officer and party is not None and party.has_role(Role.OPERATOR, Role.MANAGER)


def can_keep_expert(party: Party | None, expert: Expert) -> bool:
    """Tell whether the expert is of the officer's area; nobody else reads who is in the pool."""
    return party is not None and can_keep_experts(party) and party.covers(expert.office.division)


def can_sit(party: Party | None) -> bool:
    """Tell whether the person may be drawn into panels."""
    return party is not None and _is_of(party, Kind.AUTHORITY) and party.has_role(Role.EXPERT)


def can_see_seat(party: Party | None, seat: PanelSeat) -> bool:
    """Tell whether the seat is the person's own."""
    return party is not None and can_sit(party) and seat.expert.user_id == party.user.pk


def can_read_plans_for_seat(party: Party | None, seat: PanelSeat) -> bool:
    """Tell whether the seat is the person's own, and was taken."""
    taken = (PanelSeat.Status.ACCEPTED, PanelSeat.Status.SCORED)
    return can_see_seat(party, seat) and seat.status in taken


# --- Both -----------------------------------------------------------------------------------------
def can_see_contract(party: Party | None, subject: Award | Contract) -> bool:
    """Tell whether contract, papers and results may be shown: to both sides and the authorities."""
    award = subject.award if isinstance(subject, Contract) else subject
    if can_act_as_buyer(party, award) or can_act_as_agency(party, award):
        return True
    return party is not None and party.has_role(*OVERSEERS) and party.covers(award.tender.division)


def readers_of(tender: Tender, organization: Organization) -> list[User]:
    """
    Return who in `organization`, a side of the order, may open its pages there, each once.

    A buyer's agent runs the own orders only; everybody who acts for an agency sees all of its.
    """
    return readers_of_each([(tender, organization)])[0]


def readers_of_each(sides: Sequence[tuple[Tender, Organization]]) -> list[list[User]]:
    """Return the readers of each side of an order as `readers_of` does, with one question."""
    organizations = {organization.pk for _tender, organization in sides}
    members: dict[int, list[Membership]] = defaultdict(list)
    for member in _members(tuple(organizations)):
        members[member.organization_id].append(member)
    return [
        list(
            {one.user_id: one.user for one in members[unit.pk] if _is_reader(one, tender)}.values()
        )
        for tender, unit in sides
    ]


@statement
def _members(organizations: Sequence[int]) -> QuerySet[Membership]:
    active = Membership.objects.active().filter(organization__in=organizations)
    return active.select_related("user").order_by("user_id", "pk")


def _is_reader(member: Membership, tender: Tender) -> bool:
    if member.organization_id != tender.buyer_id:
        return member.role in AGENCY_ROLES
    is_own = member.role == Role.BUYER_AGENT and member.user_id == tender.created_by_id
    return member.role == Role.BUYER_MANAGER or is_own


def _is_of(party: Party, kind: str) -> bool:
    return party.side == kind


# --- Objections and complaints --------------------------------------------------------------------
def can_file_dispute(party: Party | None) -> bool:
    """Tell whether the person may object and complain for an agency or an owner."""
    return party is not None and not party.is_authority and party.has_role(*PARTY_ROLES)


def can_see_own_dispute(party: Party | None, dispute: Dispute) -> bool:
    """Tell whether the person is of the side that has filed it, or must answer it by now."""
    if party is None:
        return False
    is_filer = can_file_dispute(party) and party.organization.pk == dispute.filer_id
    return is_filer or can_answer_dispute(party, dispute)


def can_withdraw_dispute(party: Party | None, dispute: Dispute) -> bool:
    """Tell whether the person speaks for who has filed it."""
    return (
        party is not None and can_file_dispute(party) and party.organization.pk == dispute.filer_id
    )


def can_answer_dispute(party: Party | None, dispute: Dispute) -> bool:
    """Tell whether the person speaks for the other side, once it was handed to it."""
    is_handed_over = dispute.checked_at is not None and not dispute.refusal_reasons
    if party is None or not is_handed_over or party.organization.pk != dispute.respondent_id:
        return False
    tender = dispute.tender
    if tender is not None and dispute.respondent_id == tender.buyer_id:
        return can_see_draft(party, tender)
    return party.has_role(Role.OPERATOR) if party.is_authority else can_file_dispute(party)


def dispute_role(dispute: Dispute) -> str:
    """Return the role of the officers whose business it is."""
    return role_for(dispute.kind)


def role_for(kind: str) -> str:
    """Return whose business a kind is: objections the operator's, complaints the regulator's."""
    return Role.REGULATOR if kind == Dispute.Kind.COMPLAINT else Role.OPERATOR


def can_see_disputes(party: Party | None) -> bool:
    """Tell whether the person is an officer of an authority who sees to any of them."""
    return (
        party is not None
        and _is_of(party, Kind.AUTHORITY)
        and party.has_role(Role.OPERATOR, Role.REGULATOR, Role.MANAGER, Role.INSPECTOR)
    )


def can_see_dispute(party: Party | None, dispute: Dispute) -> bool:
    """Tell whether the officer's area has it; who is complained of has its own page."""
    if party is None or not can_see_disputes(party):
        return False
    is_complained_of = party.organization.pk == dispute.respondent_id
    return party.covers(dispute.authority.division) and not is_complained_of


def can_handle_dispute(party: Party | None, dispute: Dispute) -> bool:
    """Tell whether the officer takes it up and decides: of its authority, or of one above."""
    if party is None or not can_see_dispute(party, dispute):
        return False
    is_own = party.organization.pk == dispute.authority_id
    is_above = party.organization.division_id != dispute.authority.division_id
    return (is_own or is_above) and party.has_role(dispute_role(dispute))


def can_see_report(party: Party | None, report: Report) -> bool:
    """Tell whether the officer's area has the report."""
    sees = party is not None and can_see_disputes(party)
    return sees and party is not None and party.covers(report.authority.division)


def can_answer_report(party: Party | None, report: Report) -> bool:
    """Tell whether the officer operates the office that sees to the report, or one above."""
    return party is not None and can_operate(party) and can_see_report(party, report)


# --- Inspections ----------------------------------------------------------------------------------
def can_plan_inspections(party: Party | None) -> bool:
    """Tell whether the person is a regulator, who publishes plans and makes the checks."""
    return party is not None and party.is_authority and party.has_role(Role.REGULATOR)


def can_report_inspection(party: Party | None, inspection: Inspection) -> bool:
    """Tell whether the person is a regulator of the authority whose check it is."""
    is_own = party is not None and party.organization.pk == inspection.plan.authority_id
    return is_own and can_plan_inspections(party)


def can_read_inspection(party: Party | None, inspection: Inspection) -> bool:
    """Tell whether the person may read words and files: the agency's, and who oversees it."""
    if party is None:
        return False
    if party.organization.pk == inspection.agency_id:
        return True
    return (
        party.is_authority
        and party.has_role(*OVERSEERS)
        and (
            party.organization.pk == inspection.plan.authority_id
            or party.covers(inspection.agency.division)
        )
    )
