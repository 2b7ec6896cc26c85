"""The buyer amends an order that takes bids."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse

from bidding import permissions
from bidding.actions import tenders as actions
from bidding.forms.amendments import AmendForm
from bidding.models import Amendment
from bidding.pages.acts import amend_act
from bidding.pages.amendments import amendments_of
from bidding.views.buyer import OwnTenderView
from marketplace.web.act_views import AskingView


class Amend(OwnTenderView, AskingView):
    """The fields as they stand, to be changed; what was changed before stands below."""

    said = "bidding/tender_amended"

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        given = {"instance": copy(self.tender), "at": self.at, **options}
        return AmendForm(*posted, **given)

    def act(self, **given: Any) -> Amendment:
        return actions.amend_tender(tender=self.tender, **given, **self.hand)

    def words(self, done: Amendment) -> dict[str, Any]:
        return {"amendment": done, "tender": done.tender}

    def where(self, done: Amendment) -> str:
        return reverse("bidding:tender", args=[done.tender.code])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/tender_amend.html",
            status=status,
            act=amend_act(self.tender, self.at, form),
            tender=self.tender,
            amendments=amendments_of(self.tender),
        )
