"""Orders as everybody reads them, with their selection and its evidence."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import DetailView, TemplateView

from bidding import permissions
from bidding.actions.seals import note_altered_seal
from bidding.forms.sorts import tender_orders, tenders_in_turn
from bidding.guards.bids import may_submit_bid
from bidding.guards.seals import awaits_opening, seal_is_as_published
from bidding.models import Selection, Tender
from bidding.pages.amendments import amendments_of
from bidding.pages.bids import own_bid as own_bid_of
from bidding.pages.bids import quotes
from bidding.pages.choices import choice_facts, score_rows
from bidding.pages.disputes import dispute_section
from bidding.pages.finding import MINE, YES, tender_search
from bidding.pages.lists import day_bars, tender_table
from bidding.pages.notices import public_log, rerun_of
from bidding.pages.order_lines import OrderLine, order_lines
from bidding.pages.order_page import OrderHead, OwnAnswer, head_of, order_page
from bidding.pages.orders import contract_facts, order_facts, public_entry_facts
from bidding.pages.own import public_order
from bidding.pages.parts import parts_of
from bidding.pages.questions import question_section
from bidding.pages.selections import verification_of
from bidding.pages.steps import order_steps
from bidding.selection.methods import method_of, rule_sentences
from bidding.views.lists import AtMixin, PublicList
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.kernel.statements import statement
from marketplace.models import Organization
from marketplace.pages.requirements import condition_of
from marketplace.parties import acting
from marketplace.web.components import order_of, sorting_of
from marketplace.web.exports import csv_response
from marketplace.web.facets import FacetedList
from marketplace.web.keys import InTurn
from marketplace.web.parts_kept import drawn_parts

PARTS = ("head", "steps", "panel", "toc", "text", "end")


class TenderListView(PublicList[Tender]):
    """
    The published orders, narrowed by words and facets.

    Unless asked otherwise the open ones come first, by deadline, then the rest, newest first.
    """

    template_name = "bidding/tender_list.html"
    context_object_name = "tenders"

    @cached_property
    def faceted(self) -> FacetedList[Tender]:
        return tender_search(self.request.GET, self.at, self.agency)

    @cached_property
    def agency(self) -> Organization | None:
        """The agency for which `mine` asks, if that is asked at all."""
        party = acting(self.request) if self.is_mine else None
        return party.organization if party and permissions.can_bid(party) else None

    @property
    def is_mine(self) -> bool:
        return YES in self.request.GET.getlist(MINE)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_mine and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> InTurn[Tender]:  # type: ignore[override]  # is paged by keys
        order = order_of(tender_orders(), self.request.GET)
        kept_as = (*self.faceted.asked_key, order.name)
        return tenders_in_turn(self.faceted.filtered(), order, self.at, kept_as)

    def rows_of(self, keys: Any) -> list[OrderLine]:
        return order_lines(keys)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.faceted.on_page(self.request.path)
        *facets, strip = shown["facets"]
        chosen = order_of(tender_orders(), self.request.GET)
        context = super().get_context_data(
            **shown | {"facets": facets},
            days=day_bars(strip, day_of(self.at), self.request.GET),
            is_mine=self.is_mine,
            is_without_agency=self.is_mine and self.agency is None,
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


@statement
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
            "choice_facts": choice_facts(tender),
            "score_rows": score_rows(tender),
            "amendments": amendments_of(tender),
            "parts": parts_of(tender, is_public=True),
            "rules": rule_sentences(tender),
            "questions": question_section(tender, self.at),
            "disputes": dispute_section(tender),
            "log": public_log(tender),
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
