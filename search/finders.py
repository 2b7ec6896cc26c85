"""What a saved question or a feed finds now: the newest things of a list or of the whole search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count, islice, takewhile
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from bidding.models import Tender
from bidding.pages.finding import MINE, PUBLIC_SEARCHES
from marketplace.kernel.calendar import day_of
from marketplace.models import Organization
from marketplace.web.asked import asked_for
from search.answers import understood
from search.backends import database_index
from search.documents.texts import other_pages, public_notices
from search.facets import STATUS
from search.index import Document
from search.models import AlertHit, SavedSearch, SearchEntry
from search.models.kinds import REVISED
from search.query import PAGE_SIZE, Query
from search.questions import newest_first, query_of

Scope = SavedSearch.Scope
Kind = SearchEntry.Kind
Text = str | Promise
MOST_CHANGES = 1_000
FIRST, LAST = "first_published_at", "last_published_at"
BETWEEN = " · "
KIND_OF: Mapping[Scope, str] = {
    Scope.TENDERS: Kind.TENDER,
    Scope.AWARDS: Kind.AWARD,
    Scope.AGENCIES: Kind.AGENCY,
    Scope.ITEMS: Kind.ITEM,
    Scope.DISPUTES: "dispute",
}
WHOLE: Mapping[str, str] = {
    Kind.RULE: "marketplace:rulebook",
    Kind.LAW: "marketplace:law_list",
    Kind.NOTICE: "cms:notices",
    Kind.PAGE: "cms:guides",
    Kind.SANCTION: "credit:restriction_list",
}
"""What can be followed as a whole, with the page that lists it."""
REVISABLE: Mapping[str, Callable[[], QuerySet[Any]]] = {
    Kind.NOTICE: public_notices,
    Kind.PAGE: other_pages,
}
"""What editors may publish anew."""


@dataclass(frozen=True)
class Thing:
    """
    One public thing that was found; `ends_at` is a deadline that one may want in a calendar.

    Of a change, `at` is when it came to it, `change` names it, and `word` says it.
    """

    kind: str
    key: str
    title: str
    text: str
    url: str
    at: datetime
    ends_at: datetime | None = None
    change: str = ""
    word: Text = ""


@dataclass(frozen=True)
class Question:
    """
    What is asked of one public list, or of the whole search; `agency` is whose own it may ask for.

    What an agency may sign up for is never asked for nobody: then nothing is found.
    """

    scope: str
    asked: QueryDict
    agency: Organization | None = None

    def newest(self, at: datetime, most: int, since: datetime | None = None) -> list[Thing]:
        """Return the newest things at `at`, at most so many, from `since` on if that is given."""
        if MINE in self.asked and self.agency is None:
            return []
        if kind := self._whole_kind():
            return _of_kind(kind, most, since)
        if self.scope == Scope.SEARCH:
            recent = takewhile(lambda one: since is None or one.at >= since, self._hits())
            return list(islice(recent, most))
        return list(self._rows(at, most, since))

    def changes(self, at: datetime, since: datetime, told: QuerySet[AlertHit]) -> Iterator[Thing]:
        """
        Yield what things have come to from `since` on.

        Of what is found now, however far it has come, and of what was `told` of before.
        """
        if MINE in self.asked and self.agency is None:
            return
        if self.scope == Scope.SEARCH:
            yield from self._changed_hits(at, since, told)
            return
        search = PUBLIC_SEARCHES[self.scope]
        if not search.changes:
            return
        found = search.found(self.asked, at, self.agency)
        same = Q(pk__in=search.whatever_phase(found).order_by().values("pk"))
        yield from _changed(Scope(self.scope), same, told, at, since)

    @property
    def page_url(self) -> str:
        """The page on which the question is asked; of a whole kind the one that lists it."""
        if kind := self._whole_kind():
            return reverse(WHOLE[kind])
        view = "search:search" if self.scope == Scope.SEARCH else PUBLIC_SEARCHES[self.scope].view
        return f"{reverse(view)}?{asked_for(self.asked)}".rstrip("?")

    def words(self, at: datetime) -> list[str]:
        """Return what was asked, one after the other, as a reader would say it."""
        if self.scope == Scope.SEARCH:
            query = query_of(self.asked)
            kind = [str(SearchEntry.Kind(query.kind).label)] if query.kind else []
            return [*filter(None, [self.asked.get("q", "").strip()]), *kind]
        return PUBLIC_SEARCHES[self.scope].found(self.asked, at, self.agency).asked()

    def _rows(self, at: datetime, most: int, since: datetime | None) -> Iterator[Thing]:
        search = PUBLIC_SEARCHES[self.scope]
        kind = KIND_OF[Scope(self.scope)]
        found = search.found(self.asked, at, self.agency)
        for row in search.newest_first(found, most, since):
            yield Thing(kind, row.key, row.title, row.text, row.url, row.at, row.ends_at)

    def _changed_hits(
        self, at: datetime, since: datetime, told: QuerySet[AlertHit]
    ) -> Iterator[Thing]:
        if kind := self._whole_kind():
            if kind in REVISABLE:
                yield from _revised(kind, SearchEntry.objects.filter(kind=kind), since)
            return
        query = self._understood()
        if not query.terms:
            return
        chosen = tuple(one for one in query.chosen if one[0] != STATUS)
        whatever_state = replace(query, chosen=chosen)
        for scope in (Scope.TENDERS, Scope.AGENCIES):
            keys = database_index().keys(whatever_state, KIND_OF[scope])
            same = Q(**{f"{PUBLIC_SEARCHES[scope].key}__in": keys})
            yield from _changed(scope, same, told, at, since)
        for kind in REVISABLE:
            yield from _revised(kind, database_index().keys(whatever_state, kind), since)

    def _whole_kind(self) -> str:
        """Return the kind of what is written of which all is asked for, without words; else ""."""
        query = query_of(self.asked)
        is_whole = self.scope == Scope.SEARCH and not query.terms and query.kind in WHOLE
        return query.kind if is_whole else ""

    def _understood(self) -> Query:
        """Return the question of a search as its page understands it, whatever kind is asked."""
        query = query_of(self.asked)
        if not query.terms:
            return query
        read = understood(database_index(), replace(query, kind=""))
        return replace(read.query, kind=query.kind)

    def _hits(self) -> Iterator[Thing]:
        """
        Yield hits of the index in our own database, whose change is what somebody waits for.

        Another index may still be behind it, and would be asked too early.
        """
        query = self._understood()
        for page in count(1) if query.terms else ():
            hits = database_index().find(newest_first(query, page)).hits
            ends = _ends_of(hits)
            for hit in hits:
                text = BETWEEN.join(hit.facts)
                yield Thing(
                    *(hit.kind, hit.key, hit.title, text, hit.url, hit.sort_at), ends.get(hit.key)
                )
            if len(hits) < PAGE_SIZE:
                return


def _changed(
    scope: Scope, same: Q, told: QuerySet[AlertHit], at: datetime, since: datetime
) -> Iterator[Thing]:
    """Yield what rows of a list have come to: what is the `same` still, and what was told of."""
    search, kind = PUBLIC_SEARCHES[scope], KIND_OF[scope]
    known = Q(**{f"{search.key}__in": told.filter(kind=kind).values("key")})
    rows = search.rows().filter(same | known)
    for row in search.changed(rows, at, MOST_CHANGES, since):
        what = (kind, row.key, row.title, row.text, row.url, row.at)
        yield Thing(*what, change=row.change, word=row.word)


def _of_kind(kind: str, most: int, since: datetime | None) -> list[Thing]:
    """Return the newest things of a whole kind; a value of the rules is new with each day of it."""
    rows = SearchEntry.objects.filter(kind=kind).order_by("-sort_at", "key")
    if since is not None:
        rows = rows.filter(sort_at__gte=since)
    shown = rows.values_list("key", "title", "facts", "url", "sort_at")
    return [
        Thing(
            *(kind, key, title, BETWEEN.join(facts.splitlines()), url, at),
            change=f"since:{day_of(at)}" if kind == Kind.RULE else "",
        )
        for key, title, facts, url, at in shown[:most]
    ]


def _revised(kind: str, entries: QuerySet[SearchEntry, Any], since: datetime) -> Iterator[Thing]:
    """Yield what of the notices or pages found has another text of its editors from `since` on."""
    anew = REVISABLE[kind]().filter(**{f"{LAST}__gte": since, f"{FIRST}__lt": F(LAST)})
    moments = {str(key): at for key, at in anew.values_list("translation_key", LAST)}
    if not moments:
        return
    found = entries.filter(key__in=moments).values_list("key", "title", "facts", "url")
    for key, title, facts, url in found:
        text, at = BETWEEN.join(facts.splitlines()), moments[key]
        change = f"revised:{at:%Y%m%d%H%M%S}"
        yield Thing(kind, key, title, text, url, at, change=change, word=REVISED)


def _ends_of(hits: Sequence[Document]) -> dict[str, datetime | None]:
    """Return until when the orders among the hits take sign-ups."""
    codes = [hit.key for hit in hits if hit.kind == SearchEntry.Kind.TENDER]
    if not codes:
        return {}
    rows: Any = Tender.objects.public().filter(code__in=codes)
    return {code or "": ends for code, ends in rows.values_list("code", "sign_up__ends_at")}
