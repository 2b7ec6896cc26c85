"""The opening of an order: a page for everybody, and the act of an officer who gives a share."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from bidding import permissions
from bidding.actions.openings import enter_public_value, give_share
from bidding.forms.public_values import PublicValueForm, SignatureForm
from bidding.guards.openings import may_give_share
from bidding.guards.public_values import announced_source, may_enter_value, signed_round
from bidding.guards.versions import version_of_order
from bidding.links import to_opening
from bidding.models import PublicValue, ShareGiven, Tender
from bidding.pages.acts import give_share_act, public_value_act
from bidding.pages.openings import ceremony_of
from bidding.selection.beacon import address_of
from marketplace.kernel.versions import Version
from marketplace.web.act_views import SEEN, AskingView


class OpeningPage(TemplateView):
    """Who holds a share of the order's key, what is given, and what is still missing."""

    template_name = "bidding/opening.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        orders = Tender.objects.public().filter(order_key__isnull=False)
        found = orders.joined_with("order_key", "seal")
        tender = get_object_or_404(found, code=self.kwargs["code"])
        return super().get_context_data(tender=tender, ceremony=ceremony_of(tender), **kwargs)


class OpeningAct(AskingView):
    """What an officer of the order's area does for its opening."""

    tender: Tender

    def is_allowed(self) -> bool:
        return permissions.can_open(self.party)

    def load(self, **kwargs: Any) -> None:
        orders = Tender.objects.public().filter(order_key__isnull=False)
        self.tender = get_object_or_404(
            orders.joined_with("order_key", "buyer", "division__parent"), slug=kwargs["slug"]
        )
        if not self.party.covers(self.tender.division):
            raise Http404

    def version(self) -> Version:
        return version_of_order(self.tender)

    @property
    def hand(self) -> dict[str, Any]:
        """On what the officer acts, when, and on which version of it."""
        return {"tender": self.tender, "at": self.at, SEEN: self.seen}

    def where(self, done: Any) -> str:
        return to_opening(self.tender)


class EnterPublicValue(OpeningAct):
    """Enter what the announced public source said, without seeing what another entered."""

    said = "bidding/public_value_entered"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        number = signed_round(self.tender)
        if number is None:
            return PublicValueForm(*posted, **options)
        return SignatureForm(*posted, number=number, **options)

    def act(self, **given: Any) -> PublicValue:
        return enter_public_value(officer=self.party, **given, **self.hand)

    def words(self, done: Any) -> dict[str, Any]:
        return {"is_signed": signed_round(self.tender) is not None}

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        verdicts = may_enter_value(self.tender, self.party, self.at)
        number = signed_round(self.tender)
        return self.page(
            "bidding/public_value.html",
            status=status,
            tender=self.tender,
            act=public_value_act(self.tender, verdicts, form),
            source=announced_source(self.tender),
            number=number,
            address=number and address_of(number),
        )


class GiveShare(OpeningAct):
    """Give the share that the own office holds."""

    said = "bidding/share_given"

    def act(self, **given: Any) -> ShareGiven:
        return give_share(giver=self.party, **given, **self.hand)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/give_share.html",
            status=status,
            tender=self.tender,
            act=give_share_act(self.tender, may_give_share(self.tender, self.party, self.at), form),
            ceremony=ceremony_of(self.tender),
        )
