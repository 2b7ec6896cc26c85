"""Who acts for an organisation: the manager's page, and the page of somebody invited."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from marketplace.actions import memberships as actions
from marketplace.forms.members import InvitationForm
from marketplace.guards.memberships import may_accept_invitation, may_end_membership
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Refused, Verdict
from marketplace.models import Invitation, Membership, User
from marketplace.parties import SESSION_KEY
from marketplace.permissions import can_manage_members
from marketplace.web.views import (
    PartyView,
    refuse,
    row_key,
    say,
    say_refused,
)


class Members(PartyView):
    """The members with a button each, the open invitations, and a form for one more."""

    def is_allowed(self) -> bool:
        return can_manage_members(self.party)

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show(InvitationForm(organization=self.party.organization))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = InvitationForm(request.POST, organization=self.party.organization)
        if not form.is_valid():
            return self.show(form)
        try:
            invitation = actions.invite_member(
                organization=self.party.organization,
                by=self.party.user,
                at=self.at,
                **form.cleaned_data,
            )
        except Refused as refused:
            refuse(form, refused)
            return self.show(form)
        say(request, "marketplace/member_invited", invitation=invitation)
        return redirect("marketplace:members")

    def show(self, form: BaseForm) -> HttpResponse:
        organization = self.party.organization
        members: list[tuple[Membership, tuple[Verdict, ...]]] = [
            (member, may_end_membership(member))
            for member in Membership.objects.members_of(organization)
        ]
        return self.page(
            "marketplace/members.html",
            members=members,
            end_url=reverse("marketplace:membership_end"),
            invitations=organization.invitations.pending(self.at),
            form=form,
        )


class EndMembership(PartyView):
    """End one membership of the own organisation; by POST only."""

    def is_allowed(self) -> bool:
        return can_manage_members(self.party)

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = row_key(request.POST.get("membership", ""))
        membership = get_object_or_404(
            Membership.objects.members_of(self.party.organization), pk=asked
        )
        try:
            membership = actions.end_membership(
                membership=membership, by=self.party.user, at=self.at
            )
        except Refused as refused:
            say_refused(request, refused)
        else:
            say(request, "marketplace/membership_ended", membership=membership)
        return redirect("marketplace:members")


class WithdrawInvitation(PartyView):
    """Take back an invitation of the own organisation; by POST only."""

    invitation: Invitation

    def load(self, **kwargs: Any) -> None:
        self.invitation = get_object_or_404(
            Invitation, slug=kwargs["slug"], organization=self.party.organization
        )

    def is_allowed(self) -> bool:
        return can_manage_members(self.party)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            actions.withdraw_invitation(invitation=self.invitation, by=self.party.user, at=self.at)
        except Refused as refused:
            say_refused(request, refused)
        else:
            say(request, "marketplace/invitation_withdrawn", invitation=self.invitation)
        return redirect("marketplace:members")


class InvitationPage(LoginRequiredMixin, View):
    """The page of the person invited; anybody else's invitation is 404."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        invitation, user = self.own(request, slug)
        checks = may_accept_invitation(invitation, user, clock.now())
        context = {"invitation": invitation, "checks": checks}
        return render(request, "marketplace/invitation.html", context)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        invitation, user = self.own(request, slug)
        try:
            membership = actions.accept_invitation(invitation=invitation, by=user, at=clock.now())
        except Refused as refused:
            say_refused(request, refused)
            return redirect("marketplace:workbench")
        request.session[SESSION_KEY] = membership.organization.slug
        say(request, "marketplace/invitation_accepted", membership=membership)
        return redirect("marketplace:workbench")

    def own(self, request: HttpRequest, slug: str) -> tuple[Invitation, User]:
        """Return the invitation if it is for the reader, else raise Http404."""
        user = request.user
        assert isinstance(user, User)  # noqa: S101 - LoginRequiredMixin has let them in
        rows = Invitation.objects.select_related("organization", "invited_by")
        return get_object_or_404(rows, slug=slug, user=user), user
