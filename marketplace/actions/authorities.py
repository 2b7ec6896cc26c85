"""Set up the authorities that run and watch the platform."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from marketplace.actions.memberships import invite_first_manager
from marketplace.actions.messages import notify
from marketplace.guards.authorities import (
    authority_proposal_waits,
    may_confirm_authority,
    may_propose_authority,
)
from marketplace.guards.versions import version_of_authority_proposal
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import AuthorityProposal, Division, Organization, User
from marketplace.web.versions import as_seen


@transaction.atomic
def set_up_authority(
    *, name: str, division: Division, by: User | None, at: datetime
) -> Organization:
    """Register an authority that acts for `division` and below; `by` is None at the beginning."""
    authority = Organization.objects.create(
        kind=Organization.Kind.AUTHORITY, name=name, division=division, registered_at=at
    )
    record(by=by, verb="authority.set_up", target=authority, at=at, organization=authority)
    return authority


@transaction.atomic
def propose_authority(
    *, office: Organization, name: str, division: Division, login: str, by: User, at: datetime
) -> AuthorityProposal:
    """
    Put up an authority below `office`, and who manages it first; a second officer confirms.

    Raises:
        Refused: a guard in `may_propose_authority` does not hold.
    """
    office, name = Organization.objects.lock(office.pk), name.strip()
    require(*may_propose_authority(office, name, division))
    proposal = AuthorityProposal.objects.create(
        office=office,
        name=name,
        division=division,
        login=login.strip(),
        proposed_by=by,
        proposed_at=at,
    )
    record(by=by, verb="authority.proposed", target=proposal, at=at, organization=office)
    notify(
        organization=office,
        kind="marketplace/authority_proposed",
        at=at,
        url=reverse("marketplace:authority", args=[proposal.slug]),
        proposal=proposal,
    )
    return proposal


@transaction.atomic
def confirm_authority(
    *, proposal: AuthorityProposal, by: User, at: datetime, seen: str | None = None
) -> AuthorityProposal:
    """
    Confirm as a second officer: the authority is there, and its first manager is invited.

    Raises:
        Refused: a guard in `may_confirm_authority` does not hold.
    """
    Organization.objects.lock(proposal.office_id)
    proposal = AuthorityProposal.objects.lock(proposal.pk)
    require(
        *may_confirm_authority(proposal, by),
        *as_seen(version_of_authority_proposal(proposal), seen),
    )
    name, division = proposal.name, proposal.division
    authorities = Organization.objects.filter(kind=Organization.Kind.AUTHORITY)
    known = authorities.filter(name=name, division=division).first()
    proposal.authority = known or set_up_authority(name=name, division=division, by=by, at=at)
    proposal.confirmed_by, proposal.confirmed_at = by, at
    proposal.save(update_fields=["authority", "confirmed_by", "confirmed_at"])
    record(by=by, verb="authority.confirmed", target=proposal, at=at, organization=proposal.office)
    invite_first_manager(
        authority=proposal.authority,
        login=proposal.login,
        by=proposal.proposed_by,
        confirmed_by=by,
        at=at,
    )
    return proposal


@transaction.atomic
def withdraw_authority(
    *, proposal: AuthorityProposal, by: User, at: datetime, seen: str | None = None
) -> AuthorityProposal:
    """
    Take a proposal back.

    Raises:
        Refused: it was confirmed or withdrawn before.
    """
    Organization.objects.lock(proposal.office_id)
    proposal = AuthorityProposal.objects.lock(proposal.pk)
    require(
        authority_proposal_waits(proposal),
        *as_seen(version_of_authority_proposal(proposal), seen),
    )
    proposal.withdrawn_at = at
    proposal.save(update_fields=["withdrawn_at"])
    record(by=by, verb="authority.withdrawn", target=proposal, at=at, organization=proposal.office)
    return proposal
