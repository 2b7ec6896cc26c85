"""The owner chooses one of those whom the selection listed."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse

from bidding import permissions
from bidding.actions.choices import choose_bid
from bidding.forms.choices import ChoiceForm
from bidding.models import Choice
from bidding.pages.acts import choose_act
from bidding.pages.bids import quotes
from bidding.pages.choices import candidates, choose_due
from bidding.selection.methods import method_of
from bidding.views.buyer import OwnTenderView
from marketplace.web.act_views import AskingView


class Choose(OwnTenderView, AskingView):
    """Among whom, what each offers, and the form."""

    said = "bidding/choice_made"

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return ChoiceForm(*posted, candidates=candidates(self.tender), **options)

    def act(self, **given: Any) -> Choice:
        return choose_bid(tender=self.tender, **given, **self.hand)

    def where(self, _done: Choice) -> str:
        return reverse("bidding:buyer_tender", args=[self.tender.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        tender = self.tender
        return self.page(
            "bidding/tender_choose.html",
            status=status,
            tender=tender,
            act=choose_act(tender, form),
            due_at=choose_due(tender, self.at),
            quotes=quotes(tender, self.at),
            words=method_of(tender).words if tender.method else None,
        )
