"""The operator's desk for changes of the register: by deadline, and one beside its papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from marketplace.actions.changes import confirm_change, return_change
from marketplace.filed import papers_for
from marketplace.forms.changes import ConfirmForm, ReturnChangeForm
from marketplace.guards.changes import (
    may_decide_change,
    namesakes_of_the_new,
    new_uscc_is_confirmed,
)
from marketplace.guards.versions import version_of_change
from marketplace.kernel.calendar import day_of
from marketplace.kernel.rules import rules_in_force
from marketplace.kernel.versions import Version
from marketplace.models import ChangeProposal
from marketplace.pages.changes import (
    change_rows,
    comparison,
    paper_cards,
    queue_orders,
    queue_tabs,
    sorted_queue,
)
from marketplace.pages.checklists import (
    change_items,
    proposal_changes_since_return,
    remark_lines,
)
from marketplace.pages.queues import CHANGES
from marketplace.permissions import can_check_admission, can_see_admission_queue
from marketplace.rules import FORMAL_CHECK
from marketplace.web.components import order_of, sorting_of
from marketplace.web.desks import DeskAct, DeskView
from marketplace.web.listed import Listed
from marketplace.web.queues import handlers_of, handling_of, narrowed, narrowing_of
from marketplace.web.views import PartyView

Status = ChangeProposal.Status
QUEUES = (Status.SUBMITTED, Status.RETURNED, Status.EFFECTIVE)
PER_PAGE = 30


class ChangeQueue(PartyView):
    """The changes that agencies of the authority's area propose, the most urgent first."""

    def is_allowed(self) -> bool:
        return can_see_admission_queue(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        division = self.party.organization.division
        status = request.GET.get("status", Status.SUBMITTED)
        if status not in QUEUES:
            raise Http404
        queues = {queue: ChangeProposal.objects.in_queue(division, queue) for queue in QUEUES}
        counts = {str(name): rows.count() for name, rows in queues.items()}
        orders = queue_orders()
        asked, day = narrowing_of(request.GET), day_of(self.at)
        rows = sorted_queue(queues[Status(status)], order_of(orders, request.GET))
        rows = narrowed(rows, CHANGES, asked, self.party, day)
        found = asked.counted(rows, counts[status])
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        return self.page(
            "marketplace/change_queue.html",
            page_obj=page,
            rows=change_rows(list(page), "marketplace:change_check"),
            narrowing=asked,
            handlers=handlers_of(ChangeProposal, [one.pk for one in page], self.party),
            rule=rules_in_force(division, day)[FORMAL_CHECK.key],
            sorting=sorting_of(orders, request.GET, is_in_form=False),
            queues=queue_tabs(counts, status),
        )


class CheckDesk(DeskView):
    """One change beside what is registered and the papers that prove it."""

    hides_existence = True
    FORMS: ClassVar[Mapping[str, type[BaseForm]]] = {
        "approval": ConfirmForm,
        "sending_back": ReturnChangeForm,
    }
    proposal: ChangeProposal

    def load(self, **kwargs: Any) -> None:
        rows = ChangeProposal.objects.select_related("agency__organization__division__parent")
        self.proposal = get_object_or_404(rows, slug=kwargs["slug"])

    def is_allowed(self) -> bool:
        return can_check_admission(self.party, self.proposal.agency)

    def version(self) -> Version:
        return version_of_change(self.proposal)

    def form_of(self, name: str, *posted: Any, **options: Any) -> BaseForm:
        """Give that which sends back all that is compared."""
        if name == "sending_back":
            options["items"] = change_items(self.proposal)
        return super().form_of(name, *posted, **options)

    def show_desk(self, status: int = 200, **sent: BaseForm) -> HttpResponse:
        proposal = self.proposal
        decision = may_decide_change(proposal, self.party.user)
        compared = Listed(comparison(proposal))
        return self.page(
            "marketplace/change_check.html",
            status=status,
            proposal=proposal,
            agency=proposal.agency,
            handling=handling_of(CHANGES, proposal, self.party, day_of(self.at)),
            compared=compared,
            corrected=Listed(proposal_changes_since_return(proposal)),
            remarked=remark_lines(proposal),
            has_moved=any(row.has_moved for row in compared),
            papers=paper_cards(papers_for(proposal)),
            is_waiting=proposal.status == Status.SUBMITTED,
            decision=decision,
            may_decide=all(verdict.holds for verdict in decision),
            asks_uscc=not new_uscc_is_confirmed(proposal, confirmed=False).holds,
            namesakes=namesakes_of_the_new(proposal, self.at),
            **self.forms(sent),
        )


class ChangeCheck(CheckDesk):
    """The officer's page of one change."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show_desk()


class Decision(CheckDesk, DeskAct):
    """One decision of an officer."""

    is_refused_on_top = True

    def words(self, done: ChangeProposal) -> dict[str, Any]:
        return {"proposal": done}

    def where(self, done: ChangeProposal) -> str:
        return reverse("marketplace:change_queue")


class ConfirmChange(Decision):
    """Let the change take effect."""

    name, said = "approval", "marketplace/change_confirmed"

    def act(self, **given: Any) -> ChangeProposal:
        return confirm_change(proposal=self.proposal, **given, **self.hand)


class ReturnChange(Decision):
    """Send the change back with reasons."""

    name, said = "sending_back", "marketplace/change_sent_back"

    def act(self, **given: Any) -> ChangeProposal:
        return return_change(proposal=self.proposal, **given, **self.hand)
