"""What becomes of an officer's lost device: a manager asks, and another officer confirms."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from marketplace.actions import factors as actions
from marketplace.forms.factors import ResetForm
from marketplace.guards.factors import may_ask_for_reset, may_confirm_reset
from marketplace.guards.versions import version_of_members, version_of_reset
from marketplace.kernel.versions import Version
from marketplace.models import FactorReset, Membership
from marketplace.permissions import can_confirm_officers_of, can_manage_members
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.lookups import named_or_404
from marketplace.web.views import row_key


class AskForReset(AskingView):
    """A manager says why the factors of a member are to be unbound."""

    form_class = ResetForm
    said = "marketplace/reset_asked"
    membership: Membership

    def is_allowed(self) -> bool:
        return self.party.is_authority and can_manage_members(self.party)

    def load(self, **kwargs: Any) -> None:
        own = Membership.objects.members_of(self.party.organization)
        self.membership = get_object_or_404(own, pk=row_key(kwargs["pk"]))

    def version(self) -> Version:
        return version_of_members(self.party.organization)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "marketplace/reset_new.html",
            status=status,
            membership=self.membership,
            form=form,
            checks=may_ask_for_reset(self.membership, self.user),
        )

    def act(self, **given: Any) -> FactorReset:
        return actions.ask_for_reset(membership=self.membership, **given, **self.hand)

    def words(self, done: FactorReset) -> dict[str, Any]:
        return {"reset": done}

    def where(self, done: FactorReset) -> str:
        return reverse("marketplace:members")


class ResetView(ActView):
    """An act on a request; for anybody who could not confirm it, it is 404."""

    reset: FactorReset

    def load(self, **kwargs: Any) -> None:
        self.reset = named_or_404(FactorReset, kwargs["slug"], "with_people")
        if not can_confirm_officers_of(self.party, self.reset.organization):
            raise Http404

    def is_allowed(self) -> bool:
        return True

    def version(self) -> Version:
        return version_of_reset(self.reset)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "marketplace/reset_confirm.html",
            status=status,
            reset=self.reset,
            checks=may_confirm_reset(self.reset, self.user),
            can_withdraw=self.reset.asked_by == self.user,
        )

    def words(self, done: FactorReset) -> dict[str, Any]:
        return {"reset": done}

    def where(self, done: FactorReset) -> str:
        return reverse("marketplace:workbench")


class ConfirmReset(ResetView):
    """The page on which another officer confirms the request."""

    said = "marketplace/reset_confirmed"

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(self.form())

    def act(self, **given: Any) -> FactorReset:
        return actions.confirm_reset(reset=self.reset, **given, **self.hand)


class WithdrawReset(ResetView):
    """Who has asked takes it back; by POST only."""

    said = "marketplace/reset_withdrawn"

    def is_allowed(self) -> bool:
        return self.reset.asked_by == self.user

    def act(self, **given: Any) -> FactorReset:
        return actions.withdraw_reset(reset=self.reset, **given, **self.hand)
