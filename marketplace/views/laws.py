"""The law library for everybody, and what has lapsed for the manager."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from marketplace.kernel import clock
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import Law
from marketplace.pages.laws import (
    lapsed_orders,
    lapsed_rows,
    law_orders,
    law_rows,
    law_sheet,
    law_to_read,
)
from marketplace.permissions import can_see_lapsed_sources
from marketplace.web.components import order_of, sorting_of
from marketplace.web.views import PartyView

PER_PAGE = 30


@require_safe
def law_list(request: HttpRequest) -> HttpResponse:
    """List what rules rest on, found by name or number."""
    words, orders = request.GET.get("q", "").strip(), law_orders()
    rows = law_rows(words, order_of(orders, request.GET).name)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    sorting = sorting_of(orders, request.GET)
    context: dict[str, Any] = {"page_obj": page, "words": words, "sorting": sorting}
    return render(request, "marketplace/law_list.html", context)


@require_safe
def law(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one law with its versions, the articles we hold, and what rests on each."""
    found = get_object_or_404(Law.objects.prefetch_related(law_to_read()), slug=slug)
    sheet = law_sheet(found, day_of(clock.now()))
    return render(request, "marketplace/law.html", {"law": found, "sheet": sheet})


class LapsedSources(PartyView):
    """What rests on a source that is repealed or unknown today."""

    def is_allowed(self) -> bool:
        return can_see_lapsed_sources(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        orders = lapsed_orders()
        return self.page(
            "marketplace/lapsed_sources.html",
            rows=lapsed_rows(day_of(self.at), order_of(orders, request.GET).name),
            sorting=sorting_of(orders, request.GET, is_in_form=False),
        )
