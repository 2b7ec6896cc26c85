"""Register an organisation, open to whoever is signed in; and correct what an owner is known by."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView

from marketplace.actions.registration import change_buyer, register_agency, register_buyer
from marketplace.forms.registration import AgencyRegistrationForm, BuyerForm, BuyerRegistrationForm
from marketplace.guards.registration import may_change_buyer
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Refused
from marketplace.models import Organization, User
from marketplace.parties import SESSION_KEY
from marketplace.permissions import can_change_buyer
from marketplace.web.views import PartyView, refuse, say


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


class BuyerFacts(PartyView):
    """What an owner is registered with, to be corrected by its manager."""

    def is_allowed(self) -> bool:
        return can_change_buyer(self.party)

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        known = self.party.organization
        try:
            organization = change_buyer(
                organization=known, by=self.party.user, at=self.at, **form.cleaned_data
            )
        except Refused as refused:
            refuse(form, refused)
            return self.show(form)
        say(request, "marketplace/buyer_changed")
        if organization.uscc != known.uscc:
            _say_unconfirmed(request, organization)
        return redirect("marketplace:buyer_facts")

    def form(self, data: Any = None) -> BuyerForm:
        organization = self.party.organization
        is_named = not all(verdict.holds for verdict in may_change_buyer(organization))
        return BuyerForm(data, organization=organization, is_named=is_named)

    def show(self, form: BuyerForm) -> HttpResponse:
        return self.page(
            "marketplace/buyer_facts.html",
            form=form,
            verdicts=[
                verdict
                for verdict in may_change_buyer(self.party.organization)
                if not verdict.holds
            ],
        )


def _signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - LoginRequiredMixin has let them in
    return request.user


def _act_for(request: HttpRequest, organization: Organization) -> None:
    """Go on as the new organisation, and say so when its code has a wrong check digit."""
    request.session[SESSION_KEY] = organization.slug
    _say_unconfirmed(request, organization)


def _say_unconfirmed(request: HttpRequest, organization: Organization) -> None:
    if not organization.has_valid_check_digit:
        say(request, "marketplace/uscc_unconfirmed", messages.WARNING, organization=organization)
