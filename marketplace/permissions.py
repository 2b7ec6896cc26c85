"""Who may do what among the parties; a failure is HTTP 403."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from marketplace.kernel import known
from marketplace.kernel.statements import statement
from marketplace.models import (
    Agency,
    AgencyPaper,
    Buyer,
    Division,
    Invitation,
    Membership,
    Organization,
    User,
)
from marketplace.parties import Party

Role = Membership.Role
MANAGERS = (Role.AGENCY_MANAGER, Role.BUYER_MANAGER, Role.MANAGER)


def can_edit_pages(user: User) -> bool:
    """
    An editor writes the pages: Wagtail's own permission, of the person or of a group.

    Asked once in a reading request, and for this one permission alone.
    """
    if user.is_superuser:
        return user.is_active
    permitted = partial(_is_editor, user.pk)
    return user.is_active and bool(known.once_here("can_edit_pages", user.pk, read=permitted))


@statement
def _is_editor(person: int) -> QuerySet[Permission, int]:
    permission = Permission.objects.filter(
        Q(user=person) | Q(group__user=person),
        content_type__app_label="wagtailadmin",
        codename="access_admin",
    )
    return permission.order_by().values_list("pk", flat=True)[:1]


def can_see_admission(party: Party | None, agency: Agency | None) -> bool:
    """Whoever acts for the agency sees where its admission stands."""
    return (
        party is not None
        and agency is not None
        and agency.organization_id == party.organization.pk
        and party.has_role(Role.AGENCY_MANAGER, Role.AGENCY_AGENT)
    )


def can_change_admission(party: Party | None, agency: Agency | None) -> bool:
    """Only a manager of the agency fills in and submits its application."""
    return (
        party is not None
        and can_see_admission(party, agency)
        and party.has_role(Role.AGENCY_MANAGER)
    )


def can_change_buyer(party: Party | None) -> bool:
    """Only a manager of an owner changes what it is registered with."""
    return party is not None and party.is_buyer and party.has_role(Role.BUYER_MANAGER)


def can_see_admission_queue(party: Party | None) -> bool:
    """Operators of an authority see the applications of its area."""
    return (
        party is not None
        and party.organization.kind == Organization.Kind.AUTHORITY
        and party.has_role(Role.OPERATOR)
    )


def can_check_admission(party: Party | None, agency: Agency) -> bool:
    """An operator decides on the agencies of the authority's own area and of those below it."""
    return (
        party is not None
        and can_see_admission_queue(party)
        and party.covers(agency.organization.division)
    )


def can_read_papers(party: Party | None, agency: Agency) -> bool:
    """Papers are for the agency itself and for the officers who compare them with its data."""
    return can_see_admission(party, agency) or can_check_admission(party, agency)


def can_read_paper(party: Party | None, paper: AgencyPaper) -> bool:
    """A paper of a move is also for the officers of the old agency, who decide about it."""
    if can_read_papers(party, paper.agency):
        return True
    return paper.move is not None and can_check_admission(party, paper.move.from_agency)


def can_check_owner(party: Party | None, buyer: Buyer) -> bool:
    """An operator checks the owners of the authority's own area and of those below it."""
    return (
        party is not None
        and can_see_admission_queue(party)
        and party.covers(buyer.organization.division)
    )


def can_read_letter(party: Party | None, buyer: Buyer) -> bool:
    """The letter of authority is for the owner's manager and for the officers who check it."""
    is_own = party is not None and can_change_buyer(party) and party.organization.pk == buyer.pk
    return is_own or can_check_owner(party, buyer)


def can_manage_members(party: Party | None) -> bool:
    """A manager sets who acts for the own organisation."""
    return party is not None and party.has_role(*MANAGERS)


def can_confirm_invitation(party: Party | None, invitation: Invitation) -> bool:
    """An officer of the authority that invites, or a manager of one above, confirms an officer."""
    return can_confirm_officers_of(party, invitation.organization)


def can_confirm_officers_of(party: Party | None, authority: Organization) -> bool:
    """An officer of an authority, or a manager of one above, vouches for another of its people."""
    if party is None or not party.is_officer or authority.kind != Organization.Kind.AUTHORITY:
        return False
    if party.organization == authority:
        return True
    is_above = party.organization.division != authority.division
    return is_above and party.has_role(Role.MANAGER) and party.covers(authority.division)


def can_set_up_authorities(party: Party | None) -> bool:
    """A manager of an authority that has others below it sets those up."""
    return (
        party is not None
        and can_see_lapsed_sources(party)
        and party.organization.division.level != Division.Level.COUNTY
    )


def can_see_lapsed_sources(party: Party | None) -> bool:
    """A manager of an authority sees what rests on repealed law, and mends it."""
    return (
        party is not None
        and party.organization.kind == Organization.Kind.AUTHORITY
        and party.has_role(Role.MANAGER)
    )


def can_read_trail(party: Party | None) -> bool:
    """A manager or an inspector of an authority reads who did what in its area."""
    return (
        party is not None
        and party.organization.kind == Organization.Kind.AUTHORITY
        and party.has_role(Role.MANAGER, Role.INSPECTOR)
    )


def can_see_rule_proposals(party: Party | None) -> bool:
    """A manager of an authority keeps the rulebook of its area."""
    return can_see_lapsed_sources(party)


def can_decide_rule(party: Party | None, division: Division) -> bool:
    """A manager proposes and confirms rules of the own area and of those below it."""
    return party is not None and can_see_rule_proposals(party) and party.covers(division)


def can_keep_catalogue(party: Party | None) -> bool:
    """A manager of the province keeps its catalogue: it holds in every place below."""
    return (
        party is not None
        and can_see_lapsed_sources(party)
        and party.organization.division.level == Division.Level.PROVINCE
    )
