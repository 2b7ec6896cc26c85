"""The operator's side: review, publication and registration, each by another person."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from bidding import permissions
from bidding.actions import tenders as actions
from bidding.forms.tenders import ReasonsForm, RegistrationForm, ReviewForm
from bidding.guards import tenders as guards
from bidding.guards.kin import namesakes_of
from bidding.guards.versions import version_of_order
from bidding.guards.warnings import warnings_of
from bidding.models import Award, Tender
from bidding.pages.acts import return_act
from bidding.pages.bids import quotes
from bidding.pages.explanations import explanation_rows
from bidding.pages.order_page import state_of
from bidding.pages.order_rows import order_rows
from bidding.pages.orders import order_facts
from bidding.pages.panels import officer_seats
from bidding.pages.parts import parts_of
from bidding.pages.queues import (
    HANDLED,
    count_in,
    queue_counts,
    queue_of,
    queue_orders,
    queue_rows,
    queue_tabs,
)
from bidding.selection.methods import rule_sentences
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.verdicts import all_hold
from marketplace.kernel.versions import Version
from marketplace.web.act_views import ActView
from marketplace.web.acts import Acts
from marketplace.web.components import order_of, sorting_of
from marketplace.web.lookups import named_or_404
from marketplace.web.queues import handlers_of, handling_of, narrowed, narrowing_of
from marketplace.web.views import PartyView

PAGE_SIZE = 20


class OperatorTenders(PartyView):
    """The orders that wait for an officer, the longest waiting first unless asked otherwise."""

    def is_allowed(self) -> bool:
        return permissions.can_operate(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        queue = request.GET.get("queue", "")
        orders = queue_orders()
        asked = narrowing_of(request.GET)
        tenders = queue_of(self.party, queue).order_by(*order_of(orders, request.GET).by)
        tenders = narrowed(tenders, HANDLED, asked, self.party, day_of(self.at))
        keys = tenders.values_list("pk", flat=True)
        found = asked.counted(keys, count_in(self.party, queue))
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page(
            "bidding/operator_tenders.html",
            rows=queue_rows(order_rows(list(page)), self.at, CalendarDay.objects.work_calendar()),
            page_obj=page,
            narrowing=asked,
            handlers=handlers_of(Tender, list(page), self.party),
            queues=queue_tabs(queue_counts(self.party), queue),
            sorting=sorting_of(orders, request.GET, is_in_form=False),
        )


class OperatedTenderView(PartyView):
    """A page about one order in the officer's own area."""

    tender: Tender

    def load(self, **kwargs: Any) -> None:
        tender = named_or_404(Tender, kwargs["slug"], "with_details")
        if not permissions.can_see_operated(self.party, tender):
            raise Http404
        self.tender = tender

    def is_allowed(self) -> bool:
        return permissions.can_operate_tender(self.party, self.tender)

    def version(self) -> Version:
        return version_of_order(self.tender)


class OperatorDesk(OperatedTenderView):
    """One order with its checks; the acts that are not this person's are shown with the reason."""

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        tender, user, at = self.tender, self.party.user, self.at
        sent = form if isinstance(form, ReasonsForm) else ReasonsForm()
        returning = Acts([return_act(tender, user, at, sent)])
        approve = guards.may_approve(tender, user, at, uscc_confirmed=True)
        register = guards.may_register(tender, user, at, namesakes_ruled_out=True)
        return self.page(
            "bidding/operator_tender.html",
            status=status,
            tender=tender,
            handling=handling_of(HANDLED, tender, self.party, day_of(at)),
            return_acts=returning,
            shows_return=state_of(tender).can_be_sent_back or returning.is_refused,
            facts=order_facts(tender),
            parts=parts_of(tender, is_public=False),
            rules=rule_sentences(tender, at),
            approve_verdicts=approve,
            asks_uscc=all_hold(approve) and not tender.buyer.uscc_is_settled,
            review=ReviewForm(),
            publish_verdicts=guards.may_publish(tender, user, at),
            register_verdicts=register,
            namesakes=namesakes_of(tender) if all_hold(register) else [],
            registration=RegistrationForm(),
            warnings=warnings_of(tender, at),
            ranking=quotes(tender, self.at),
            seats=officer_seats(tender),
            explanations=explanation_rows(tender),
        )


class OperatorTender(OperatorDesk):
    """The officer's page of an order."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(ReasonsForm())


class OperatorAct(OperatorDesk, ActView):
    """An act of an officer on an order, by POST; a refusal shows the order as it is now."""

    def words(self, done: Any) -> dict[str, Any]:
        # What was published has its code and its dates only now.
        return {"tender": Tender.objects.with_details().get(pk=self.tender.pk)}

    def where(self, done: Any) -> str:
        return reverse("bidding:operator_tender", args=[self.tender.slug])


class OperatorApprove(OperatorAct):
    """Pass the review, with what the officer has confirmed of the buyer's credit code."""

    form_class, said = ReviewForm, "bidding/operator_approve"
    is_refused_on_top = True

    def act(self, **given: Any) -> Tender:
        return actions.approve_tender(tender=self.tender, **given, **self.hand)


class OperatorPublish(OperatorAct):
    """Publish the order."""

    said = "bidding/operator_publish"

    def act(self, **given: Any) -> Tender:
        return actions.publish_tender(tender=self.tender, **given, **self.hand)


class OperatorRegister(OperatorAct):
    """Register what the selection found."""

    form_class, said = RegistrationForm, "bidding/operator_register"
    is_refused_on_top = True

    def act(self, **given: Any) -> Award:
        return actions.register_selection(tender=self.tender, **given, **self.hand)


class OperatorReturn(OperatorAct):
    """Send an order back to its buyer, with reasons."""

    form_class, said = ReasonsForm, "bidding/operator_return"

    def act(self, **given: Any) -> Tender:
        return actions.return_tender(tender=self.tender, **given, **self.hand)

    def where(self, done: Any) -> str:
        return reverse("bidding:operator_tenders")
