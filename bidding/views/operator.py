"""The operator's side: review, publication and registration, each by another person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from bidding import permissions, queries
from bidding.actions import tenders as actions
from bidding.forms.tenders import ReasonsForm, ReviewForm
from bidding.guards import tenders as guards
from bidding.models import Tender
from bidding.pages.acts import return_act
from bidding.pages.orders import order_facts
from bidding.pages.queues import queue_rows
from bidding.selection.methods import rule_sentences
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.verdicts import Refused
from marketplace.web.acts import Acts
from marketplace.web.views import (
    PartyView,
    refuse,
    say,
    say_refused,
)

PAGE_SIZE = 20
ACTS: dict[str, Callable[..., Any]] = {
    "approve": actions.approve_tender,
    "publish": actions.publish_tender,
    "register": actions.register_selection,
}


class OperatorTenders(PartyView):
    """The orders that wait for an officer, the longest waiting first."""

    def is_allowed(self) -> bool:
        return permissions.can_operate(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        queue = request.GET.get("queue", "")
        page = Paginator(queries.queue_of(self.party, queue), PAGE_SIZE).get_page(
            request.GET.get("page")
        )
        return self.page(
            "bidding/operator_tenders.html",
            rows=queue_rows(page, self.at, CalendarDay.objects.work_calendar()),
            page_obj=page,
            queue=queue,
            counts=queries.queue_counts(self.party),
        )


class OperatedTenderView(PartyView):
    """A page about one order in the officer's own area."""

    tender: Tender

    def load(self, **kwargs: Any) -> None:
        tender = queries.tender_by_slug(kwargs["slug"])
        if tender is None or not permissions.can_see_operated(self.party, tender):
            raise Http404
        self.tender = tender

    def is_allowed(self) -> bool:
        return permissions.can_operate_tender(self.party, self.tender)


class OperatorTender(OperatedTenderView):
    """One order with its checks; the acts that are not this person's are shown with the reason."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(ReasonsForm())

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        tender, user, at = self.tender, self.party.user, self.at
        return self.page(
            "bidding/operator_tender.html",
            status=status,
            tender=tender,
            return_acts=Acts([return_act(tender, user, at, form)]),
            facts=order_facts(tender),
            rules=rule_sentences(tender, at),
            approve_verdicts=guards.may_approve(tender, user, at, uscc_confirmed=True),
            asks_uscc=not tender.buyer.uscc_is_settled,
            review=ReviewForm(),
            publish_verdicts=guards.may_publish(tender, user, at),
            register_verdicts=guards.may_register(tender, user, at),
            warnings=guards.warnings_of(tender, at),
            ranking=queries.standing_bids(tender),
        )


class OperatorAct(OperatedTenderView):
    """Approve, publish or register, by POST."""

    def post(self, request: HttpRequest, slug: str, act: str) -> HttpResponse:
        if act not in ACTS:
            raise Http404
        try:
            ACTS[act](tender=self.tender, by=self.party.user, at=self.at, **self.ticks(act))
        except Refused as refused:
            say_refused(request, refused)
        else:
            # What was published has its code and its dates only now.
            say(request, f"bidding/operator_{act}", tender=queries.tender_by_slug(slug))
        return redirect("bidding:operator_tender", slug=slug)

    def ticks(self, act: str) -> dict[str, Any]:
        """Return what the officer has confirmed with the act."""
        form = ReviewForm(self.request.POST)
        return form.cleaned_data if act == "approve" and form.is_valid() else {}


class OperatorReturn(OperatorTender):
    """Send an order back to its buyer, with reasons."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = ReasonsForm(request.POST)
        if form.is_valid():
            try:
                actions.return_tender(
                    tender=self.tender,
                    reasons=form.cleaned_data["reasons"],
                    by=self.party.user,
                    at=self.at,
                )
            except Refused as refused:
                refuse(form, refused)
            else:
                say(request, "bidding/operator_return", tender=self.tender)
                return redirect("bidding:operator_tenders")
        self.load(slug=slug)
        return self.show(form, status=422)
