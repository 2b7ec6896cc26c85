"""Who may see a record, and who may do what in a case; a failure is HTTP 403 or 404."""

from __future__ import annotations

from datetime import datetime

from credit.models import Case, Finding, ReportedFact, Restriction
from credit.models.cases import UNNOTIFIED
from marketplace.models import Division, Membership, Organization
from marketplace.parties import Party

Role = Membership.Role
PARTIES = (Organization.Kind.AGENCY, Organization.Kind.BUYER)


def can_supervise(party: Party | None) -> bool:
    """Regulators, managers and inspectors of an authority see cases and standings."""
    return (
        party is not None
        and party.organization.kind == Organization.Kind.AUTHORITY
        and party.has_role(Role.REGULATOR, Role.MANAGER, Role.INSPECTOR)
    )


def can_open_case(party: Party | None) -> bool:
    """A regulator opens cases; whether a matter lies in the own area is a guard's question."""
    return party is not None and can_supervise(party) and party.has_role(Role.REGULATOR)


def can_import_list(party: Party | None) -> bool:
    """A regulator or manager of the province imports what others list; it binds everywhere."""
    return (
        party is not None
        and can_supervise(party)
        and party.has_role(Role.REGULATOR, Role.MANAGER)
        and party.organization.division.level == Division.Level.PROVINCE
    )


def can_manage_scheme(party: Party | None) -> bool:
    """A manager of the province puts up the next version of the scheme, or confirms it."""
    return (
        party is not None
        and can_supervise(party)
        and party.has_role(Role.MANAGER)
        and party.organization.division.level == Division.Level.PROVINCE
    )


def can_see_case(party: Party | None, case: Case) -> bool:
    """An authority sees the cases of its own area and of those below it."""
    return party is not None and can_supervise(party) and party.covers(case.authority.division)


def can_see_finding(party: Party | None, finding: Finding) -> bool:
    """An authority sees to what is found about the agencies registered in its area."""
    return (
        party is not None and can_supervise(party) and party.covers(finding.organization.division)
    )


def can_decide_case(party: Party | None, case: Case) -> bool:
    """A regulator of the authority that opened the case, or of one above it, decides."""
    return party is not None and can_open_case(party) and _acts_on(party, case)


def can_revoke_case(party: Party | None, case: Case) -> bool:
    """A manager of the authority that decided, or of one above it, takes a decision back."""
    return (
        party is not None
        and can_supervise(party)
        and party.has_role(Role.MANAGER)
        and _acts_on(party, case)
    )


def _acts_on(party: Party, case: Case) -> bool:
    """Tell whether `party` is the case's authority or stands above it; a neighbour is neither."""
    if party.organization.pk == case.authority_id:
        return True
    is_above = party.organization.division_id != case.authority.division_id
    return is_above and party.covers(case.authority.division)


def can_see_own_record(party: Party | None) -> bool:
    """Agencies and owners have a record of their own; every member may read it."""
    return party is not None and party.organization.kind in PARTIES


def can_see_record_of(party: Party | None, organization: Organization) -> bool:
    """An authority sees to the records of the units registered in its area."""
    return party is not None and can_supervise(party) and party.covers(organization.division)


def can_see_own_case(party: Party | None, case: Case) -> bool:
    """Every member of the organisation concerned may read its case, once notice was given."""
    is_party = party is not None and party.organization.pk == case.organization_id
    return is_party and case.status not in UNNOTIFIED


def can_state_case(party: Party | None, case: Case) -> bool:
    """A manager of the agency speaks for it."""
    return can_see_own_case(party, case) and can_speak_for(party)


def can_speak_for(party: Party | None) -> bool:
    """A manager of an agency speaks for it in all its cases."""
    return party is not None and party.has_role(Role.AGENCY_MANAGER)


def can_explain_fact(party: Party | None, fact: ReportedFact) -> bool:
    """A manager of the unit answers what another unit says of it."""
    is_own = party is not None and party.organization.pk == fact.organization_id
    return is_own and party is not None and party.has_role(Role.AGENCY_MANAGER, Role.BUYER_MANAGER)


def can_see_decision_at(party: Party | None, restriction: Restriction, at: datetime) -> bool:
    """When its publication is over, a decision is for those who may see its case alone."""
    return (
        restriction.is_shown(at)
        or can_see_own_case(party, restriction.case)
        or can_see_case(party, restriction.case)
    )


def can_see_decision(party: Party | None, restriction: Restriction) -> bool:
    """A published decision is for everybody; another for those who may see its case."""
    return (
        restriction.is_public
        or can_see_own_case(party, restriction.case)
        or can_see_case(party, restriction.case)
    )
