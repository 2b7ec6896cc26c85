"""The authorities below an office: who they are, setting one up, and confirming it."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from marketplace.actions import authorities as actions
from marketplace.forms.authorities import AuthorityForm
from marketplace.guards.authorities import may_confirm_authority
from marketplace.guards.versions import version_of_authority_proposal
from marketplace.kernel.versions import Version
from marketplace.models import AuthorityProposal
from marketplace.pages.authorities import authority_rows
from marketplace.permissions import can_confirm_officers_of, can_set_up_authorities
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.listed import Listed
from marketplace.web.lookups import named_or_404


class Authorities(AskingView):
    """The authorities of the area, what waits for a second person, and a form for one more."""

    said = "marketplace/authority_proposed"

    def is_allowed(self) -> bool:
        return can_set_up_authorities(self.party)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return AuthorityForm(*posted, office=self.party.organization, **options)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        office = self.party.organization
        waiting = AuthorityProposal.objects.waiting().with_relations()
        return self.page(
            "marketplace/authorities.html",
            status=status,
            form=form,
            rows=Listed(authority_rows(office)),
            waiting=waiting.filter(office=office),
        )

    def act(self, **given: Any) -> AuthorityProposal:
        return actions.propose_authority(office=self.party.organization, **given, **self.hand)

    def words(self, done: AuthorityProposal) -> dict[str, Any]:
        return {"proposal": done}

    def where(self, done: AuthorityProposal) -> str:
        return reverse("marketplace:authorities")


class ProposalView(ActView):
    """An act on a proposal; for anybody who could not confirm it, it is 404."""

    proposal: AuthorityProposal

    def load(self, **kwargs: Any) -> None:
        self.proposal = named_or_404(AuthorityProposal, kwargs["slug"], "with_relations")
        if not can_confirm_officers_of(self.party, self.proposal.office):
            raise Http404

    def is_allowed(self) -> bool:
        return True

    def version(self) -> Version:
        return version_of_authority_proposal(self.proposal)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "marketplace/authority_confirm.html",
            status=status,
            proposal=self.proposal,
            checks=may_confirm_authority(self.proposal, self.user),
            can_withdraw=self.proposal.proposed_by == self.user,
        )

    def words(self, done: AuthorityProposal) -> dict[str, Any]:
        return {"proposal": done}

    def where(self, done: AuthorityProposal) -> str:
        return reverse("marketplace:workbench")


class ConfirmAuthority(ProposalView):
    """The page on which a second officer confirms a new authority."""

    said = "marketplace/authority_confirmed"

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(self.form())

    def act(self, **given: Any) -> AuthorityProposal:
        return actions.confirm_authority(proposal=self.proposal, **given, **self.hand)


class WithdrawAuthority(ProposalView):
    """Who has put it up takes it back; by POST only."""

    said = "marketplace/authority_withdrawn"

    def is_allowed(self) -> bool:
        return self.proposal.proposed_by == self.user

    def act(self, **given: Any) -> AuthorityProposal:
        return actions.withdraw_authority(proposal=self.proposal, **given, **self.hand)
