"""The search page: one box over everything that is public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bidding.models import Tender
from credit.measures import open_measures
from marketplace.kernel import clock
from marketplace.web.components import Order, order_of, sorting_of
from search.answers import Answer, answer
from search.highlight import Part, parts_of, snippet_of
from search.index import Document, IndexUnavailable
from search.models import HitOrder, SearchEntry
from search.query import MAX_LENGTH, MAX_PAGE, PAGE_SIZE, Query
from search.query import Order as HitsOrder
from search.questions import page_of, query_of

Kind = SearchEntry.Kind
TEMPLATE = "search/search.html"


@dataclass(frozen=True)
class Row:
    """One hit as it is shown; `tender` and `measures` tell where it stands now."""

    document: Document
    kind: Any
    title: list[Part]
    facts: list[list[Part]]
    codes: list[list[Part]]
    snippet: list[Part]
    tender: Tender | None
    measures: tuple[str, ...]


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
        "kinds": Kind.choices,
        "sorting": sorting_of(orders, request.GET, is_in_form=False),
    }
    if not query.terms:
        return render(request, TEMPLATE, context)
    try:
        context |= _answered(answer(query), context["typed"])
    except IndexUnavailable:
        return render(request, TEMPLATE, context | {"is_down": True}, status=503)
    return render(request, TEMPLATE, context)


def _answered(given: Answer, typed: str) -> dict[str, Any]:
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
        "read_as": given.query.text if given.query.text != typed.casefold() else "",
        "tabs": _tabs(given, typed),
        "page_obj": paginator.page(given.query.page),
        "exact": _row(given.exact, given.query, now) if given.exact else None,
        "rows": [_row(hit, given.query, now) for hit in others],
        "nearest_url": _url(given.nearest.text) if given.nearest else "",
    }


def _tenders(documents: list[Document]) -> dict[str, Tender]:
    """Return the orders among the hits as they stand now, by code."""
    codes = [document.key for document in documents if document.kind == Kind.TENDER]
    rows = Tender.objects.public().filter(code__in=codes).joined_with("award__contract")
    return {row.code or "": row for row in rows.prefetch_related("deadlines")}


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
    )


def _snippet(document: Document, query: Query) -> list[Part]:
    """Return a piece of the first line that holds a term."""
    snippets = (snippet_of(line, query) for line in document.body.splitlines())
    return next(filter(None, snippets), [])


def _tabs(given: Answer, typed: str) -> list[dict[str, Any]]:
    """Return a tab for each kind with hits; the template names the first, which is for all."""
    counts = given.found.counts
    named = [
        (kind.value, kind.label, counts.get(kind.value, 0))
        for kind in Kind
        if kind.value in counts or kind.value == given.query.kind
    ]
    return [
        {
            "url": _url(typed, value),
            "label": label,
            "count": count,
            "current": value == given.query.kind,
        }
        for value, label, count in [("", "", given.found.total), *named]
    ]


def _url(text: str, kind: str = "") -> str:
    asked = {"q": text, "in": kind} if kind else {"q": text}
    return f"{reverse('search:search')}?{urlencode(asked)}"
