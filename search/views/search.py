"""The search page: one box over everything that is public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bidding.models import Tender
from credit.measures import open_measures
from marketplace.kernel import clock
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.web.components import Order, order_of, sorting_of
from marketplace.web.facets import Pill
from search.answers import Answer, answer
from search.counting import note_asked
from search.documents.base import NO_DAY
from search.facets import NAMES, STATUS
from search.highlight import Part, parts_of, snippet_of
from search.index import Document, IndexUnavailable
from search.models import HitOrder, SearchEntry
from search.pages.narrowing import address, label_of, narrowings, pills
from search.pages.nothing import similar, wider
from search.popular import popular
from search.query import MAX_LENGTH, MAX_PAGE, PAGE_SIZE, Query, parse
from search.query import Order as HitsOrder
from search.questions import KIND, page_of, query_of
from search.relevance import missing
from search.vocabulary import examples

Kind = SearchEntry.Kind
TEMPLATE = "search/search.html"
MOST_TRIES = 6


@dataclass(frozen=True)
class Row:
    """
    One hit as it is shown; `at` is its day.

    Where it stands is told by `tender` or `measures` as they are now, of others by `state`.
    `missing` are the words of the question that it does not hold.
    """

    document: Document
    kind: Any
    title: list[Part]
    facts: list[list[Part]]
    codes: list[list[Part]]
    snippet: list[Part]
    tender: Tender | None
    measures: tuple[str, ...]
    state: Any
    missing: list[str]
    at: datetime | None


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; without scripts too, and with a plain word when no index answers."""
    typed = request.GET.get("q", "")
    orders = [Order(order.value, order.label, ()) for order in HitOrder]
    order = order_of(orders, request.GET)
    query = replace(
        query_of(request.GET, page=page_of(request.GET)),
        order=HitsOrder(order.name),
    )
    context: dict[str, Any] = {
        "typed": " ".join(typed[:MAX_LENGTH].split()),
        "is_cut": len(typed.strip()) > MAX_LENGTH,
        "max_length": MAX_LENGTH,
        "query": query,
        "pills": pills(query, request.GET),
        "clear_url": address(request.GET, **dict.fromkeys(NAMES, ())),
        "sorting": sorting_of(orders, request.GET, is_in_form=False),
        "sort": "" if order == orders[0] else order.name,
    }
    if not query.terms:
        return render(
            request,
            TEMPLATE,
            context | {"tries": [*popular(clock.now()), *examples()][:MOST_TRIES]},
        )
    try:
        given = answer(query)
    except IndexUnavailable:
        return render(request, TEMPLATE, context | {"is_down": True}, status=503)
    note_asked(query, given.found.total, clock.now())
    context |= _answered(given, context["typed"], request.GET)
    if not given.total:
        context |= _helped_on(given, request.GET)
    return render(request, TEMPLATE, context)


def _helped_on(given: Answer, asked: QueryDict) -> dict[str, Any]:
    """Return what has hits where this search has none: less that is chosen, similar items."""
    is_narrowed = bool(given.query.chosen or given.query.kind)
    return {
        "wider": wider(given.query, asked),
        "similar": similar(given.query.text),
        # other words would be given for what the choices keep out
        "nearest": None if is_narrowed else given.nearest,
        "nearest_url": address(asked, q=[given.nearest.text]) if given.nearest else "",
    }


def _answered(given: Answer, typed: str, asked: QueryDict) -> dict[str, Any]:
    reachable = min(given.total, MAX_PAGE * PAGE_SIZE)
    paginator = Paginator(range(reachable), PAGE_SIZE)
    if given.query.page > paginator.num_pages:
        raise Http404
    found = list(given.found.hits)
    shown = [*found, given.exact] if given.exact else found
    now = _Now(_tenders(shown), _measures(shown))
    others = [hit for hit in found if hit != given.exact]
    return {
        "answer": given,
        "read_as": _read_as(given, typed, asked),
        "tabs": _tabs(given, asked),
        "narrowings": narrowings(given.facets, given.query),
        "page_obj": paginator.page(given.query.page),
        "exact": _row(given.exact, given.query, now) if given.exact else None,
        "rows": [_row(hit, given.query, now) for hit in others],
    }


def _read_as(given: Answer, typed: str, asked: QueryDict) -> Pill | None:
    """Return what was looked for where that is not what was typed."""
    if given.query.text == typed.casefold():
        return None
    is_hiding = given.correction or given.in_passing
    as_it_stands = parse(typed).as_it_stands
    return Pill(given.query.text, address(asked, q=[as_it_stands], page=[]) if is_hiding else "")


def _tenders(documents: list[Document]) -> dict[str, Tender]:
    """Return the orders among the hits as they stand now, by code."""
    codes = [document.key for document in documents if document.kind == Kind.TENDER]
    rows = Tender.objects.public().filter(code__in=codes).joined_with("award__contract")
    return {row.code or "": row for row in rows.prefetch_related(deadlines_of())}


def _measures(documents: list[Document]) -> Mapping[str, tuple[str, ...]]:
    """Return what decisions that everybody may read take from the agencies found, by slug."""
    slugs = [document.key for document in documents if document.kind == Kind.AGENCY]
    return open_measures(slugs, clock.now())


@dataclass(frozen=True)
class _Now:
    """Where the things found stand: orders by code, and measures against agencies by slug."""

    tenders: Mapping[str, Tender]
    measures: Mapping[str, tuple[str, ...]]


def _row(document: Document, query: Query, now: _Now) -> Row:
    return Row(
        document=document,
        kind=Kind(document.kind).label,
        title=parts_of(document.title, query),
        facts=[parts_of(fact, query) for fact in document.facts],
        codes=[parts_of(code, query) for code in document.codes],
        snippet=_snippet(document, query),
        tender=now.tenders.get(document.key) if document.kind == Kind.TENDER else None,
        measures=now.measures.get(document.key, ()) if document.kind == Kind.AGENCY else (),
        state=_state(document),
        missing=missing(query, document),
        at=None if document.sort_at == NO_DAY else document.sort_at,
    )


def _state(document: Document) -> Any:
    """Return the word for where a thing stands that is no order; empty where there is none."""
    values = () if document.kind == Kind.TENDER else document.values_of(STATUS)
    return next((label_of(STATUS, value) for value in values), "")


def _snippet(document: Document, query: Query) -> list[Part]:
    """Return a piece of the first line that holds a term."""
    snippets = (snippet_of(line, query) for line in document.body.splitlines())
    return next(filter(None, snippets), [])


def _tabs(given: Answer, asked: QueryDict) -> list[dict[str, Any]]:
    """
    Return a tab for each kind that there are hits of, and in front an unnamed one for all.

    The kind that was asked for has its tab too, though nothing of it was found.
    """
    counts, chosen = given.found.counts, given.query.kind
    named = [(kind.value, kind.label, counts.get(kind.value, 0)) for kind in Kind]
    shown = [one for one in named if one[2] or one[0] == chosen]
    return [
        {
            "url": address(asked, **{KIND: [value]}),
            "label": label,
            "count": count,
            "current": value == chosen,
        }
        for value, label, count in [("", "", given.found.total), *shown]
    ]
