"""The index in our own database: one table of entries, and grams kept as the database likes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import structlog
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Count, QuerySet

from search.index import Document, Found
from search.models import FinishedRebuild, SearchEntry
from search.query import PAGE_SIZE, Query

log = structlog.get_logger(__name__)

COLUMNS = ("title", "facts", "body", "url", "codes", "sort_at", "is_removed", "version")
BATCH = 200
MISFITS = (DataError, IntegrityError, ValueError)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UPSERT = """
INSERT INTO search_searchentry (kind, key, {columns}) VALUES (%s, %s, {values})
ON CONFLICT (kind, key) DO UPDATE SET {changes}
WHERE search_searchentry.version < excluded.version RETURNING id
""".format(
    columns=", ".join(COLUMNS),
    values=", ".join(["%s"] * len(COLUMNS)),
    changes=", ".join(f"{column} = excluded.{column}" for column in COLUMNS),
)


class DatabaseIndex:
    """What SQLite and PostgreSQL share; a subclass keeps the grams and asks them."""

    name = "database"

    def put(self, documents: Iterable[Document], version: int) -> None:
        with self._writing(version):
            for document in documents:
                entry_id = self._write(document.kind, document.key, _row(document), version)
                if entry_id is not None:
                    self.keep_grams(entry_id, document.grams)

    def remove(self, kind: str, key: str, version: int) -> None:
        with self._writing(version):
            entry_id = self._write(kind, key, _REMOVED, version)
            if entry_id is not None:
                self.keep_grams(entry_id, [])

    def find(self, query: Query) -> Found:
        matching = self.matching(query)
        counts = dict(matching.values_list("kind").annotate(Count("pk")).order_by())
        hits = matching.filter(kind=query.kind) if query.kind else matching
        moment = "sort_at" if query.is_oldest_first else "-sort_at"
        page = hits.order_by(moment, "kind", "key")[query.offset : query.offset + PAGE_SIZE]
        return Found([_document(entry) for entry in page], counts)

    def count(self, queries: Sequence[Query]) -> list[int]:
        if not queries:
            return []
        asked = [self.count_statement(query) for query in queries]
        statement = " UNION ALL ".join(
            f"SELECT {position} AS position, ({sql}) AS hits"
            for position, (sql, _parameter) in enumerate(asked)
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [parameter for _sql, parameter in asked])
            return [hits for _position, hits in sorted(cursor.fetchall())]

    def rebuild(self, documents: Iterable[Document], version: int) -> int:
        """Write batch by batch: nobody who wants to write waits longer than for one of them."""
        remaining = iter(documents)
        refused = 0
        while batch := list(islice(remaining, BATCH)):
            refused += self._put_what_fits(batch, version)
        with transaction.atomic():
            outdated = SearchEntry.objects.filter(version__lt=version)
            self.forget_grams(outdated)
            outdated.delete()
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

    def keep_grams(self, entry_id: int, grams: Sequence[str]) -> None:
        """Store the grams of one entry in place of those it had; none for a removed one."""
        raise NotImplementedError

    def forget_grams(self, entries: QuerySet[SearchEntry]) -> None:
        """Drop the grams of entries that are about to be deleted."""
        raise NotImplementedError

    def matching(self, query: Query) -> QuerySet[SearchEntry]:
        """Return the entries that hold every term."""
        raise NotImplementedError

    def count_statement(self, query: Query) -> tuple[str, str]:
        """Return a statement that counts the hits, and its one parameter."""
        raise NotImplementedError

    @staticmethod
    def _write(kind: str, key: str, row: Mapping[str, Any], version: int) -> int | None:
        """Insert or replace one entry; None when a version as new is there."""
        adapt = connection.ops.adapt_datetimefield_value
        values = {**row, "sort_at": adapt(row["sort_at"]), "version": version}
        with connection.cursor() as cursor:
            cursor.execute(UPSERT, [kind, key, *(values[column] for column in COLUMNS)])
            written = cursor.fetchone()
        return written[0] if written else None


_REMOVED: Mapping[str, Any] = {
    **dict.fromkeys(("title", "facts", "body", "url", "codes"), ""),
    "sort_at": EPOCH,
    "is_removed": True,
}


def _row(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "facts": "\n".join(document.facts),
        "body": document.body,
        "url": document.url,
        "codes": "\n".join(document.codes),
        "sort_at": document.sort_at,
        "is_removed": False,
    }


def _document(entry: SearchEntry) -> Document:
    return Document(
        kind=entry.kind,
        key=entry.key,
        title=entry.title,
        facts=tuple(entry.facts.splitlines()),
        body=entry.body,
        url=entry.url,
        codes=tuple(entry.codes.splitlines()),
        sort_at=entry.sort_at,
    )
