"""Register an organisation, open to whoever is signed in; and correct what an owner is known by."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_post_parameters

from marketplace.actions.registration import (
    buy_too,
    change_buyer,
    register_agency,
    register_buyer,
    register_person,
    serve_too,
)
from marketplace.forms.registration import (
    AgencyRegistrationForm,
    BuyerForm,
    BuyerRegistrationForm,
    BuyTooForm,
    PersonForm,
    PersonRegistrationForm,
)
from marketplace.guards.documents import upload_limit
from marketplace.guards.registration import (
    may_change_buyer,
    unit_is_no_agency_yet,
    unit_is_no_owner_yet,
    unit_is_no_person,
)
from marketplace.guards.versions import buyer_of, version_of_buyer
from marketplace.kernel.versions import Version
from marketplace.models import Buyer, Organization
from marketplace.pages.checklists import remarks_on
from marketplace.pages.owners import letter_card
from marketplace.parties import SESSION_KEY
from marketplace.permissions import can_change_buyer, can_manage_members
from marketplace.web.act_views import AskingView, Confirmation, PersonActView
from marketplace.web.views import say


class Registration(PersonActView):
    """The one page of a registration; there is nothing yet that could have changed."""

    template: ClassVar[str]

    def is_allowed(self) -> bool:
        return True

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show(self.form())

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(self.template, status=status, form=form)

    def finish(self, done: Organization) -> HttpResponse:
        """Go on as the new organisation, and say so when its code has a wrong check digit."""
        self.request.session[SESSION_KEY] = done.slug
        _say_unconfirmed(self.request, done)
        return super().finish(done)

    def words(self, done: Organization) -> dict[str, Any]:
        return {"organization": done}


class RegisterAgency(Registration):
    """The first page of an agency's way in."""

    form_class, template = AgencyRegistrationForm, "marketplace/register_agency.html"
    said = "marketplace/agency_registered"

    def act(self, **given: Any) -> Organization:
        return register_agency(**given, **self.hand)

    def where(self, done: Organization) -> str:
        return reverse("marketplace:admission")


class RegisterBuyer(Registration):
    """The one page of a buyer's registration."""

    form_class, template = BuyerRegistrationForm, "marketplace/register_buyer.html"
    said = "marketplace/buyer_registered"

    def act(self, **given: Any) -> Organization:
        return register_buyer(**given, **self.hand)

    def where(self, done: Organization) -> str:
        return reverse("marketplace:workbench")


class RegisterPerson(Registration):
    """The one page of an owner who is a natural person; nothing typed here is kept."""

    form_class, template = PersonRegistrationForm, "marketplace/register_person.html"
    said, keeps_text = "marketplace/buyer_registered", False

    @method_decorator(sensitive_post_parameters("identity_number"))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)

    def act(self, **given: Any) -> Organization:
        return register_person(**given, **self.hand)

    def where(self, done: Organization) -> str:
        return reverse("marketplace:workbench")


class OtherSide(AskingView):
    """Be on the other side too: an agency that buys, an owner that serves."""

    said = "marketplace/other_side"

    def load(self, **_kwargs: Any) -> None:
        self.party.organization.refresh_from_db()

    def is_allowed(self) -> bool:
        return can_manage_members(self.party) and not self.party.is_authority

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return (
            BuyTooForm(*posted[:1], **options)
            if self.party.is_agency
            else Confirmation(*posted[:1])
        )

    def act(self, **given: Any) -> Organization:
        organization = self.party.organization
        if self.party.is_agency:
            return buy_too(organization=organization, **given, **self.hand)
        return serve_too(organization=organization, **self.hand)

    def finish(self, done: Organization) -> HttpResponse:
        """Go on as the side that has just begun."""
        kind = Organization.Kind.BUYER if self.party.is_agency else Organization.Kind.AGENCY
        self.request.session[SESSION_KEY] = f"{done.slug}:{kind}"
        return super().finish(done)

    def words(self, done: Organization) -> dict[str, Any]:
        return {"organization": done, "buys": self.party.is_agency}

    def where(self, done: Organization) -> str:
        return reverse("marketplace:workbench")

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        buys = self.party.is_agency
        organization = self.party.organization
        asked = (
            (unit_is_no_owner_yet(organization),)
            if buys
            else (unit_is_no_agency_yet(organization), unit_is_no_person(organization))
        )
        return self.page(
            "marketplace/other_side.html",
            status=status,
            buys=buys,
            form=form,
            failed=[verdict for verdict in asked if not verdict.holds],
        )


class BuyerFacts(AskingView):
    """What an owner is registered with, to be corrected by its manager."""

    said = "marketplace/buyer_changed"

    def is_allowed(self) -> bool:
        return can_change_buyer(self.party)

    def version(self) -> Version:
        return version_of_buyer(self.party.organization)

    def load(self, **_kwargs: Any) -> None:
        self.party.organization.refresh_from_db()

    @cached_property
    def buyer(self) -> Buyer:
        return buyer_of(self.party.organization)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        organization = self.buyer.organization
        if organization.is_person:
            return PersonForm(*posted[:1], organization=organization, **options)
        is_named = not all(verdict.holds for verdict in may_change_buyer(organization))
        limit = upload_limit(organization, self.at)
        return BuyerForm(
            *posted, organization=organization, is_named=is_named, limit=limit, **options
        )

    def act(self, **given: Any) -> Organization:
        return change_buyer(organization=self.party.organization, **given, **self.hand)

    def finish(self, done: Organization) -> HttpResponse:
        response = super().finish(done)
        if done.uscc != self.party.organization.uscc:
            _say_unconfirmed(self.request, done)
        return response

    def where(self, done: Organization) -> str:
        return reverse("marketplace:buyer_facts")

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        asked = may_change_buyer(self.party.organization)
        buyer = self.buyer
        vars(form)["remarks"] = remarks_on(buyer)
        return self.page(
            "marketplace/buyer_facts.html",
            status=status,
            buyer=buyer,
            is_returned=buyer.status == Buyer.Status.RETURNED,
            letter=letter_card(buyer),
            form=form,
            verdicts=[verdict for verdict in asked if not verdict.holds],
        )


def _say_unconfirmed(request: HttpRequest, organization: Organization) -> None:
    if not organization.has_valid_check_digit:
        say(request, "marketplace/uscc_unconfirmed", messages.WARNING, organization=organization)
