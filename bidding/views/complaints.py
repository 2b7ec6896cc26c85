"""The objections and complaints that everybody may read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from bidding.models import Dispute
from bidding.pages.complaints import (
    complaint_crumbs,
    dispute_orders,
    dispute_table,
    public_dispute,
    public_disputes,
    public_line,
)
from bidding.pages.finding import dispute_search
from marketplace.kernel import clock
from marketplace.kernel.calendar import day_of
from marketplace.web.components import order_of, sorting_of
from marketplace.web.exports import csv_response
from marketplace.web.facets import FacetedList

PAGE_SIZE = 20
CHUNK = 500


class Complaints(ListView[Dispute]):
    """What was answered and decided, narrowed by words and facets."""

    template_name = "bidding/complaints.html"
    paginate_by = PAGE_SIZE
    context_object_name = "disputes"

    @cached_property
    def at(self) -> datetime:
        return clock.now()

    @cached_property
    def faceted(self) -> FacetedList[Dispute]:
        return dispute_search(self.request.GET, self.at)

    def get_queryset(self) -> QuerySet[Dispute]:
        order = order_of(dispute_orders(), self.request.GET)
        return self.faceted.filtered().order_by(*order.by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return (
            context
            | self.faceted.on_page(self.request.path)
            | {
                "rows": [public_line(row) for row in context["disputes"]],
                "crumbs": complaint_crumbs(),
                "sorting": sorting_of(dispute_orders(), self.request.GET),
            }
        )


class ComplaintsCsv(Complaints):
    """The same list as a file."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        rows = dispute_table(self.get_queryset().iterator(CHUNK))
        return csv_response(f"complaints-{day_of(self.at):%Y%m%d}", rows)


@require_safe
def complaint(request: HttpRequest, number: str) -> HttpResponse:
    """Show one as everybody reads it; one that is not public is 404."""
    dispute = get_object_or_404(public_disputes(), number=number)
    told = public_dispute(dispute)
    context = {"told": told, "dispute": dispute, "crumbs": complaint_crumbs(told.line.number)}
    return render(request, "bidding/complaint.html", context)
