"""May a person be made a member, and a membership be ended."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.verdicts import Verdict, guard
from marketplace.models import Buyer, Invitation, Membership, Organization, User

Role, Kind = Membership.Role, Organization.Kind
ROLES_OF: dict[str, tuple[Membership.Role, ...]] = {
    Kind.AGENCY: (Role.AGENCY_MANAGER, Role.AGENCY_AGENT),
    Kind.BUYER: (Role.BUYER_MANAGER, Role.BUYER_AGENT),
    Kind.AUTHORITY: (
        *(Role.OPERATOR, Role.REGULATOR, Role.MANAGER, Role.INSPECTOR),
        Role.EXPERT,
    ),
}
MANAGING = (Role.AGENCY_MANAGER, Role.BUYER_MANAGER, Role.MANAGER)


def roles_of(organization: Organization) -> tuple[Membership.Role, ...]:
    """Return the roles that people may hold in an organisation; in an agency that buys, of both."""
    roles = ROLES_OF[organization.kind]
    buys = organization.kind == Kind.AGENCY and Buyer.objects.filter(pk=organization.pk).exists()
    return (*roles, *ROLES_OF[Kind.BUYER]) if buys else roles


@guard(_("这个角色不属于这类单位"))
def role_fits_organization(organization: Organization, role: str) -> bool:
    return role in roles_of(organization)


@guard(_("这个人已经有这个角色"))
def member_is_new(organization: Organization, user: User, role: str) -> bool:
    same = Membership.objects.active().filter(organization=organization, user=user, role=role)
    return not same.exists()


@guard(_("自己不能给自己设定角色，请由另一位管理员办理"))
def appointed_by_another(user: User, by: User | None) -> bool:
    return user != by


@guard(_("这份任职已经结束"))
def membership_is_active(membership: Membership) -> bool:
    return membership.is_active


@guard(_("这是最后一位管理员。请先邀请另一位管理员，再结束这份任职"))
def organization_keeps_a_manager(membership: Membership) -> bool:
    if membership.role not in MANAGING:
        return True
    active = Membership.objects.active().filter(
        organization_id=membership.organization_id, role__in=MANAGING
    )
    return active.exclude(pk=membership.pk).exists()


@guard(_("邀请已经接受过"))
def invitation_is_unused(invitation: Invitation) -> bool:
    return invitation.accepted_at is None


@guard(_("邀请已经撤回"))
def invitation_stands(invitation: Invitation) -> bool:
    return invitation.withdrawn_at is None


@guard(_("邀请已经过期，请让管理员重新邀请"))
def invitation_is_fresh(invitation: Invitation, at: datetime) -> bool:
    return at < invitation.expires_at


@guard(_("发出邀请的人已经不是这家单位的管理员，请让现任管理员重新邀请"))
def inviter_still_manages(invitation: Invitation) -> bool:
    """Let a manager of an authority stand for what was sent, and one of an authority above it."""
    managed = Membership.objects.active().filter(
        role__in=MANAGING, user_id=invitation.invited_by_id
    )
    invites = invitation.organization
    offices = [one.organization for one in managed.select_related("organization__division")]
    return invites in offices or any(
        one.kind == invites.kind == Kind.AUTHORITY
        and one.division != invites.division
        and one.division.covers(invites.division)
        for one in offices
    )


@guard(_("管理机构的人员要由第二人确认，这份邀请还没有确认"))
def invitation_is_confirmed(invitation: Invitation) -> bool:
    return not invitation.awaits_confirmation


@guard(_("这份邀请不需要确认，或者已经确认过"))
def invitation_awaits_confirmation(invitation: Invitation) -> bool:
    return invitation.awaits_confirmation


@guard(_("发出邀请的人和受邀的人不能自己确认，请由另一人核对"))
def confirmed_by_a_third(invitation: Invitation, by: User) -> bool:
    return by.pk not in {invitation.invited_by_id, invitation.user_id}


def may_add_member(
    organization: Organization, user: User, role: str, by: User | None
) -> tuple[Verdict, ...]:
    """Ask whether `by` may give `user` this role; `by` is None at the very beginning."""
    return (
        role_fits_organization(organization, role),
        member_is_new(organization, user, role),
        appointed_by_another(user, by),
    )


def may_end_membership(membership: Membership) -> tuple[Verdict, ...]:
    """Ask whether the membership may end."""
    return membership_is_active(membership), organization_keeps_a_manager(membership)


def may_accept_invitation(invitation: Invitation, user: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether `user` may join by this invitation."""
    return (
        invitation_is_unused(invitation),
        invitation_stands(invitation),
        invitation_is_fresh(invitation, at),
        invitation_is_confirmed(invitation),
        inviter_still_manages(invitation),
        *may_add_member(invitation.organization, user, invitation.role, invitation.invited_by),
    )


def may_confirm_invitation(invitation: Invitation, by: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether `by` may confirm that the person invited is one of the authority's own."""
    return (
        invitation_is_unused(invitation),
        invitation_stands(invitation),
        invitation_is_fresh(invitation, at),
        invitation_awaits_confirmation(invitation),
        confirmed_by_a_third(invitation, by),
        inviter_still_manages(invitation),
    )
