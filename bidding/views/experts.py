"""The pool of experts: the list, a new one, one of them and what becomes of them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bidding import permissions
from bidding.actions import experts as actions
from bidding.forms.experts import ExpertForm, MoveExpertForm
from bidding.guards.experts import expert_is_in_the_pool
from bidding.guards.versions import version_of_expert
from bidding.models import Expert
from bidding.pages import experts as pages
from marketplace.kernel.versions import Version
from marketplace.web.act_views import AskingView
from marketplace.web.components import order_of, sorting_of
from marketplace.web.keys import Counted
from marketplace.web.views import PartyView

PER_PAGE = 30


class Experts(PartyView):
    """The experts of the officer's area."""

    def is_allowed(self) -> bool:
        return permissions.can_keep_experts(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        status = request.GET.get("status", Expert.Status.ACTIVE)
        if status not in Expert.Status.values:
            raise Http404
        typed = request.GET.get("q", "").strip()
        rows = pages.kept(self.party, status, typed)
        rows = rows.order_by(*order_of(pages.ORDERS, request.GET).by)
        counts = pages.counts_of(self.party)
        found: Any = rows if typed else Counted(rows, counts[status])
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        return self.page(
            "bidding/experts.html",
            tabs=pages.tabs_of(counts, status),
            rows=pages.lines_of(list(page)),
            page_obj=page,
            typed=typed,
            chosen=status,
            sorting=sorting_of(pages.ORDERS, request.GET, is_in_form=False),
            nothing=pages.NOTHING,
            crumbs=pages.crumbs(),
        )


class ExpertNew(AskingView):
    """Enter somebody into the pool."""

    said = "bidding/expert_registered"

    def is_allowed(self) -> bool:
        return permissions.can_keep_experts(self.party)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return ExpertForm(*posted, office=self.party.organization, **options)

    def act(self, **given: Any) -> Expert:
        office, particulars = self.party.organization, actions.Particulars(**given)
        return actions.register_expert(office=office, particulars=particulars, **self.hand)

    def where(self, done: Expert) -> str:
        return reverse("bidding:expert", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/expert_new.html", status=status, form=form, crumbs=pages.crumbs(pages.NEW)
        )


class ExpertView(AskingView):
    """One expert of the officer's area, to suspend, take back or remove."""

    form_class, said = MoveExpertForm, "bidding/expert_moved"
    hides_existence = True
    expert: Expert

    def load(self, **kwargs: Any) -> None:
        rows = Expert.objects.select_related("user", "office__division", "division__parent")
        self.expert = get_object_or_404(rows, slug=kwargs["slug"])

    def is_allowed(self) -> bool:
        return permissions.can_keep_expert(self.party, self.expert)

    def version(self) -> Version:
        return version_of_expert(self.expert)

    def act(self, **given: Any) -> Expert:
        return actions.move_expert(expert=self.expert, **given, **self.hand)

    def where(self, done: Expert) -> str:
        return reverse("bidding:expert", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        expert = self.expert
        return self.page(
            "bidding/expert.html",
            status=status,
            expert=expert,
            facts=pages.facts_of(expert),
            form=form if expert_is_in_the_pool(expert).holds else None,
            crumbs=pages.crumbs(expert.name),
        )
