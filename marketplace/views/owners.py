"""The check of owners: the officers' queue, one owner, both decisions, and its letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from marketplace.actions.owners import confirm_owner, send_owner_back
from marketplace.forms.owners import OwnerConfirmForm, OwnerReturnForm
from marketplace.guards.owners import may_decide_owner
from marketplace.guards.versions import version_of_buyer
from marketplace.kernel.calendar import day_of
from marketplace.kernel.versions import Version
from marketplace.models import Buyer, Document, Membership
from marketplace.pages.checklists import owner_items, remark_lines
from marketplace.pages.owners import (
    letter_card,
    owner_orders,
    owner_rows,
    owner_tabs,
    sorted_owners,
)
from marketplace.pages.queues import OWNERS
from marketplace.permissions import can_check_owner, can_read_letter, can_see_admission_queue
from marketplace.web.components import order_of, sorting_of
from marketplace.web.desks import DeskAct, DeskView
from marketplace.web.files import document_response
from marketplace.web.queues import handlers_of, handling_of, narrowed, narrowing_of
from marketplace.web.views import PartyView

Status = Buyer.Status
QUEUES = (Status.REGISTERED, Status.RETURNED, Status.CHECKED)
PER_PAGE = 30


class OwnerQueue(PartyView):
    """The owners of the authority's area, who waits longest first."""

    def is_allowed(self) -> bool:
        return can_see_admission_queue(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        status = request.GET.get("status", Status.REGISTERED)
        if status not in QUEUES:
            raise Http404
        division = self.party.organization.division
        queues = {queue: Buyer.objects.in_queue(division, queue) for queue in QUEUES}
        counts = {str(name): rows.count() for name, rows in queues.items()}
        orders = owner_orders()
        asked, day = narrowing_of(request.GET), day_of(self.at)
        rows = sorted_owners(queues[Status(status)], order_of(orders, request.GET))
        rows = narrowed(rows, OWNERS, asked, self.party, day)
        found = asked.counted(rows, counts[status])
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        return self.page(
            "marketplace/owner_queue.html",
            page_obj=page,
            rows=owner_rows(page),
            narrowing=asked,
            handlers=handlers_of(Buyer, [one.pk for one in page], self.party),
            sorting=sorting_of(orders, request.GET, is_in_form=False),
            queues=owner_tabs(counts, status),
        )


class OwnerView(PartyView):
    """Something about one owner."""

    buyer: Buyer

    def load(self, **kwargs: Any) -> None:
        rows = Buyer.objects.select_related(
            "organization__division__parent", "organization__registered_in", "authority_letter"
        )
        self.buyer = get_object_or_404(rows, organization__slug=kwargs["slug"])


class OwnerLetter(OwnerView):
    """The letter of authority: for the owner, and for the officers who check it."""

    hides_existence = True
    letter: Document

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.buyer.authority_letter is None:
            raise Http404
        self.letter = self.buyer.authority_letter

    def is_allowed(self) -> bool:
        return can_read_letter(self.party, self.buyer)

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        return document_response(self.letter, is_shown="view" in request.GET)


class OwnerDesk(OwnerView, DeskView):
    """One owner with what the officer compares."""

    hides_existence = True
    FORMS: ClassVar[Mapping[str, type[BaseForm]]] = {
        "approval": OwnerConfirmForm,
        "sending_back": OwnerReturnForm,
    }

    def is_allowed(self) -> bool:
        return can_check_owner(self.party, self.buyer)

    def version(self) -> Version:
        return version_of_buyer(self.buyer.organization)

    def form_of(self, name: str, *posted: Any, **options: Any) -> BaseForm:
        """Give that which sends back all that is compared."""
        if name == "sending_back":
            options["items"] = owner_items(self.buyer)
        return super().form_of(name, *posted, **options)

    def show_desk(self, status: int = 200, **sent: BaseForm) -> HttpResponse:
        buyer = self.buyer
        decision = may_decide_owner(buyer, self.party.user)
        people = Membership.objects.active().filter(organization_id=buyer.pk)
        return self.page(
            "marketplace/owner_check.html",
            status=status,
            buyer=buyer,
            handling=handling_of(OWNERS, buyer, self.party, day_of(self.at)),
            remarked=remark_lines(buyer),
            letter=letter_card(buyer),
            people=people.select_related("user").order_by("pk"),
            is_waiting=buyer.status == Status.REGISTERED,
            decision=decision,
            may_decide=all(verdict.holds for verdict in decision),
            asks_uscc=not buyer.organization.uscc_is_settled,
            **self.forms(sent),
        )


class OwnerCheck(OwnerDesk):
    """The officer's page of one owner."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show_desk()


class OwnerDecision(OwnerDesk, DeskAct):
    """One decision of an officer."""

    is_refused_on_top = True

    def words(self, done: Buyer) -> dict[str, Any]:
        return {"organization": done.organization}

    def where(self, done: Buyer) -> str:
        return reverse("marketplace:owner_queue")


class ConfirmOwner(OwnerDecision):
    """Let the owner publish."""

    name, said = "approval", "marketplace/owner_confirmed"

    def act(self, **given: Any) -> Buyer:
        return confirm_owner(buyer=self.buyer, **given, **self.hand)


class SendOwnerBack(OwnerDecision):
    """Ask the owner to correct what it is registered with."""

    name, said = "sending_back", "marketplace/owner_sent_back"

    def act(self, **given: Any) -> Buyer:
        return send_owner_back(buyer=self.buyer, **given, **self.hand)
