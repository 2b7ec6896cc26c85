"""What everybody may read: orders, selections, awards, the catalogue and the agencies."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import DetailView, ListView, TemplateView

from bidding import permissions
from bidding.actions.seals import note_altered_seal
from bidding.forms.facets import (
    agency_facets,
    agency_words,
    award_facets,
    award_words,
    tender_facets,
    tender_words,
)
from bidding.forms.sorts import (
    agency_orders,
    award_orders,
    item_orders,
    match_orders,
    publicity_orders,
    tender_orders,
    tenders_in_turn,
)
from bidding.guards.bids import may_submit_bid
from bidding.guards.seals import awaits_opening, seal_is_as_published
from bidding.models import Award, Selection, Tender
from bidding.pages.agencies import (
    AgencyRow,
    PublicityRow,
    agencies,
    agency_page,
    agency_rows,
    keys_in_order,
    public_agencies,
    publicity_rows,
)
from bidding.pages.bids import own_bid as own_bid_of
from bidding.pages.bids import quotes
from bidding.pages.disputes import dispute_section
from bidding.pages.independence import dependents
from bidding.pages.items import (
    approvals_of,
    catalogue_items,
    ending_of,
    item_groups,
    item_rows,
    list_of,
    open_tenders_of,
    published_items,
    versions_of,
    words_of_item,
)
from bidding.pages.lists import day_bars, tender_table
from bidding.pages.names import agency_names
from bidding.pages.notices import public_log, rerun_of
from bidding.pages.order_lines import OrderLine, order_lines
from bidding.pages.order_page import OrderHead, OwnAnswer, head_of, order_page
from bidding.pages.orders import contract_facts, order_facts, public_entry_facts
from bidding.pages.own import public_order
from bidding.pages.questions import question_section
from bidding.pages.selections import verification_of
from bidding.pages.steps import order_steps
from bidding.pages.tables import agency_table, award_table, contract_table, item_table
from bidding.selection.methods import method_of, rule_sentences
from bidding.statistics import award_counts, prices_of
from marketplace.kernel import clock, known
from marketplace.kernel.calendar import day_of
from marketplace.kernel.statements import prepared
from marketplace.models import Organization, ServiceItem
from marketplace.pages.requirements import condition_of
from marketplace.parties import acting
from marketplace.web.components import Order, order_of, sorting_of
from marketplace.web.exports import csv_response
from marketplace.web.facets import FacetedList
from marketplace.web.keys import InPlaces, InTurn, in_order
from marketplace.web.known_at import next_end
from marketplace.web.parts_kept import drawn_parts

PAGE_SIZE = 20
CHUNK = 500
PARTS = ("head", "steps", "panel", "toc", "text")
Row = TypeVar("Row", bound=Model)


class AtMixin:
    """Read the clock once per request."""

    @cached_property
    def at(self) -> datetime:
        return clock.now()


class PublicList(AtMixin, ListView[Row]):
    """
    A public list; it shows the nearest page when an address asks for one that is not there.

    What it pages may be keys: `rows_of` makes of those of one page its rows.
    """

    paginate_by = PAGE_SIZE

    def rows_of(self, keys: Any) -> Any:
        return keys

    def paginate_queryset(
        self, queryset: Any, page_size: int
    ) -> tuple[Paginator[Any], Page[Any], Any, bool]:
        paginator = Paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        page.object_list = self.rows_of(page.object_list)
        return paginator, page, page.object_list, page.has_other_pages()


class TenderListView(PublicList[Tender]):
    """
    The published orders, narrowed by words and facets.

    Unless asked otherwise the open ones come first, by deadline, then the rest, newest first.
    """

    template_name = "bidding/tender_list.html"
    context_object_name = "tenders"

    @cached_property
    def faceted(self) -> FacetedList[Tender]:
        words = tender_words(self.request.GET.get("q", ""))
        on = day_of(self.at)
        tenders, asked = Tender.objects.public(), self.request.GET
        kept_as = ("tenders", on, next_end(self.at))
        facets = known.once("tender facets", *kept_as, read=partial(tender_facets, self.at))
        return FacetedList(tenders, facets, asked, words, kept_as)

    def get_queryset(self) -> InTurn[Tender]:  # type: ignore[override]  # is paged by keys
        order = order_of(tender_orders(), self.request.GET)
        kept_as = (*self.faceted.asked_key, order.name)
        return tenders_in_turn(self.faceted.filtered(), order, self.at, kept_as)

    def rows_of(self, keys: Any) -> list[OrderLine]:
        return order_lines(keys)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        *facets, strip = self.faceted.shown()
        chosen = order_of(tender_orders(), self.request.GET)
        context = super().get_context_data(
            facets=facets,
            plain_key=self.faceted.plain_key,
            days=day_bars(strip, day_of(self.at), self.request.GET),
            pills=self.faceted.pills(),
            words=self.request.GET.get("q", ""),
            sorted_by={one.name: one.name == chosen.name for one in tender_orders()},
            sorting=sorting_of(tender_orders(), self.request.GET),
            **kwargs,
        )
        if not context["paginator"].count:
            context |= {"asked": self.faceted.asked(), "nearest": self.faceted.nearest()}
        return context


class TenderCsvView(TenderListView):
    """The same list as a file: everything that the filters let through, line by line."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        rows = tender_table(self.get_queryset(), self.at)
        return csv_response(f"tenders-{day_of(self.at):%Y%m%d}", rows)


@prepared  # to plan its joins takes longer than to read them
def order_to_show(code: str) -> QuerySet[Tender]:
    """Return the order that everybody may see under a code, with what its page tells of it."""
    rows = Tender.objects.public().filter(code=code).order_by()
    return rows.joined_with(
        *("buyer", "item__service_class", "division__parent", "award__contract"),
        *("rulebook", "seal", "selection", "named_agency", "previous", "award__bid__agency"),
    )


class TenderView(AtMixin, TemplateView):
    """One published order, with what has come of it: drawn once for all, but for the answer."""

    template_name = "bidding/tender.html"

    @cached_property
    def tender(self) -> Tender:
        """The order with all that its page tells, read only to draw it."""
        found = order_to_show.one(self.kwargs["code"])
        if found is None:
            raise Http404
        return found

    def own_answer(self, order: OrderHead) -> OwnAnswer:
        """Return what the reader may answer; the verdicts are for an agency's person alone."""
        party, is_known = acting(self.request), self.request.user.is_authenticated
        takes_bids = order.takes_bids(self.at)
        if party is None or not takes_bids or not permissions.can_bid(party):
            return OwnAnswer(takes_bids, is_known)
        tender = public_order.one(order.code)
        if tender is None:
            raise Http404
        bid = own_bid_of(tender, party.organization)
        verdicts = may_submit_bid(tender, party.organization, self.at)
        return OwnAnswer(takes_bids, is_known, verdicts, bid is not None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.kwargs["code"]
        order = known.once("order head", code, read=lambda: head_of(self.tender))
        own = self.own_answer(order)
        return super().get_context_data(
            order=order,
            own=own,
            words=order.words,
            dock=own.dock(order.words),
            parts=drawn_parts(
                "bidding/_tender_parts.html", PARTS, self.at, code, context=self.told
            ),
            **kwargs,
        )

    def seal_fault(self) -> str:
        """Return what is wrong with the seal of an order that awaits its opening; else nothing."""
        if not awaits_opening(self.tender):
            return ""
        verdict = seal_is_as_published(self.tender)
        note_altered_seal(self.tender, verdict)
        return "" if verdict.holds else verdict.explained

    def told(self) -> dict[str, Any]:
        """Return what everybody reads alike of the order."""
        tender = self.tender
        shown = quotes(tender, self.at)  # first: the winner's state is read with all of them
        return {
            "tender": tender,
            "platform_now": self.at,
            "page": order_page(tender, self.at),
            "condition": condition_of(tender.item),
            "seal_fault": self.seal_fault(),
            "steps": order_steps(tender),
            "words": method_of(tender).words,
            "entry_facts": public_entry_facts(tender),
            "facts": order_facts(tender),
            "contract_facts": contract_facts(tender),
            "quotes": shown,
            "rules": rule_sentences(tender),
            "questions": question_section(tender, self.at),
            "disputes": dispute_section(tender),
            "log": list(public_log(tender)),
            "rerun": rerun_of(tender) if tender.end_reasons else None,
        }


class TenderVerifyView(AtMixin, DetailView[Selection]):
    """The selection of one order, step by step, to be repeated by anyone."""

    template_name = "bidding/tender_verify.html"
    context_object_name = "selection"

    def get_object(self, queryset: QuerySet[Selection] | None = None) -> Selection:
        orders = Tender.objects.joined_with("seal", "award__contract")
        selections = Selection.objects.current().prefetch_related(Prefetch("tender", orders))
        return get_object_or_404(selections, tender__code=self.kwargs["code"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        evidence = self.object.content
        return super().get_context_data(
            tender=self.object.tender,
            evidence=evidence,
            check=verification_of(self.object, evidence, self.at),
            **kwargs,
        )


def tender_evidence(_request: HttpRequest, code: str) -> HttpResponse:
    """Return the evidence of a selection as the bytes that its digest is made from."""
    selection = get_object_or_404(Selection.objects.current(), tender__code=code)
    response = HttpResponse(selection.evidence.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{code}-evidence.json"'
    return response


class AwardListView(PublicList[Award]):
    """Winners and contracts, narrowed by words and facets; none can be hidden."""

    template_name = "bidding/award_list.html"
    context_object_name = "awards"

    @cached_property
    def faceted(self) -> FacetedList[Award]:
        words = award_words(self.request.GET.get("q", ""))
        awards, asked = Award.objects.all(), self.request.GET
        facets = known.once("award facets", read=award_facets)
        return FacetedList(awards, facets, asked, words, ("awards",))

    def get_queryset(self) -> InTurn[Award]:  # type: ignore[override]  # is paged by keys
        kept_as = (*self.faceted.asked_key, order_of(award_orders(), self.request.GET).name)
        return InTurn(self.sorted(self.faceted.filtered()), kept_as=kept_as)

    def sorted(self, awards: QuerySet[Award]) -> QuerySet[Award]:
        return awards.order_by(*order_of(award_orders(), self.request.GET).by)

    def rows_of(self, keys: Any) -> list[Award]:
        return in_order(Award.objects.for_lists(), keys)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words, pills = self.request.GET.get("q", ""), self.faceted.pills()
        context = super().get_context_data(
            counts=known.once("award counts", read=award_counts),
            facets=self.faceted.shown(),
            plain_key=self.faceted.plain_key,
            pills=pills,
            words=words,
            is_narrowed=bool(words or pills),
            sorting=sorting_of(award_orders(), self.request.GET),
            **kwargs,
        )
        won_by = [award.bid.agency for award in context["awards"]]
        return {**context, "agencies": agency_names(won_by, self.at)}


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


class ItemListView(AtMixin, TemplateView):
    """The published catalogue, by service class."""

    template_name = "bidding/item_list.html"

    @cached_property
    def order(self) -> Order:
        return order_of(item_orders(), self.request.GET)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = item_rows(self.order, self.at)
        groups = item_groups(rows, by_class=self.order.name == "class")
        return super().get_context_data(
            groups=groups,
            count=sum(group.count for group in groups),
            sorting=sorting_of(item_orders(), self.request.GET, is_in_form=False),
            **kwargs,
        )


class ItemCsvView(ItemListView):
    """The published catalogue as a file."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        # only an order that goes by them asks how many orders are open
        by_class = self.order.name == "class"
        items = published_items() if by_class else catalogue_items(self.at)
        rows = item_table(items.order_by(*self.order.by).iterator(CHUNK))
        return csv_response(f"items-{day_of(self.at):%Y%m%d}", rows)


class ItemView(AtMixin, DetailView[ServiceItem]):
    """One item of the catalogue with its legal basis and its open orders."""

    template_name = "bidding/item.html"
    context_object_name = "item"

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
        return super().get_context_data(
            page_obj=page,
            open_tenders=order_lines(page),
            words=words_of_item(self.object),
            sorting=sorting_of(orders, self.request.GET, is_in_form=False),
            prices=known.once("prices", code, read=partial(prices_of, code)),
            condition=condition_of(self.object),
            versions=versions_of(self.object),
            approvals=approvals_of(self.object),
            ending=ending_of(self.object),
            found_in=list_of(self.object),
            **kwargs,
        )


class AgencyListView(PublicList[Organization]):
    """The agencies that may work in the whole province."""

    template_name = "bidding/agency_list.html"
    context_object_name = "rows"

    @cached_property
    def faceted(self) -> FacetedList[Organization]:
        words = agency_words(self.request.GET.get("q", ""))
        facets = known.once("agency facets", read=agency_facets)
        return FacetedList(agencies(), facets, self.request.GET, words, ("agencies",))

    def get_queryset(self) -> InPlaces:  # type: ignore[override]  # is paged by keys
        order = order_of(agency_orders(), self.request.GET)
        read = partial(keys_in_order, self.faceted.filtered(), order.name)
        return InPlaces(read, (*self.faceted.asked_key, order.name))

    def rows_of(self, keys: Any) -> list[AgencyRow]:
        return agency_rows(keys, self.at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            facets=self.faceted.shown(),
            plain_key=self.faceted.plain_key,
            pills=self.faceted.pills(),
            words=self.request.GET.get("q", ""),
            sorting=sorting_of(agency_orders(), self.request.GET),
            **kwargs,
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
