"""The catalogue as everybody reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils.functional import cached_property
from django.views.generic import DetailView, TemplateView, View

from bidding.forms.sorts import item_orders, match_orders
from bidding.pages.contract_texts import text_card, text_for
from bidding.pages.finding import item_search
from bidding.pages.flows import flow_of
from bidding.pages.items import (
    approvals_of,
    catalogue_items,
    catalogue_json,
    ending_of,
    figures_of,
    item_groups,
    item_rows,
    latest_list,
    list_of,
    open_tenders_of,
    published_items,
    sections_of,
    sheet_of,
    versions_of,
    words_of_item,
)
from bidding.pages.order_lines import closing_steps, first_to_close, order_lines
from bidding.pages.prices import charts_of, spreads_of
from bidding.pages.tables import Table, item_table
from bidding.views.lists import CHUNK, PAGE_SIZE, AtMixin
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.models import CatalogueList, ServiceItem
from marketplace.pages.catalogue import (
    change_lines,
    items_of,
    list_before,
    submissions_of,
)
from marketplace.pages.requirements import condition_of
from marketplace.web.components import Component, Order, Step, order_of, sorting_of
from marketplace.web.exports import csv_response
from marketplace.web.facets import FacetedList
from marketplace.web.keys import InTurn
from marketplace.web.known_at import next_end
from marketplace.web.tables import excel_response


class ItemListView(AtMixin, TemplateView):
    """The published catalogue, by service class."""

    template_name = "bidding/item_list.html"

    @cached_property
    def order(self) -> Order:
        return order_of(item_orders(), self.request.GET)

    @cached_property
    def faceted(self) -> FacetedList[ServiceItem]:
        return item_search(self.request.GET, self.at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = item_rows(self.order, self.at)
        if asked := self.faceted.asked():
            found = frozenset(self.faceted.filtered().values_list("code", flat=True))
            rows = [row for row in rows if row.code in found]
        groups = item_groups(rows, by_class=self.order.name == "class")
        context = super().get_context_data(
            **self.faceted.on_page(self.request.path),
            groups=groups,
            count=len(rows),
            asked=asked,
            latest=latest_list(),
            sorting=sorting_of(item_orders(), self.request.GET),
            **kwargs,
        )
        return context if rows else context | {"nearest": self.faceted.nearest()}


class ItemCsvView(ItemListView):
    """The published catalogue as a file."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        return csv_response(f"items-{day_of(self.at):%Y%m%d}", self.table())

    def table(self) -> Table:
        """Return the items that the list shows, in its order."""
        # only an order that goes by them asks how many orders are open
        by_class = self.order.name == "class"
        items = published_items() if by_class else catalogue_items(self.at)
        if self.faceted.asked():
            items = items.filter(pk__in=self.faceted.filtered().values("pk"))
        return item_table(items.order_by(*self.order.by).iterator(CHUNK))


class ItemExcelView(ItemCsvView):
    """The same as one sheet."""

    def get(self, _request: HttpRequest, kind: str) -> HttpResponse:  # type: ignore[override]
        if kind != "xlsx":
            raise Http404
        return excel_response(f"items-{day_of(self.at):%Y%m%d}", self.table())


class ItemJsonView(AtMixin, View):
    """The published catalogue for programs, with the number of the last list."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> JsonResponse:
        found = catalogue_json(self.at)
        return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


class ItemView(AtMixin, DetailView[ServiceItem]):
    """One item of the catalogue with its legal basis and its open orders."""

    template_name = "bidding/item.html"
    context_object_name = "item"
    draft: Callable[[datetime], Sequence[Component]] | None = None
    """What a preview shows in place of what the apps above say of the item."""

    def get_object(self, queryset: QuerySet[ServiceItem] | None = None) -> ServiceItem:
        items = ServiceItem.objects.exclude(status=ServiceItem.Status.DRAFT)
        versions = items.filter(code=self.kwargs["code"]).select_related("service_class")
        item = versions.order_by("-version").first()
        if item is None:
            raise Http404
        return item

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        orders = match_orders()
        order = order_of(orders, self.request.GET)
        rows = open_tenders_of(self.object, self.at).order_by(*order.by)
        code = self.object.code
        kept_as = ("open of item", code, order.name, next_end(self.at))
        found: Any = InTurn(rows, kept_as=kept_as)  # pages keys
        page = Paginator(found, PAGE_SIZE).get_page(self.request.GET.get("page"))
        read = partial(spreads_of, code, self.at)
        spreads = known.once("prices", code, day_of(self.at), read=read)
        return super().get_context_data(
            page_obj=page,
            open_tenders=order_lines(page),
            coming=self._coming(),
            words=words_of_item(self.object),
            sorting=sorting_of(orders, self.request.GET, is_in_form=False),
            figures=figures_of(self.object),
            flow=flow_of(self.object),
            spreads=spreads,
            charts=charts_of(spreads),
            condition=condition_of(self.object),
            versions=versions_of(self.object),
            approvals=approvals_of(self.object),
            ending=ending_of(self.object),
            contract=text_card(text_for(self.object.service_class)),
            found_in=list_of(self.object),
            sections=self.draft(self.at) if self.draft else sections_of(self.object, self.at),
            **kwargs,
        )

    def _coming(self) -> list[Step]:
        rows = open_tenders_of(self.object, self.at)
        kept_as = (self.object.code, next_end(self.at))
        return closing_steps(known.once("closing", *kept_as, read=partial(first_to_close, rows)))


class CatalogueListView(DetailView[CatalogueList]):
    """One list in force: what it published, suspended and abolished, against the list before."""

    template_name = "bidding/item_list_of.html"
    context_object_name = "found"

    def get_queryset(self) -> QuerySet[CatalogueList]:
        return CatalogueList.objects.published()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.object
        return super().get_context_data(
            lines=change_lines(found),
            before=list_before(found),
            submissions=submissions_of(found),
            **kwargs,
        )


class CatalogueSheetView(CatalogueListView):
    """The whole catalogue as a list left it, to be printed."""

    template_name = "bidding/item_sheet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = list(items_of(self.object).order_by("service_class__position", "code"))
        return super().get_context_data(sheet=sheet_of(items), count=len(items), **kwargs)


class CatalogueListFileView(CatalogueListView):
    """The whole catalogue as a list left it, as a file."""

    def get(  # type: ignore[override]
        self, _request: HttpRequest, *_args: Any, **_kwargs: Any
    ) -> HttpResponseBase:
        found = self.get_object()
        table = item_table(items_of(found).order_by("code"))
        name = f"items-{found.dated_on:%Y%m%d}-{found.slug}"
        if self.kwargs["kind"] == "csv":
            return csv_response(name, table)
        if self.kwargs["kind"] == "xlsx":
            return excel_response(name, table)
        raise Http404
