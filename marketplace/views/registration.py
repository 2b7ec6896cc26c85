"""Register an organisation; open to whoever is signed in, led to from the sign-up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView

from marketplace import clock
from marketplace.actions.registration import register_agency, register_buyer
from marketplace.forms.registration import AgencyRegistrationForm, BuyerRegistrationForm
from marketplace.models import Organization, User
from marketplace.parties import SESSION_KEY
from marketplace.verdicts import Refused
from marketplace.views.base import refuse, say


class RegisterAgency(LoginRequiredMixin, FormView[AgencyRegistrationForm]):
    """The first page of an agency's way in."""

    form_class = AgencyRegistrationForm
    template_name = "marketplace/register_agency.html"

    def form_valid(self, form: AgencyRegistrationForm) -> HttpResponse:
        by = _signed_in(self.request)
        try:
            organization = register_agency(**form.cleaned_data, by=by, at=clock.now())
        except Refused as refused:
            refuse(form, refused)
            return self.form_invalid(form)
        _act_for(self.request, organization)
        say(self.request, "marketplace/agency_registered", organization=organization)
        return redirect("marketplace:admission")


class RegisterBuyer(LoginRequiredMixin, FormView[BuyerRegistrationForm]):
    """The one page of a buyer's registration."""

    form_class = BuyerRegistrationForm
    template_name = "marketplace/register_buyer.html"

    def form_valid(self, form: BuyerRegistrationForm) -> HttpResponse:
        by = _signed_in(self.request)
        try:
            organization = register_buyer(**form.cleaned_data, by=by, at=clock.now())
        except Refused as refused:
            refuse(form, refused)
            return self.form_invalid(form)
        _act_for(self.request, organization)
        say(self.request, "marketplace/buyer_registered", organization=organization)
        return redirect("marketplace:workbench")


def _signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - LoginRequiredMixin has let them in
    return request.user


def _act_for(request: HttpRequest, organization: Organization) -> None:
    """Go on as the new organisation, and say so when its code has a wrong check digit."""
    request.session[SESSION_KEY] = organization.slug
    if not organization.has_valid_check_digit:
        say(request, "marketplace/uscc_unconfirmed", messages.WARNING, organization=organization)
