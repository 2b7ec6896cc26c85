"""Who acts for an organisation: invite, add, end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from marketplace.actions.changes import end_agent
from marketplace.actions.messages import notify_person
from marketplace.addresses import person_of
from marketplace.guards import memberships as guards
from marketplace.guards.versions import version_of_invitation, version_of_members
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.rules import rules_in_force, typed
from marketplace.kernel.verdicts import require
from marketplace.models import Invitation, Membership, Organization, User
from marketplace.models.invitations import InvitationQuerySet
from marketplace.rules import INVITATION_LIFE
from marketplace.web.versions import as_seen


@transaction.atomic
def add_member(
    *, organization: Organization, user: User, role: str, by: User | None, at: datetime
) -> Membership:
    """
    Give `user` a role in `organization`; `by` is None at the very beginning.

    Raises:
        Refused: a guard in `may_add_member` does not hold.
    """
    organization = Organization.objects.lock(organization.pk)
    require(*guards.may_add_member(organization, user, role, by))
    membership, _is_new = Membership.objects.update_or_create(
        organization=organization, user=user, role=role, defaults={"is_active": True}
    )
    _end_invitations(open_ones_to(user, organization).filter(role=role), by=by, at=at)
    record(
        by=by,
        verb="membership.added",
        target=membership,
        at=at,
        organization=organization,
        user=user.pk,
        role=role,
    )
    return membership


@transaction.atomic
def end_membership(
    *, membership: Membership, by: User, at: datetime, seen: str | None = None
) -> Membership:
    """
    Take a role from a person; what they did stays on record.

    Every open invitation of the organisation to this person ends with it, and every one that this
    person sent: no old ticket gives anything back. What an authorised agent acted for leaves the
    register at once, for an authority that is taken back waits for no check. The person is told.

    Raises:
        Refused: a guard in `may_end_membership` does not hold.
    """
    organization = Organization.objects.lock(membership.organization_id)
    membership = Membership.objects.select_related("user").get(pk=membership.pk)
    require(
        *guards.may_end_membership(membership), *as_seen(version_of_members(organization), seen)
    )
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    if membership.role == Membership.Role.AGENCY_AGENT:
        end_agent(membership=membership, by=by, at=at)
    sent = Invitation.objects.open_ones(organization).filter(invited_by=membership.user)
    to_them = open_ones_to(membership.user, organization)
    _end_invitations(sent | to_them, by=by, at=at)
    record(
        by=by,
        verb="membership.ended",
        target=membership,
        at=at,
        organization=organization,
        user=membership.user_id,
        role=membership.role,
    )
    if membership.user != by:
        notify_person(
            user=membership.user,
            organization=organization,
            kind="marketplace/membership_ended",
            at=at,
            url=reverse("marketplace:workbench"),
            membership=membership,
        )
    return membership


@transaction.atomic
def invite_member(
    *,
    organization: Organization,
    login: str,
    role: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Invitation:
    """
    Invite the person with exactly this user name or e-mail address.

    Whether there is such a person does not show: the invitation is stored in either case. It takes
    the place of an open one for the same login and role. An authority's reaches the person only
    when a second officer has confirmed it.

    Raises:
        Refused: the role does not fit the organisation.
    """
    organization = Organization.objects.lock(organization.pk)
    require(
        guards.role_fits_organization(organization, role),
        *as_seen(version_of_members(organization), seen),
    )
    invitation = _invited(organization, login, role, by=by, at=at)
    if not invitation.awaits_confirmation:
        _tell_invited(invitation, at)
    return invitation


@transaction.atomic
def invite_first_manager(
    *, authority: Organization, login: str, by: User, confirmed_by: User, at: datetime
) -> Invitation:
    """
    Invite who is to manage an authority, in the name of two officers of the one above it.

    An earlier invitation to this login is withdrawn.
    """
    confirmed = {"confirmed_by": confirmed_by, "confirmed_at": at}
    role = Membership.Role.MANAGER
    invitation = _invited(authority, login, role, by=by, at=at, **confirmed)
    _tell_invited(invitation, at)
    return invitation


def _invited(
    organization: Organization, login: str, role: str, *, by: User, at: datetime, **confirmed: Any
) -> Invitation:
    """Store the invitation in the place of those to the same login for the same role."""
    same = Invitation.objects.open_ones(organization).filter(login__iexact=login, role=role)
    _end_invitations(same, by=by, at=at)
    invitation = Invitation.objects.create(
        organization=organization,
        login=login,
        user=person_of(login),
        role=role,
        invited_by=by,
        invited_at=at,
        expires_at=_expiry(organization, at),
        **confirmed,
    )
    record(by=by, verb="invitation.sent", target=invitation, at=at, organization=organization)
    return invitation


@transaction.atomic
def confirm_invitation(
    *, invitation: Invitation, by: User, at: datetime, seen: str | None = None
) -> Invitation:
    """
    Confirm as a second officer that the person invited is another one; they are told now.

    Raises:
        Refused: a guard in `may_confirm_invitation` does not hold.
    """
    organization = Organization.objects.lock(invitation.organization_id)
    invitation = Invitation.objects.lock(invitation.pk)
    require(
        *guards.may_confirm_invitation(invitation, by, at),
        *as_seen(version_of_invitation(invitation), seen),
    )
    invitation.confirmed_at, invitation.confirmed_by = at, by
    invitation.save(update_fields=["confirmed_at", "confirmed_by"])
    record(by=by, verb="invitation.confirmed", target=invitation, at=at, organization=organization)
    _tell_invited(invitation, at)
    return invitation


def _tell_invited(invitation: Invitation, at: datetime) -> None:
    if invitation.user is not None:
        notify_person(
            user=invitation.user,
            organization=invitation.organization,
            kind="marketplace/invitation",
            at=at,
            url=reverse("marketplace:invitation", args=[invitation.slug]),
            invitation=invitation,
        )


def open_ones_to(user: User, organization: Organization) -> InvitationQuerySet:
    """Return the open invitations of `organization` that are addressed to `user`."""
    return Invitation.objects.open_ones(organization).filter(user=user)


def _end_invitations(invitations: InvitationQuerySet, *, by: User | None, at: datetime) -> None:
    for invitation in invitations.order_by("pk"):
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        record(
            by=by,
            verb="invitation.withdrawn",
            target=invitation,
            at=at,
            organization=invitation.organization,
        )


def _expiry(organization: Organization, at: datetime) -> datetime:
    rules = typed(rules_in_force(organization.division, day_of(at)).values())
    return rules[INVITATION_LIFE].after(at, CalendarDay.objects.work_calendar()).ends_at


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, by: User, at: datetime, seen: str | None = None
) -> Membership:
    """
    Join the organisation that invited `by`.

    Raises:
        Refused: a guard in `may_accept_invitation` does not hold.
    """
    Organization.objects.lock(invitation.organization_id)
    invitation = Invitation.objects.lock(invitation.pk)
    require(
        *guards.may_accept_invitation(invitation, by, at),
        *as_seen(version_of_invitation(invitation), seen),
    )
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    return add_member(
        organization=invitation.organization,
        user=by,
        role=invitation.role,
        by=invitation.invited_by,
        at=at,
    )


@transaction.atomic
def withdraw_invitation(
    *, invitation: Invitation, by: User, at: datetime, seen: str | None = None
) -> Invitation:
    """
    Take an invitation back.

    Raises:
        Refused: it was accepted or withdrawn before.
    """
    organization = Organization.objects.lock(invitation.organization_id)
    invitation = Invitation.objects.lock(invitation.pk)
    require(
        guards.invitation_is_unused(invitation),
        guards.invitation_stands(invitation),
        *as_seen(version_of_members(organization), seen),
    )
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record(by=by, verb="invitation.withdrawn", target=invitation, at=at, organization=organization)
    return invitation
