"""Who acts for an organisation: the manager's page, and the page of somebody invited."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from marketplace.actions import memberships as actions
from marketplace.forms.members import InvitationForm
from marketplace.guards.memberships import (
    may_accept_invitation,
    may_confirm_invitation,
    may_end_membership,
)
from marketplace.guards.versions import members_of, version_of_invitation, version_of_members
from marketplace.kernel.verdicts import Verdict
from marketplace.kernel.versions import Version
from marketplace.models import FactorReset, Invitation, Membership
from marketplace.parties import SESSION_KEY
from marketplace.permissions import can_confirm_invitation, can_manage_members
from marketplace.web.act_views import ActView, AskingView, PersonActView
from marketplace.web.listed import Listed
from marketplace.web.views import PartyView, row_key


class MembersDesk(PartyView):
    """The members with a button each, the open invitations, and a form for one more."""

    def is_allowed(self) -> bool:
        return can_manage_members(self.party)

    def version(self) -> Version:
        return version_of_members(self.party.organization)

    def where(self, done: Any) -> str:
        return reverse("marketplace:members")

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        organization = self.party.organization
        members: Listed[tuple[Membership, tuple[Verdict, ...]]] = Listed(
            (member, may_end_membership(member)) for member in members_of(organization)
        )
        resets = FactorReset.objects.waiting().with_people()
        sent = form if isinstance(form, InvitationForm) else None
        return self.page(
            "marketplace/members.html",
            status=status,
            members=members,
            invitations=organization.invitations.pending(self.at).with_relations(),
            resets=resets.filter(organization=organization),
            form=sent or InvitationForm(organization=organization),
        )


class Members(MembersDesk, AskingView):
    """The page of the members; its form invites somebody."""

    said = "marketplace/member_invited"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return InvitationForm(*posted, organization=self.party.organization, **options)

    def act(self, **given: Any) -> Invitation:
        return actions.invite_member(organization=self.party.organization, **given, **self.hand)

    def words(self, done: Invitation) -> dict[str, Any]:
        return {"invitation": done}


class EndMembership(MembersDesk, ActView):
    """End one membership of the own organisation; by POST only."""

    said = "marketplace/membership_ended"
    membership: Membership

    def load(self, **kwargs: Any) -> None:
        own = Membership.objects.members_of(self.party.organization)
        self.membership = get_object_or_404(own, pk=row_key(kwargs["pk"]))

    def act(self, **given: Any) -> Membership:
        return actions.end_membership(membership=self.membership, **given, **self.hand)

    def words(self, done: Membership) -> dict[str, Any]:
        return {"membership": done}


class WithdrawInvitation(MembersDesk, ActView):
    """Take back an invitation of the own organisation; by POST only."""

    said = "marketplace/invitation_withdrawn"
    invitation: Invitation

    def load(self, **kwargs: Any) -> None:
        self.invitation = get_object_or_404(
            Invitation, slug=kwargs["slug"], organization=self.party.organization
        )

    def act(self, **given: Any) -> Invitation:
        return actions.withdraw_invitation(invitation=self.invitation, **given, **self.hand)

    def words(self, done: Invitation) -> dict[str, Any]:
        return {"invitation": done}


class InvitationPage(PersonActView):
    """The page of the person invited; anybody else's invitation is 404."""

    said = "marketplace/invitation_accepted"
    invitation: Invitation

    def load(self, **kwargs: Any) -> None:
        rows = Invitation.objects.select_related("organization", "invited_by")
        self.invitation = get_object_or_404(rows, slug=kwargs["slug"], user=self.user)

    def is_allowed(self) -> bool:
        return True

    def version(self) -> Version:
        return version_of_invitation(self.invitation)

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(self.form())

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        checks = may_accept_invitation(self.invitation, self.user, self.at)
        return self.page(
            "marketplace/invitation.html", status=status, invitation=self.invitation, checks=checks
        )

    def act(self, **given: Any) -> Membership:
        return actions.accept_invitation(invitation=self.invitation, **given, **self.hand)

    def finish(self, done: Membership) -> HttpResponse:
        self.request.session[SESSION_KEY] = done.organization.slug
        return super().finish(done)

    def words(self, done: Membership) -> dict[str, Any]:
        return {"membership": done}

    def where(self, done: Membership) -> str:
        return reverse("marketplace:workbench")


class ConfirmInvitation(ActView):
    """The page on which a second officer confirms a new one; for anybody else it is 404."""

    said = "marketplace/invitation_confirmed"
    invitation: Invitation

    def load(self, **kwargs: Any) -> None:
        rows = Invitation.objects.select_related("organization__division", "invited_by", "user")
        self.invitation = get_object_or_404(rows, slug=kwargs["slug"])
        if not can_confirm_invitation(self.party, self.invitation):
            raise Http404

    def is_allowed(self) -> bool:
        return can_confirm_invitation(self.party, self.invitation)

    def version(self) -> Version:
        return version_of_invitation(self.invitation)

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(self.form())

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "marketplace/invitation_confirm.html",
            status=status,
            invitation=self.invitation,
            checks=may_confirm_invitation(self.invitation, self.user, self.at),
        )

    def act(self, **given: Any) -> Invitation:
        return actions.confirm_invitation(invitation=self.invitation, **given, **self.hand)

    def words(self, done: Invitation) -> dict[str, Any]:
        return {"invitation": done}

    def where(self, done: Invitation) -> str:
        return reverse("marketplace:workbench")
