"""The page on which an officer says which person the account is of."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from marketplace.actions.identities import state_identity
from marketplace.factors import has_given_factor, missing_step
from marketplace.forms.identities import IdentityForm
from marketplace.guards.identities import identity_is_open
from marketplace.models import OfficerIdentity
from marketplace.parties import acting
from marketplace.web.act_views import PersonActView
from marketplace.web.views import way_back


class IdentityPage(PersonActView):
    """Once, after the second factor and before the first act; nothing typed here is kept."""

    form_class, said = IdentityForm, "marketplace/identity_stated"
    keeps_text = False

    @method_decorator(sensitive_post_parameters("identity_number"))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)

    def enter(self) -> HttpResponse | None:
        if not self.is_allowed() or has_given_factor(self.request, self.user):
            return None
        return redirect(missing_step(self.request, self.user, self.request.get_full_path()))

    def is_allowed(self) -> bool:
        party = acting(self.request)
        return party is not None and party.is_authority

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show(self.form())

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "marketplace/identity.html",
            status=status,
            form=form,
            is_open=identity_is_open(self.user).holds,
        )

    def act(self, **given: Any) -> OfficerIdentity:
        return state_identity(**given, **self.hand)

    def where(self, done: OfficerIdentity) -> str:
        return way_back(self.request)
