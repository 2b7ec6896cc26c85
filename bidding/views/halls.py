"""The hall of a live auction: watched by everybody, quoted in by who has a seat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from bidding import permissions
from bidding.actions.quotes import Attempt, place_quote
from bidding.forms.quotes import QuoteForm
from bidding.guards.halls import price_seen
from bidding.models import Quote, Tender
from bidding.pages.halls import (
    HallPage,
    hall_page,
    look_at,
    millis,
    own_in,
    told_of,
    told_of_quote,
)
from bidding.pages.own import answered_order, public_order
from bidding.pages.terms import with_quote
from bidding.selection.methods import method_of, rule_sentences
from bidding.views.agency import AgencyPage
from bidding.views.lists import AtMixin
from marketplace.kernel import clock
from marketplace.models import Organization
from marketplace.parties import acting
from marketplace.web.act_views import AskingView
from marketplace.web.capitals import NoCapitals, in_capitals


def live_order(code: str) -> Tender:
    """
    Return the published order with a hall under a code, read for this request alone.

    Raises:
        Http404: there is none, or its method has no hall.
    """
    tender = public_order.one(code)
    if tender is None or not method_of(tender).is_live:
        raise Http404
    return tender


class HallView(AtMixin, TemplateView):
    """The hall as everybody watches it, and where the reader's own agency stands."""

    template_name = "bidding/hall.html"

    @cached_property
    def tender(self) -> Tender:
        return live_order(self.kwargs["code"])

    @property
    def agency(self) -> Organization | None:
        """The agency for which the reader acts, if they act for one."""
        party = acting(self.request)
        return party.organization if party is not None and permissions.can_bid(party) else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = hall_page(self.tender, self.at, self.agency)
        own = own_in(self.tender, page)
        return super().get_context_data(
            tender=self.tender,
            page=page,
            own=own,
            form=QuoteForm(tender=self.tender) if own and page.is_open else None,
            price=price_seen(page.look.price),
            rules=rule_sentences(self.tender),
            now=self.at,
            capitals=capitals_of(page.look.price),
            left=left_of(page, self.at),
            **kwargs,
        )


def left_of(page: HallPage, at: datetime) -> str:
    """Return the minutes and seconds until the hall ends."""
    ends_at = page.look.ends_at
    seconds = 0 if ends_at is None else max(0, ceil((ends_at - at).total_seconds()))
    return f"{seconds // 60:02}:{seconds % 60:02}"


def capitals_of(amount: Decimal | None) -> str:
    """Return an amount in capitals; empty where there is none."""
    try:
        return "" if amount is None else in_capitals(amount)
    except NoCapitals:
        return ""


def hall_events(request: HttpRequest, code: str) -> JsonResponse:
    """Return what the stream tells after a number, for browsers and networks without streams."""
    after = request.GET.get("after", "")
    known = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else 0
    at = clock.now()
    look = look_at({code: known}, at).get(code)
    if look is None:
        raise Http404
    told = {**told_of(look), "now": millis(at)}
    response = JsonResponse({"hall": told, "quotes": [told_of_quote(one) for one in look.quotes]})
    response["Cache-Control"] = "no-store"
    return response


class QuoteView(AgencyPage, AskingView):
    """Confirm one quote: the amount in figures and in capitals, then its record."""

    form_class = QuoteForm
    said = "bidding/quote_recorded"
    tender: Tender

    def load(self, **kwargs: Any) -> None:
        found = answered_order.one(kwargs["code"]) if self.request.method == "POST" else None
        self.tender = found or live_order(kwargs["code"])
        if not method_of(self.tender).is_live:
            raise Http404

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        typed = {"amount": self.request.GET.get("amount")}
        return self.show(self.form(initial=typed))

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return super().form(*posted, tender=self.tender, **options)

    def act(self, **given: Any) -> Quote:
        attempt = Attempt(
            amount=given["amount"], key=given["key"], by=self.user, seen=given["price"]
        )
        return place_quote(
            tender=self.tender,
            agency=self.party.organization,
            attempt=attempt,
            clock=clock.now,
        )

    def words(self, done: Quote) -> dict[str, Any]:
        return {"quote": done, "shown": with_quote(self.tender, done.amount)}

    def where(self, done: Quote) -> str:
        return reverse("bidding:hall", args=[self.tender.code])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        page = hall_page(self.tender, clock.now(), self.party.organization)
        return self.page(
            "bidding/hall_quote.html",
            status=status,
            tender=self.tender,
            page=page,
            own=own_in(self.tender, page),
            form=form,
            price=price_seen(page.look.price),
            asked=self._asked(form),
        )

    def _asked(self, form: BaseForm) -> Mapping[str, str]:
        """Return in words what the form asks about, as far as it is an amount."""
        try:
            amount = form.fields["amount"].clean(form["amount"].value())
        except ValidationError:
            return {}
        return {"amount": with_quote(self.tender, amount), "capitals": capitals_of(amount)}
