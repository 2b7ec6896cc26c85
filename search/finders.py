"""What a saved question or a feed finds now: the newest things of a list or of the whole search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice, takewhile
from typing import Any

from django.http import QueryDict

from bidding.models import Tender
from bidding.pages.finding import MINE, PUBLIC_SEARCHES
from marketplace.models import Organization
from search.backends import database_index
from search.index import Document
from search.models import SavedSearch, SearchEntry
from search.query import PAGE_SIZE
from search.questions import newest_first, query_of

Scope = SavedSearch.Scope
KIND_OF = {
    Scope.TENDERS: SearchEntry.Kind.TENDER,
    Scope.AWARDS: "award",
    Scope.AGENCIES: SearchEntry.Kind.AGENCY,
    Scope.ITEMS: SearchEntry.Kind.ITEM,
}


@dataclass(frozen=True)
class Thing:
    """One public thing that was found; `ends_at` is a deadline that one may want in a calendar."""

    kind: str
    key: str
    title: str
    text: str
    url: str
    at: datetime
    ends_at: datetime | None = None


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

    def _hits(self) -> Iterator[Thing]:
        """
        Yield hits of the index in our own database, whose change is what somebody waits for.

        Another index may still be behind it, and would be asked too early.
        """
        query = query_of(self.asked)
        for page in count(1) if query.terms else ():
            hits = database_index().find(newest_first(query, page)).hits
            ends = _ends_of(hits)
            for hit in hits:
                text = " · ".join(hit.facts)
                yield Thing(
                    *(hit.kind, hit.key, hit.title, text, hit.url, hit.sort_at), ends.get(hit.key)
                )
            if len(hits) < PAGE_SIZE:
                return


def _ends_of(hits: Sequence[Document]) -> dict[str, datetime | None]:
    """Return until when the orders among the hits take sign-ups."""
    codes = [hit.key for hit in hits if hit.kind == SearchEntry.Kind.TENDER]
    if not codes:
        return {}
    rows: Any = Tender.objects.public().filter(code__in=codes)
    return {code or "": ends for code, ends in rows.values_list("code", "sign_up__ends_at")}
