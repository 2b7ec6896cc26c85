"""The owner chooses one of those whom the selection listed, or scores their plans."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bidding import permissions
from bidding.actions.choices import choose_bid, score_plans
from bidding.forms.choices import ChoiceForm, ScoresForm
from bidding.models import Choice, Tender
from bidding.pages.acts import choose_act
from bidding.pages.bids import quotes
from bidding.pages.choices import candidates, plan_links
from bidding.selection.methods import is_scored, template_of, words_of
from bidding.views.buyer import OwnTenderView
from marketplace.web.act_views import AskingView


class Choose(OwnTenderView, AskingView):
    """Among whom, what each offers, and the form of the order's method."""

    said = "bidding/choice_made"

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        listed = candidates(self.tender)
        if is_scored(self.tender):
            template = template_of(self.tender)
            return ScoresForm(*posted, bidders=listed, template=template, **options)
        return ChoiceForm(*posted, candidates=listed, **options)

    def act(self, **given: Any) -> Choice:
        act = score_plans if is_scored(self.tender) else choose_bid
        return act(tender=self.tender, **given, **self.hand)

    def where(self, _done: Choice) -> str:
        return reverse("bidding:buyer_tender", args=[self.tender.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        tender = self.tender
        return self.page(
            "bidding/tender_choose.html",
            status=status,
            tender=tender,
            act=choose_act(tender, form),
            due_at=tender.choice_due_at,
            plans=plan_links(tender) if is_scored(tender) else [],
            quotes=quotes(tender, self.at),
            words=words_of(tender),
        )


def tender_scores(_request: HttpRequest, code: str) -> HttpResponse:
    """Return the scores of an order as the bytes that were published."""
    tender = get_object_or_404(Tender.objects.public(), code=code)
    if tender.choice is None or not tender.choice.scores:
        raise Http404
    response = HttpResponse(tender.choice.scores.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{code}-scores.json"'
    return response
