"""Objections and complaints as the officers see to them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from bidding import permissions
from bidding.actions import disputes as actions
from bidding.forms.disputes import YES, ClosingForm, DecisionForm, DisputeReasonsForm
from bidding.guards import disputes as guards
from bidding.models import Dispute
from bidding.pages import disputes as pages
from bidding.pages import disputes_asked as asking
from marketplace.kernel.calendar import day_of
from marketplace.kernel.versions import Version
from marketplace.web.act_views import Confirmation as NothingMore
from marketplace.web.asking import Asked, AskedView
from marketplace.web.components import order_of, sorting_of
from marketplace.web.lookups import named_or_404
from marketplace.web.queues import handlers_of, narrowed, narrowing_of
from marketplace.web.views import PartyView

PAGE_SIZE = 20


class Disputes(PartyView):
    """The officers' queues, by deadline."""

    def is_allowed(self) -> bool:
        return permissions.can_see_disputes(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("queue", "")
        queue = asked if asked in pages.QUEUES else pages.CHECK
        orders = pages.officer_orders(queue)
        by = order_of(orders, request.GET).by
        narrowing, day = narrowing_of(request.GET), day_of(self.at)
        rows = pages.officer_rows(self.party, queue).order_by(*by)
        rows = narrowed(rows, pages.HANDLED, narrowing, self.party, day)
        counts = pages.officer_counts(self.party)
        found = narrowing.counted(rows, counts[queue])
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page(
            "bidding/disputes.html",
            queues=pages.officer_tabs(counts, queue),
            rows=pages.officer_lines(list(page.object_list), self.at),
            page_obj=page,
            narrowing=narrowing,
            handlers=handlers_of(Dispute, [row.pk for row in page], self.party),
            sorting=sorting_of(orders, request.GET, is_in_form=False),
            nothing=pages.NOTHING,
            crumbs=pages.officer_crumbs(),
        )


class DisputeView(PartyView):
    """A page about one of the officer's area; another is 404."""

    dispute: Dispute

    def load(self, **kwargs: Any) -> None:
        found = named_or_404(Dispute, kwargs["slug"], "with_relations")
        if not permissions.can_see_dispute(self.party, found):
            raise Http404
        self.dispute = found

    def is_allowed(self) -> bool:
        return True

    def version(self) -> Version:
        return actions.version_of_dispute(self.dispute)


class DisputePage(DisputeView):
    """What was filed, what was answered, and what the officer may do."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        dispute = self.dispute
        evidence, papers = pages.papers_of(dispute)
        return self.page(
            "bidding/dispute.html",
            dispute=dispute,
            title=dispute.title,
            closing=pages.closing_of(dispute),
            facts=pages.facts_of(dispute),
            steps=pages.steps_of(dispute),
            evidence=evidence,
            papers=papers,
            acts=pages.officer_acts(dispute, self.party),
            handling=pages.handling(dispute, self.party, self.at),
            crumbs=pages.officer_crumbs(dispute.number),
        )


class DisputeAsk(DisputeView, AskedView):
    """An officer's act, on a page that says what follows."""

    template = "bidding/dispute_act.html"

    def is_allowed(self) -> bool:
        return permissions.can_handle_dispute(self.party, self.dispute)

    def words(self, done: Any) -> dict[str, Any]:
        return {"number": self.dispute.number}

    def where(self, done: Any) -> str:
        return reverse("bidding:dispute", args=[self.dispute.slug])

    def beside(self, asked: Asked) -> dict[str, Any]:
        return {
            "dispute": self.dispute,
            "title": self.dispute.title,
            "facts": pages.facts_of(self.dispute),
            "crumbs": pages.officer_crumbs(asked.title),
        }


class DisputeAccept(DisputeAsk):
    """Take it up."""

    form_class, said = NothingMore, "bidding/dispute_accepted"

    def act(self, **given: Any) -> Dispute:
        return actions.accept_dispute(dispute=self.dispute, **given, **self.hand)

    def asked(self) -> Asked:
        return asking.accept(self.dispute, guards.may_check(self.dispute, self.user))


class DisputeRefuse(DisputeAsk):
    """Do not take it up."""

    form_class, said = DisputeReasonsForm, "bidding/dispute_refused"

    def act(self, **given: Any) -> Dispute:
        return actions.refuse_dispute(dispute=self.dispute, **given, **self.hand)

    def asked(self) -> Asked:
        return asking.refuse(self.dispute, guards.may_check(self.dispute, self.user))


class DisputeDecide(DisputeAsk):
    """Decide a complaint."""

    form_class, said = DecisionForm, "bidding/dispute_decided"

    def act(self, **given: Any) -> Dispute:
        is_upheld = given.pop("verdict") == YES
        return actions.decide_dispute(
            dispute=self.dispute, is_upheld=is_upheld, **given, **self.hand
        )

    def asked(self) -> Asked:
        return asking.decide(self.dispute, guards.may_decide(self.dispute, self.user))


class DisputeClose(DisputeAsk):
    """Note how a decision was carried out."""

    form_class, said = ClosingForm, "bidding/dispute_closed"

    def act(self, **given: Any) -> Dispute:
        return actions.close_dispute(dispute=self.dispute, **given, **self.hand)

    def asked(self) -> Asked:
        return asking.close(guards.may_close(self.dispute, self.user))


class DisputeRecuse(DisputeAsk):
    """Stand back."""

    form_class, said = DisputeReasonsForm, "bidding/dispute_recused"

    def act(self, **given: Any) -> Any:
        return actions.stand_back(dispute=self.dispute, **given, **self.hand)

    def asked(self) -> Asked:
        return asking.recuse((guards.officer_stands_by(self.dispute, self.user),))
