"""The index in our own database: one table of entries, and grams kept as the database likes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice, pairwise
from typing import Any, NamedTuple

import structlog
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import QuerySet

from search.expression import ANYWHERE, Expression, Without, matching, narrowed, some, tiers
from search.facets import KIND
from search.index import CANDIDATES, FACETS_OF, Document, Found
from search.models import FinishedRebuild, SearchEntry
from search.query import PAGE_SIZE, Order, Query
from search.relevance import Candidate, ranked
from search.tally import read, tally, with_kind, written

log = structlog.get_logger(__name__)

COLUMNS = (
    *("title", "aliases", "facts", "body", "url", "codes", "facets"),
    *("place", "sort_at", "is_removed", "version"),
)
BATCH = 200
MISFITS = (DataError, IntegrityError, ValueError)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BY_TIME = {Order.NEWEST: "-sort_at", Order.OLDEST: "sort_at"}
UPSERT = """
INSERT INTO search_searchentry (kind, key, {columns}) VALUES (%s, %s, {values})
ON CONFLICT (kind, key) DO UPDATE SET {changes}
WHERE search_searchentry.version < excluded.version RETURNING id
""".format(
    columns=", ".join(COLUMNS),
    values=", ".join(["%s"] * len(COLUMNS)),
    changes=", ".join(f"{column} = excluded.{column}" for column in COLUMNS),
)
Grams = Mapping[str, list[str]]


class Row(NamedTuple):
    """An entry as a statement of ours reads it, and the tier in which it was found."""

    tier: int
    place: int
    kind: str
    key: str
    title: str
    aliases: str
    facts: str
    body: str
    url: str
    codes: str
    facets: str
    sort_at: datetime


IN_ORDER = """
SELECT tier, {columns} FROM (
SELECT tier, place FROM ({{hits}}) AS found
ORDER BY tier, place DESC LIMIT {{most}} OFFSET {{offset}}
) AS hits JOIN search_searchentry AS entry USING (place)
""".format(columns=", ".join(Row._fields[1:]))


class DatabaseIndex:
    """What SQLite and PostgreSQL share; a subclass keeps the grams and asks them."""

    name = "database"
    with_facets = "search_searchentry"

    def put(self, documents: Iterable[Document], version: int) -> None:
        with self._writing(version):
            for document in documents:
                self._store(document.kind, document.key, _row(document), version, document.grams)

    def remove(self, kind: str, key: str, version: int) -> None:
        place = -abs(Document(kind, key, "", (), "", "", EPOCH).place)
        with self._writing(version):
            self._store(kind, key, {**_REMOVED, "place": place}, version, {})

    def _store(
        self, kind: str, key: str, row: Mapping[str, Any], version: int, grams: Grams
    ) -> None:
        before = SearchEntry.objects.filter(kind=kind, key=key).values_list("place", flat=True)
        old = before.first()
        if self._write(kind, key, row, version) is not None:
            self.keep_grams(old, row["place"], grams)

    def find(self, query: Query) -> Found:
        if query.order == Order.BEST and query.offset < CANDIDATES:
            return self._best(query)
        facets = self._facets(query)
        counts = facets.get(KIND, {})
        total = counts.get(query.kind, 0) if query.kind else sum(counts.values())
        return Found(self._page(query) if total else [], counts, facets)

    def _best(self, query: Query) -> Found:
        """Put the first hits in order; where these are all there are, they are counted at once."""
        rows = self._in_order(query, 0, CANDIDATES)
        is_all = len(rows) < min(CANDIDATES, FACETS_OF) and not with_kind(query)
        facets = tally((row.facets for row in rows), ()) if is_all else self._facets(query)
        hits = ranked(query, [Candidate(_document(row), row.tier) for row in rows])
        page = hits[query.offset : query.offset + PAGE_SIZE]
        return Found(page, facets.get(KIND, {}), facets)

    def _page(self, query: Query) -> Sequence[Document]:
        if query.order == Order.BEST:
            return [_document(row) for row in self._in_order(query, query.offset, PAGE_SIZE)]
        places = self.places(narrowed(matching(query), with_kind(query)))
        rows = SearchEntry.objects.filter(place__in=places)
        rows = rows.order_by(BY_TIME[query.order], "kind", "key")
        return [_document(row) for row in rows[query.offset : query.offset + PAGE_SIZE]]

    def _in_order(self, query: Query, offset: int, most: int) -> list[Row]:
        """Return hits from one on, as the index has them: by tier and place."""
        found = tiers(query)
        asked = [
            found[0],
            *(Without(wide, best) for best, wide in pairwise(found)),
        ]
        chosen = with_kind(query)
        selects, parameters = [], []
        for tier, expression in enumerate(asked):
            sql, parameter = self.first(narrowed(expression, chosen), offset + most)
            selects.append(f"SELECT {tier} AS tier, place FROM ({sql}) AS tier_{tier}")  # noqa: S608 - ours
            parameters.append(parameter)
        statement = IN_ORDER.format(hits=" UNION ALL ".join(selects), most=most, offset=offset)
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            rows = [Row(*values) for values in cursor.fetchall()]
        return sorted(rows, key=lambda row: (row.tier, -row.place))

    def _facets(self, query: Query) -> Mapping[str, Mapping[str, int]]:
        chosen = with_kind(query)
        expression = matching(query)
        rows = self._values(expression)
        if len(rows) < FACETS_OF:
            return tally(rows, chosen)
        if chosen:
            rows = self._values(narrowed(expression, chosen))
        found = dict(tally(rows, chosen))
        found[KIND] = self._kinds(narrowed(expression, query.chosen), found.get(KIND, {}))
        return found

    def _kinds(self, expression: Expression, seen: Iterable[str]) -> Mapping[str, int]:
        """Count the kinds of very many hits exactly: those seen among the first, before others."""
        known = list(seen)
        every, *counts = self._counts([expression, *(_of_kind(expression, one) for one in known)])
        found = dict(zip(known, counts, strict=True))
        if every > sum(counts):
            rest = [kind for kind in SearchEntry.Kind.values if kind not in found]
            others = self._counts([_of_kind(expression, kind) for kind in rest])
            found |= dict(zip(rest, others, strict=True))
        return {kind: count for kind, count in found.items() if count}

    def _values(self, expression: Expression) -> list[str]:
        """Return what values each of the first hits has; counted here it is half the work."""
        sql, parameter = self.first(expression, FACETS_OF)
        statement = (
            f"SELECT facets FROM {self.with_facets} "  # noqa: S608 - of our own parts
            f"WHERE place IN (SELECT place FROM ({sql}) AS first)"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [parameter])
            return [values for (values,) in cursor.fetchall()]

    def holds(self, query: Query) -> bool:
        """Tell whether anything is found; it looks no further than the first hit."""
        sql, parameter = self.first(narrowed(matching(query), with_kind(query)), 1)
        with connection.cursor() as cursor:
            cursor.execute(sql, [parameter])
            return cursor.fetchone() is not None

    def keys(self, query: Query, kind: str) -> QuerySet[SearchEntry, Any]:
        """Return the keys of all things of a kind that are found, as the right side of an IN."""
        places = self.places(narrowed(matching(query), with_kind(query)))
        return SearchEntry.objects.filter(kind=kind, place__in=places).order_by().values("key")

    def count(self, queries: Sequence[Query], tier: int = ANYWHERE) -> list[int]:
        return self._counts(
            [narrowed(matching(query, tier), with_kind(query)) for query in queries]
        )

    def _counts(self, expressions: Sequence[Expression]) -> list[int]:
        if not expressions:
            return []
        asked = [self.count_statement(expression) for expression in expressions]
        statement = " UNION ALL ".join(
            f"SELECT {position} AS position, ({sql}) AS hits"
            for position, (sql, _parameter) in enumerate(asked)
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [parameter for _sql, parameter in asked])
            return [hits for _position, hits in sorted(cursor.fetchall())]

    def sample(self, queries: Sequence[Query], most: int) -> list[Document]:
        if not queries:
            return []
        sql, parameter = self.first(some(tiers(query)[1] for query in queries), most)
        with connection.cursor() as cursor:
            cursor.execute(sql, [parameter])
            places = [place for (place,) in cursor.fetchall()]
        rows = SearchEntry.objects.filter(place__in=places).defer("body").order_by("-place")
        return [_document(row, body="") for row in rows]

    def every(self, query: Query) -> Iterator[Document]:
        places = self.places(narrowed(matching(query), with_kind(query)))
        rows = SearchEntry.objects.filter(place__in=places).defer("body")
        for row in rows.order_by("-sort_at", "kind", "key").iterator(BATCH):
            yield _document(row, body="")

    def rebuild(self, documents: Iterable[Document], version: int) -> int:
        """Write batch by batch: nobody who wants to write waits longer than for one of them."""
        remaining = iter(documents)
        refused = 0
        while batch := list(islice(remaining, BATCH)):
            refused += self._put_what_fits(batch, version)
        with transaction.atomic():
            SearchEntry.objects.filter(version__lt=version).delete()
            self.forget_grams()
            if not FinishedRebuild.objects.filter(version__gte=version).exists():
                FinishedRebuild.objects.all().delete()
                FinishedRebuild.objects.create(version=version)
        return refused

    def _put_what_fits(self, batch: Sequence[Document], version: int) -> int:
        """Write a batch, one by one when something in it does not fit; return how many do not."""
        try:
            self.put(batch, version)
        except MISFITS as error:
            if len(batch) > 1:
                return sum(self._put_what_fits([document], version) for document in batch)
            [misfit] = batch
            log.warning("search_entry_refused", kind=misfit.kind, key=misfit.key, error=repr(error))
            return 1
        return 0

    def is_built(self) -> bool:
        return FinishedRebuild.objects.exists()

    @staticmethod
    @contextmanager
    def _writing(version: int) -> Iterator[None]:
        """
        Write in one transaction; take it back when a rebuild with a greater version is finished.

        It has read what `version` can tell, and has forgotten what was removed before it. Asked
        after the write: what was inserted behind its last step finds that step committed.
        """
        with transaction.atomic():
            yield
            if FinishedRebuild.objects.filter(version__gt=version).exists():
                transaction.set_rollback(True)

    # --- what a database does its own way -------------------------------------------------------

    def keep_grams(self, old: int | None, place: int, grams: Grams) -> None:
        """Store grams at `place`, and none where the same thing stood before; none when removed."""
        raise NotImplementedError

    def forget_grams(self) -> None:
        """Drop the grams of entries that are gone."""
        raise NotImplementedError

    def first(self, expression: Expression, most: int) -> tuple[str, str]:
        """Return a statement for the greatest places of what is found, and its one parameter."""
        raise NotImplementedError

    def places(self, expression: Expression) -> Any:
        """Return all places of what is found, as the right side of an IN."""
        raise NotImplementedError

    def count_statement(self, expression: Expression) -> tuple[str, str]:
        """Return a statement that counts the hits, and its one parameter."""
        raise NotImplementedError

    @staticmethod
    def _write(kind: str, key: str, row: Mapping[str, Any], version: int) -> int | None:
        """Insert or replace one entry; None when a version as new is there."""
        adapt = connection.ops.adapt_datetimefield_value
        values = {**row, "sort_at": adapt(row["sort_at"]), "version": version}
        with connection.cursor() as cursor:
            cursor.execute(UPSERT, [kind, key, *(values[column] for column in COLUMNS)])
            done = cursor.fetchone()
        return done[0] if done else None


def _of_kind(expression: Expression, kind: str) -> Expression:
    return narrowed(expression, ((KIND, (kind,)),))


_REMOVED: Mapping[str, Any] = {
    **dict.fromkeys(("title", "aliases", "facts", "body", "url", "codes", "facets"), ""),
    "sort_at": EPOCH,
    "is_removed": True,
}


def _row(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "aliases": "\n".join(document.aliases),
        "facts": "\n".join(document.facts),
        "body": document.body,
        "url": document.url,
        "codes": "\n".join(document.codes),
        "facets": written(document.values),
        "place": document.place,
        "sort_at": document.sort_at,
        "is_removed": False,
    }


def _document(entry: SearchEntry | Row, body: str | None = None) -> Document:
    """Return what an entry holds; its text is read only where it is not given."""
    _kind, *values = read(entry.facets)
    return Document(
        kind=entry.kind,
        key=entry.key,
        title=entry.title,
        aliases=tuple(entry.aliases.splitlines()),
        facts=tuple(entry.facts.splitlines()),
        body=entry.body if body is None else body,
        url=entry.url,
        codes=tuple(entry.codes.splitlines()),
        sort_at=_moment(entry.sort_at),
        facets=tuple(values),
    )


def _moment(at: datetime) -> datetime:
    """Return a moment as it is; SQLite keeps it in UTC and does not say so."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)
