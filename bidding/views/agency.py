"""The agency's side: orders it may bid for, its sealed bids, its contracts."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from bidding import permissions
from bidding.actions import bids as actions
from bidding.forms.bids import OfferForm
from bidding.forms.sorts import match_orders, own_bid_orders
from bidding.guards import bids as guards
from bidding.guards.agencies import may_take_orders
from bidding.guards.people import people_for
from bidding.guards.versions import version_of_bid
from bidding.models import Bid, Tender
from bidding.pages.acts import decline_act
from bidding.pages.bid_page import bid_page
from bidding.pages.bids import own_bid
from bidding.pages.explanations import own_cost
from bidding.pages.forecasts import forecast
from bidding.pages.order_lines import order_lines
from bidding.pages.orders import entry_facts
from bidding.pages.own import answered_order, matching_tenders, public_order
from bidding.pages.own_bids import own_bids
from bidding.selection.methods import method_of
from marketplace.holdings import holdings_of
from marketplace.kernel.verdicts import Verdict
from marketplace.kernel.versions import Version
from marketplace.models import ServiceItem
from marketplace.pages.requirements import items_for_agency
from marketplace.web.act_views import SEEN, AskingView
from marketplace.web.components import order_of, sorting_of
from marketplace.web.views import PartyView

PAGE_SIZE = 20


class AgencyPage(PartyView):
    """A page for those who act for an agency."""

    def is_allowed(self) -> bool:
        return permissions.can_bid(self.party)


class AgencyMatches(AgencyPage):
    """Open orders of the classes that the agency is qualified for, the next deadline first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        orders = match_orders()
        tenders = matching_tenders(self.party.organization, self.at)
        keys: Any = tenders.order_by(*order_of(orders, request.GET).by).values_list("pk", flat=True)
        page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
        sorting = sorting_of(orders, request.GET, is_in_form=False)
        return self.page(
            "bidding/agency_matches.html",
            tenders=order_lines(page),
            page_obj=page,
            sorting=sorting,
            failed=() if page.paginator.count else self.failed(),
        )

    def failed(self) -> list[Verdict]:
        """Return why the agency may sign up for nothing, if that is why the list is empty."""
        asked = may_take_orders(self.party.organization, self.at)
        return [verdict for verdict in asked if not verdict.holds]


class AgencyItems(AgencyPage):
    """Which items of the catalogue the agency may do, and what it lacks for the others."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        items = list(ServiceItem.objects.published().select_related("service_class"))
        agency = self.party.organization.pk
        asked = [item.requires for item in items]
        held = holdings_of([agency], self.at, asked)[agency]
        return self.page("bidding/agency_items.html", rows=items_for_agency(items, held))


class AgencyBids(AgencyPage):
    """The agency's own bids with its own amounts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        orders = own_bid_orders()
        bids = Bid.objects.filter(agency=self.party.organization)
        keys: Any = bids.order_by(*order_of(orders, request.GET).by).values_list("pk", flat=True)
        page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
        rows = own_bids(list(page), self.at)
        sorting = sorting_of(orders, request.GET, is_in_form=False)
        return self.page("bidding/agency_bids.html", rows=rows, page_obj=page, sorting=sorting)


class OrderToBidFor(AgencyPage, AskingView):
    """A public order, and the agency's own bid for it, if there is one."""

    tender: Tender

    def load(self, **kwargs: Any) -> None:
        vars(self).pop("bid", None)
        asked = answered_order if self.request.method == "POST" else public_order
        found = asked.one(kwargs["code"])
        if found is None:
            raise Http404
        self.tender = found

    @cached_property
    def bid(self) -> Bid | None:
        """The agency's own bid, read when it is first asked for."""
        found = own_bid(self.tender, self.party.organization)
        if found is not None:
            found.tender = self.tender
        return found

    @property
    def hand(self) -> dict[str, Any]:
        """Who acts, when and on what; the action reads what stands, under its locks."""
        return {"by": self.user, "at": self.at, SEEN: self.seen}

    def version(self) -> Version:
        return version_of_bid(self.tender, self.bid)

    def words(self, done: Any) -> dict[str, Any]:
        return {"tender": self.tender}

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        agency = self.party.organization
        verdicts = (
            *guards.may_submit_bid(self.tender, agency, self.at),
            *guards.may_act_for(agency, self.user, self.tender.item),
        )
        return self.page(
            "bidding/bid.html",
            status=status,
            form=form,
            tender=self.tender,
            words=method_of(self.tender).words,
            entry_facts=entry_facts(self.tender),
            bid=self.bid,
            page=bid_page(self.tender, self.bid, verdicts),
            cost=own_cost(self.tender, self.bid.pk) if self.bid and self.tender.is_opened else None,
            forecast=forecast(self.tender, agency),
            verdicts=verdicts,
            decline_verdicts=guards.may_decline_order(self.tender, agency, self.at),
            withdraw_verdicts=self.withdraw_verdicts(),
        )

    def withdraw_verdicts(self) -> tuple[Verdict, ...]:
        if self.bid is None:
            return ()
        return guards.may_withdraw_bid(self.bid, self.at)


class BidView(OrderToBidFor):
    """The agency's bid for one order: seal an amount, replace it, see its versions."""

    form_class = OfferForm
    keeps_text = False  # an amount is sealed, or it is nowhere

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.said = method_of(self.tender).receipt

    def form(self, *posted: Any, **options: Any) -> OfferForm:
        people = people_for(self.tender.item, self.party.organization)
        return OfferForm(*posted, tender=self.tender, at=self.at, people=people, **options)

    def act(self, **given: Any) -> Bid:
        return actions.submit_bid(
            tender=self.tender, agency=self.party.organization, **given, **self.hand
        )

    def words(self, done: Bid) -> dict[str, Any]:
        """Speak of the order as the bid was made for it, whose end is read already."""
        return {"tender": done.tender}

    def where(self, done: Bid) -> str:
        return reverse("bidding:bid", args=[self.tender.code])


class BidDecline(OrderToBidFor):
    """The named agency says no to a direct order."""

    said = "bidding/order_declined"

    def act(self, **given: Any) -> Tender:
        return actions.decline_order(
            tender=self.tender, agency=self.party.organization, **given, **self.hand
        )

    def where(self, done: Tender) -> str:
        return reverse("bidding:tender", args=[self.tender.code])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        act = decline_act(self.tender, self.party.organization, self.at)
        return self.page("bidding/bid_decline.html", status=status, act=act, tender=self.tender)


class BidWithdraw(OrderToBidFor):
    """Take a bid back before the deadline; it can be submitted again until then."""

    said = "bidding/bid_withdrawn"
    own: Bid

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.bid is None:
            raise Http404
        self.own = self.bid

    def act(self, **given: Any) -> Bid:
        return actions.withdraw_bid(bid=self.own, **given, **self.hand)

    def where(self, done: Bid) -> str:
        return reverse("bidding:bid", args=[self.tender.code])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/bid_withdraw.html",
            status=status,
            bid=self.own,
            tender=self.tender,
            verdicts=guards.may_withdraw_bid(self.own, self.at),
        )
