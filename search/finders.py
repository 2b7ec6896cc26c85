"""What a saved question or a feed finds now: the newest things of a list or of the whole search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count, islice, takewhile
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

from bidding.models import Tender
from bidding.pages.finding import MINE, PUBLIC_SEARCHES
from marketplace.models import Organization
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
KIND_OF = {
    Scope.TENDERS: Kind.TENDER,
    Scope.AWARDS: Kind.AWARD,
    Scope.AGENCIES: Kind.AGENCY,
    Scope.ITEMS: Kind.ITEM,
}


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
        query = self._understood()
        if not query.terms:
            return
        chosen = tuple(one for one in query.chosen if one[0] != STATUS)
        whatever_state = replace(query, chosen=chosen)
        for scope in (Scope.TENDERS, Scope.AGENCIES):
            keys = database_index().keys(whatever_state, KIND_OF[scope])
            same = Q(**{f"{PUBLIC_SEARCHES[scope].key}__in": keys})
            yield from _changed(scope, same, told, at, since)
        yield from _revised(whatever_state, since)

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


def _revised(query: Query, since: datetime) -> Iterator[Thing]:
    """Yield the notices and pages found whose editors published another text from `since` on."""
    for kind, pages in ((Kind.NOTICE, public_notices()), (Kind.PAGE, other_pages())):
        later = {f"{LAST}__gte": since, f"{FIRST}__lt": F(LAST)}
        anew = pages.filter(**later)
        moments = {str(key): at for key, at in anew.values_list("translation_key", LAST)}
        if not moments:
            continue
        entries = database_index().keys(query, kind).filter(key__in=moments)
        for key, title, facts, url in entries.values_list("key", "title", "facts", "url"):
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
