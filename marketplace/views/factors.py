"""allauth's pages of apps and keys, with what they leave out: the trail, and an officer's last."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from marketplace.actions.factors import note_factor_added, note_factor_removed
from marketplace.factors import factors_of
from marketplace.kernel import clock


class Binding:
    """Whoever binds an app or a key has just shown it: the session has seen the factor."""

    request: HttpRequest

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # allauth's view
        factor = factors_of(self.request.user).latest("pk")  # type: ignore[arg-type]
        post_authentication(self.request, factor)
        note_factor_added(factor=factor, by=factor.user, at=clock.arrival_of(self.request))
        return response


class ActivateApp(Binding, ActivateTOTPView):
    """Bind an app."""


class AddKey(Binding, AddWebAuthnView):
    """Bind a key."""


class DeactivateApp(DeactivateTOTPView):
    """Unbind the app."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        kind, key = self.authenticator.type, self.authenticator.pk
        response: HttpResponse = super().form_valid(form)
        note_removed(self.request, kind, key)
        return response


class RemoveKey(RemoveWebAuthnView):
    """Unbind a key, unless it is the last factor of somebody who needs one."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        factor: Authenticator = self.get_object()
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(factor):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        kind, key = factor.type, factor.pk
        response: HttpResponse = super().form_valid(form)
        note_removed(self.request, kind, key)
        return response


def note_removed(request: HttpRequest, kind: str, key: int) -> None:
    user: Any = request.user
    note_factor_removed(kind=kind, factor=key, by=user, at=clock.arrival_of(request))
