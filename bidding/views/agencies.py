"""The register of agencies as everybody reads it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.functional import cached_property
from django.views.generic import DetailView, TemplateView

from bidding.forms.sorts import agency_orders, publicity_orders
from bidding.pages.agencies import (
    PublicityRow,
    agency_page,
    agency_rows,
    keys_in_order,
    public_agencies,
    publicity_rows,
)
from bidding.pages.finding import agency_search
from bidding.pages.independence import dependents
from bidding.pages.tables import agency_table
from bidding.views.lists import AtMixin, PublicList
from marketplace.kernel.calendar import day_of
from marketplace.models import Organization
from marketplace.web.components import order_of, sorting_of
from marketplace.web.exports import csv_response
from marketplace.web.facets import FacetedList
from marketplace.web.keys import InPlaces, InTurn
from marketplace.web.parts_kept import drawn_parts


class AgencyListView(PublicList[Organization]):
    """The agencies that may work in the whole province."""

    template_name = "bidding/agency_list.html"
    context_object_name = "rows"

    @cached_property
    def faceted(self) -> FacetedList[Organization]:
        return agency_search(self.request.GET, self.at)

    def get_queryset(self) -> InPlaces:  # type: ignore[override]  # is paged by keys
        order = order_of(agency_orders(), self.request.GET)
        read = partial(keys_in_order, self.faceted.filtered(), order.name)
        return InPlaces(read, (*self.faceted.asked_key, order.name))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        keys = tuple(context["rows"])
        return (
            context
            | self.faceted.on_page(self.request.path)
            | {
                "drawn": drawn_parts(
                    "bidding/_agency_rows.html",
                    ("rows",),
                    self.at,
                    keys,
                    context=lambda: {"rows": agency_rows(keys, self.at)},
                ),
                "sorting": sorting_of(agency_orders(), self.request.GET),
            }
        )


class AgencyCsvView(AgencyListView):
    """The same list as a file, each agency with its public standing now."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        rows = agency_table(self.get_queryset().keys, self.at)
        return csv_response(f"agencies-{day_of(self.at):%Y%m%d}", rows)


class AgencyPublicityView(PublicList[Organization]):
    """The agencies that passed the formal check and may still be objected to."""

    template_name = "bidding/agency_publicity.html"
    context_object_name = "agencies"

    def get_queryset(self) -> InTurn[Organization]:  # type: ignore[override]  # is paged by keys
        order = order_of(publicity_orders(), self.request.GET)
        rows = Organization.objects.agencies_in_publicity().order_by(*order.by)
        return InTurn(rows, kept_as=("publicity", order.name))

    def rows_of(self, keys: Any) -> list[PublicityRow]:
        return publicity_rows(keys, self.at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sorting = sorting_of(publicity_orders(), self.request.GET, is_in_form=False)
        return super().get_context_data(sorting=sorting, **kwargs)


class AgencyDepartmentsView(AtMixin, TemplateView):
    """The agencies that a department stands behind, and whose approvals they do no work for."""

    template_name = "bidding/agency_departments.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=dependents(self.at), **kwargs)


class AgencyView(AtMixin, DetailView[Organization]):
    """One agency: what it may do, what it won, how it was rated, how it stands."""

    template_name = "bidding/agency.html"
    context_object_name = "agency"

    def get_queryset(self) -> QuerySet[Organization]:
        return public_agencies()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **agency_page(self.object, self.at),
            **kwargs,
        )
