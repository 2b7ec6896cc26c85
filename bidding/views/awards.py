"""Results and contracts as everybody reads them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.functional import cached_property

from bidding.forms.sorts import award_orders
from bidding.models import Award
from bidding.pages.award_rows import AwardRow, award_rows
from bidding.pages.finding import award_search
from bidding.pages.tables import award_table, contract_table
from bidding.statistics import award_counts
from bidding.views.lists import PublicList
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.web.components import order_of, sorting_of
from marketplace.web.exports import csv_response
from marketplace.web.facets import FacetedList
from marketplace.web.keys import InTurn


class AwardListView(PublicList[Award]):
    """Winners and contracts, narrowed by words and facets; none can be hidden."""

    template_name = "bidding/award_list.html"
    context_object_name = "awards"

    @cached_property
    def faceted(self) -> FacetedList[Award]:
        return award_search(self.request.GET, self.at)

    def get_queryset(self) -> InTurn[Award]:  # type: ignore[override]  # is paged by keys
        kept_as = (*self.faceted.asked_key, order_of(award_orders(), self.request.GET).name)
        return InTurn(self.sorted(self.faceted.filtered()), kept_as=kept_as)

    def sorted(self, awards: QuerySet[Award]) -> QuerySet[Award]:
        return awards.order_by(*order_of(award_orders(), self.request.GET).by)

    def rows_of(self, keys: Any) -> list[AwardRow]:
        return award_rows(keys, self.at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **self.faceted.on_page(self.request.path),
            counts=known.once("award counts", read=award_counts),
            sorting=sorting_of(award_orders(), self.request.GET),
            **kwargs,
        )


class AwardCsvView(AwardListView):
    """The same list as a file: everything that the filters let through, line by line."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        rows = award_table(self.get_queryset(), self.at)
        return csv_response(f"awards-{day_of(self.at):%Y%m%d}", rows)


class ContractCsvView(AwardListView):
    """The signed contracts of the awards that the filters let through."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        signed = self.faceted.filtered().filter(contract__signed_at__isnull=False)
        rows = contract_table(InTurn(self.sorted(signed)), self.at)
        return csv_response(f"contracts-{day_of(self.at):%Y%m%d}", rows)
