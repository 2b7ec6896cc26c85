"""What everybody may read: restrictions and the decisions behind them."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import ListView, TemplateView

from credit import permissions
from credit.actions import lists as actions
from credit.forms.facets import restriction_facets, restriction_words
from credit.guards.bases import GROUNDS
from credit.models import Restriction
from credit.pages import cases as words
from credit.pages.decision_page import decision_page
from credit.pages.lists import (
    public_restrictions,
    restriction_counts,
    restriction_orders,
    restriction_table,
    restriction_tabs,
)
from credit.pages.restriction_rows import restriction_columns, restriction_rows
from credit.pages.scheme import shown_scheme
from credit.signed_lists import written
from marketplace.kernel import clock
from marketplace.kernel.calendar import day_of
from marketplace.parties import acting
from marketplace.web.components import order_of, sorting_of
from marketplace.web.exports import csv_response
from marketplace.web.facets import FacetedList
from marketplace.web.lookups import named_or_404

PAGE_SIZE = 20
CHUNK = 500
OVER = "over"


class RestrictionList(ListView[Restriction]):
    """The published restrictions: those in force, or with `state=over` those that ended."""

    template_name = "credit/restriction_list.html"
    paginate_by = PAGE_SIZE
    context_object_name = "restrictions"

    @cached_property
    def at(self) -> datetime:
        return clock.now()

    @property
    def is_over(self) -> bool:
        return self.request.GET.get("state") == OVER

    @cached_property
    def faceted(self) -> FacetedList[Restriction]:
        rows = public_restrictions(self.at, is_over=self.is_over)
        condition = restriction_words(self.request.GET.get("q", ""))
        return FacetedList(rows, restriction_facets(), self.request.GET, condition)

    def get_queryset(self) -> QuerySet[Restriction]:
        order = order_of(restriction_orders(), self.request.GET)
        return self.faceted.filtered().order_by(*order.by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        path = f"{self.request.path}?state={OVER}" if self.is_over else self.request.path
        shown = self.faceted.on_page(path)
        own = {"over" if self.is_over else "running": context["paginator"].count}
        counts = restriction_counts(self.at, **({} if shown["is_narrowed"] else own))
        return (
            context
            | shown
            | {
                "rows": restriction_rows(restriction_columns(context["restrictions"]), self.at),
                "is_over": self.is_over,
                "states": restriction_tabs(counts, is_over=self.is_over),
                "crumbs": words.public_crumbs(),
                "sorting": sorting_of(restriction_orders(), self.request.GET),
                "public_key": written(actions.own_key().public_key()),
            }
        )


class SchemePage(TemplateView):
    """The scheme in force: what is counted, for how long, and what may follow."""

    template_name = "credit/scheme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = shown_scheme(clock.now())
        return context | {"shown": shown, "crumbs": words.public_crumbs(words.SCHEME)}


class RestrictionCsv(RestrictionList):
    """The same list as a file: everything that the filters let through, line by line."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        rows = restriction_table(self.get_queryset().iterator(CHUNK))
        return csv_response(f"restrictions-{day_of(self.at):%Y%m%d}", rows)


@require_safe
def signed_decisions(_request: HttpRequest) -> HttpResponse:
    """Give out every decision that is published now, signed: another platform verifies it."""
    now = clock.now()
    name = f"decisions-{day_of(now):%Y%m%d}.jws"
    return HttpResponse(
        actions.signed_decisions(at=now),
        content_type="application/jose",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def decision(request: HttpRequest, slug: str) -> HttpResponse:
    """
    Show a decision as a document.

    To everybody but its parties an unpublished one is 404, and one whose publication is over 410.
    """
    restriction = named_or_404(Restriction, slug, "with_decision")
    party = acting(request)
    if not permissions.can_see_decision(party, restriction):
        raise Http404
    now = clock.now()
    if not permissions.can_see_decision_at(party, restriction, now):
        return render(request, "credit/decision_over.html", status=HTTPStatus.GONE)
    case = restriction.case
    context = {
        "restriction": restriction,
        "case": case,
        "facts": words.decision_facts(restriction),
        "grounds": GROUNDS,
        "steps": words.case_steps(case),
        "page": decision_page(restriction, party, now),
        "lateness": words.lateness_of(case),
        "crumbs": words.public_crumbs(case.decision_number or ""),
    }
    return render(request, "credit/decision.html", context)
