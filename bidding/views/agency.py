"""The agency's side: orders it may bid for, its sealed bids, its contracts."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from bidding import permissions, queries
from bidding.actions import bids as actions
from bidding.forms.bids import OfferForm
from bidding.guards import bids as guards
from bidding.models import Bid, Tender
from bidding.pages.acts import decline_act
from bidding.pages.bids import bid_rows
from bidding.pages.orders import entry_facts
from bidding.selection.methods import method_of
from marketplace.kernel.verdicts import Refused, Verdict
from marketplace.web.views import (
    PartyView,
    refuse,
    say,
    say_refused,
)

PAGE_SIZE = 20


class AgencyPage(PartyView):
    """A page for those who act for an agency."""

    def is_allowed(self) -> bool:
        return permissions.can_bid(self.party)


class AgencyMatches(AgencyPage):
    """Open orders of the classes that the agency is qualified for, the next deadline first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        tenders = queries.matching_tenders(self.party.organization, self.at)
        page = Paginator(tenders, PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page("bidding/agency_matches.html", tenders=page, page_obj=page)


class AgencyBids(AgencyPage):
    """The agency's own bids with its own amounts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        bids = queries.bids_of_agency(self.party.organization)
        page = Paginator(bids, PAGE_SIZE).get_page(request.GET.get("page"))
        rows = bid_rows(page.object_list, self.at)
        return self.page("bidding/agency_bids.html", rows=rows, page_obj=page)


class BidView(AgencyPage):
    """The agency's bid for one order: seal an amount, replace it, see its versions."""

    tender: Tender
    bid: Bid | None

    def load(self, **kwargs: Any) -> None:
        self.tender = get_object_or_404(queries.public_tenders(), code=kwargs["code"])
        self.bid = queries.own_bid(self.tender, self.party.organization)

    def get(self, _request: HttpRequest, code: str) -> HttpResponse:
        return self.show(OfferForm())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        form = OfferForm(request.POST)
        if form.is_valid():
            try:
                actions.submit_bid(
                    tender=self.tender,
                    agency=self.party.organization,
                    amount=form.cleaned_data["amount"],
                    seen=form.cleaned_data["seen"],
                    by=self.party.user,
                    at=self.at,
                )
            except Refused as refused:
                refuse(form, refused)
                self.load(code=code)
            else:
                say(request, "bidding/bid_sealed", tender=self.tender)
                return redirect("bidding:bid", code=code)
        return self.show(form, status=422)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        agency = self.party.organization
        return self.page(
            "bidding/bid.html",
            status=status,
            form=form,
            seen=guards.state_of(self.bid),
            tender=self.tender,
            words=method_of(self.tender).words,
            entry_facts=entry_facts(self.tender),
            bid=self.bid,
            offers=self.bid.offers.all() if self.bid else [],
            verdicts=guards.may_submit_bid(self.tender, agency, self.at),
            decline_verdicts=guards.may_decline_order(self.tender, agency, self.at),
            withdraw_verdicts=self.withdraw_verdicts(),
        )

    def withdraw_verdicts(self) -> tuple[Verdict, ...]:
        if self.bid is None:
            return ()
        return guards.may_withdraw_bid(self.bid, self.at)


class BidDecline(AgencyPage):
    """The named agency says no to a direct order."""

    tender: Tender

    def load(self, **kwargs: Any) -> None:
        self.tender = get_object_or_404(queries.public_tenders(), code=kwargs["code"])

    def get(self, _request: HttpRequest, code: str) -> HttpResponse:
        act = decline_act(self.tender, self.party.organization, self.at)
        return self.page("bidding/bid_decline.html", act=act, tender=self.tender)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            actions.decline_order(
                tender=self.tender,
                agency=self.party.organization,
                by=self.party.user,
                at=self.at,
            )
        except Refused as refused:
            say_refused(request, refused)
            return redirect("bidding:bid", code=code)
        say(request, "bidding/order_declined", tender=self.tender)
        return redirect("bidding:tender", code=code)


class BidWithdraw(AgencyPage):
    """Take a bid back before the deadline; it can be submitted again until then."""

    bid: Bid

    def load(self, **kwargs: Any) -> None:
        tender = get_object_or_404(queries.public_tenders(), code=kwargs["code"])
        bid = queries.own_bid(tender, self.party.organization)
        if bid is None:
            raise Http404
        self.bid = bid

    def get(self, _request: HttpRequest, code: str) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            actions.withdraw_bid(bid=self.bid, by=self.party.user, at=self.at)
        except Refused:
            return self.show(status=422)
        say(request, "bidding/bid_withdrawn", tender=self.bid.tender)
        return redirect("bidding:bid", code=code)

    def show(self, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/bid_withdraw.html",
            status=status,
            bid=self.bid,
            tender=self.bid.tender,
            verdicts=guards.may_withdraw_bid(self.bid, self.at),
        )
