"""
Search in Elasticsearch, for many documents and many readers.

One alias is read. Every index that is read or being built also has a write alias of its own, so a
write reaches both while a rebuild runs, and can never create an index by accident. Only what the
server's own modules do is used: no plugin, no script, no analyzer for a language.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import structlog
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.dsl import (
    A,
    Date,
    Keyword,
    Long,
    MetaField,
    MultiSearch,
    Object,
    Q,
    Search,
    Text,
)
from elasticsearch.dsl import Document as Mapped
from elasticsearch.dsl.response import Hit, Response
from elasticsearch.helpers import streaming_bulk

from search.expression import (
    ANYWHERE,
    FIELDS,
    TIERS,
    Every,
    Expression,
    Some,
    Where,
    Without,
    matching,
    narrowed,
    some,
    tiers,
)
from search.facets import KIND, NAMES
from search.index import CANDIDATES, Document, Found, IndexUnavailable
from search.query import PAGE_SIZE, Order, Phrase, Query
from search.relevance import Candidate, ranked
from search.tally import IS, with_kind

log = structlog.get_logger(__name__)

SCHEMES = {"elasticsearch": "http", "elasticsearchs": "https"}
DEFAULT_PORT = 9200
DEFAULT_NAME = "marketplace"
TIMEOUT_SECONDS = 3
PATIENCE_SECONDS = 60
REST_SECONDS = 10
MAX_EXPANSIONS = 10_000
TIERS_AT_MOST = len(TIERS)
MOST_VALUES = 1_000
VERSION_DIGITS = 19
TEMPLATE_PRIORITY = 200
BATCH = 500
OWN = "own"
CONFLICT, GONE = 409, 404
SERVER_IS_BUSY = (429, 500, 502, 503, 504)


class Entry(Mapped):
    """One document as the server keeps it; what is only shown is not indexed."""

    kind = Keyword()
    key = Keyword()
    place = Long()
    sort_at = Date()
    values = Keyword()
    grams = Object(
        properties={name: Text(analyzer="whitespace", norms=False) for name in FIELDS},
        dynamic="strict",
    )
    title = Keyword(index=False, doc_values=False)
    aliases = Keyword(index=False, doc_values=False)
    facts = Keyword(index=False, doc_values=False)
    body = Keyword(index=False, doc_values=False)
    url = Keyword(index=False, doc_values=False)
    codes = Keyword(index=False, doc_values=False)

    class Meta:
        source = MetaField(excludes=["grams"])
        dynamic = MetaField("strict")


class ElasticsearchIndex:
    """
    The index behind `elasticsearch://host:port/name` (`elasticsearchs://` for TLS).

    The nodes of a cluster stand one after the other, `host:port,host:port`; where one is not there,
    the next is asked.
    """

    name = "elasticsearch"

    def __init__(self, url: str) -> None:
        scheme, _colon, rest = url.partition("://")
        authority, _slash, path = rest.partition("/")
        person, _at, hosts = authority.rpartition("@")
        self.alias = path.strip("/") or DEFAULT_NAME
        nodes = [
            f"{SCHEMES[scheme]}://{host}{'' if _has_port(host) else f':{DEFAULT_PORT}'}"
            for host in hosts.split(",")
        ]
        login, _colon, password = person.partition(":")
        self.client = Elasticsearch(
            nodes,
            basic_auth=(unquote(login), unquote(password)) if login else None,
            request_timeout=TIMEOUT_SECONDS,
            max_retries=len(nodes) - 1,
            retry_on_timeout=len(nodes) > 1,
        )
        self.patient = self.client.options(request_timeout=PATIENCE_SECONDS)
        self._resting_until = 0.0

    # --- writing --------------------------------------------------------------------------------

    def put(self, documents: Iterable[Document], version: int) -> None:
        with self._asking():
            entries = [_stored(document) for document in documents]
            for target in self._write_aliases(version):
                self._send(target, entries, version)

    def remove(self, kind: str, key: str, version: int) -> None:
        """Leave an empty entry, which nothing finds, so that an older write is still refused."""
        with self._asking():
            for target in self._write_aliases(version):
                self._send(target, [(f"{kind}:{key}", {"kind": kind, "key": key})], version)

    def rebuild(self, documents: Iterable[Document], version: int) -> int:
        refused: list[Any] = []
        with self._asking():
            built = self._name(version)
            self._create(built)
            try:
                self._send(_write_alias(built), map(_stored, documents), version, refused)
                self.patient.indices.refresh(index=built)
                self._read_from(built)
            except NotFoundError:
                log.info("search_rebuild_overtaken", index=built)
            except BaseException:
                self.patient.options(ignore_status=GONE).indices.delete(index=built)
                raise
        return len(refused)

    def _create(self, built: str) -> None:
        """Create an index by the template of all of ours, which is brought up to date before."""
        mapping = Entry._doc_type.mapping.to_dict()  # noqa: SLF001 - its way to the mapping
        self.patient.indices.put_index_template(
            name=self.alias,
            index_patterns=[f"{self.alias}-0*"],
            priority=TEMPLATE_PRIORITY,
            template={
                "mappings": mapping,
                "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
            },
        )
        self.patient.indices.create(index=built, aliases={_write_alias(built): {}})

    def _read_from(self, built: str) -> None:
        """Swap the alias and drop the older indexes in one step; a newer one stays."""
        others = [name for name in self._indexes() if name != built]
        if any(name > built for name in others if self._is_read(name)):
            self.patient.indices.delete(index=built)
            return
        older = [{"remove_index": {"index": name}} for name in others if name < built]
        self.patient.indices.update_aliases(
            actions=[{"add": {"index": built, "alias": self.alias}}, *older]
        )

    def _indexes(self) -> list[str]:
        names = self.client.indices.get(index=f"{self.alias}-*", features="aliases")
        own = re.compile(rf"{re.escape(self.alias)}-\d{{{VERSION_DIGITS}}}")
        return sorted(name for name in names if own.fullmatch(name))

    def _is_read(self, name: str) -> bool:
        return bool(self.client.indices.exists_alias(index=name, name=self.alias))

    def _write_aliases(self, version: int) -> list[str]:
        """
        Return where to write: nowhere before the first rebuild, which will read everything.

        Nor in an index with a greater version: its rebuild reads what `version` can tell, and it
        does not know what was removed before it.
        """
        names = self._indexes()
        if not names:
            log.warning("search_index_not_built", index=self.alias)
        newest = self._name(version)
        return [_write_alias(name) for name in names if name <= newest]

    def _name(self, version: int) -> str:
        return f"{self.alias}-{version:0{VERSION_DIGITS}d}"

    def _send(
        self,
        target: str,
        entries: Iterable[tuple[str, dict[str, Any]]],
        version: int,
        refused: list[Any] | None = None,
    ) -> None:
        """
        Write entries; one that is there in a newer version stays, an index gone is ignored.

        What the server says of an entry that it will never take goes into `refused`, if given.

        Raises:
            IndexUnavailable: an entry was not written, and `refused` does not take it.
        """
        actions = (
            {
                "_index": target,
                "_id": entry_id,
                "version": version,
                "version_type": "external",
                "_source": source,
            }
            for entry_id, source in entries
        )
        for is_done, answer in streaming_bulk(
            self.patient, actions, raise_on_error=False, require_alias=True
        ):
            status = answer["index"]["status"]
            if is_done or status in (CONFLICT, GONE):
                continue
            if refused is None or status in SERVER_IS_BUSY:
                raise IndexUnavailable(answer)
            log.warning("search_entry_refused", answer=answer)
            refused.append(answer)

    # --- reading --------------------------------------------------------------------------------

    def find(self, query: Query) -> Found:
        is_ranked = query.order == Order.BEST and query.offset < CANDIDATES
        start, most = (0, CANDIDATES) if is_ranked else (query.offset, PAGE_SIZE)
        search = self._counting(self._sorted(query), query)[start : start + most]
        with self._asking():
            response = search.execute()
        facets = _facets(response)
        found: list[Hit] = list(response)
        if not is_ranked:
            return Found([_shown(hit) for hit in found], facets.get(KIND, {}), facets)
        rows = [Candidate(_shown(hit), TIERS_AT_MOST - int(hit.meta.score)) for hit in found]
        best = ranked(query, rows)[query.offset : query.offset + PAGE_SIZE]
        return Found(best, facets.get(KIND, {}), facets)

    def _sorted(self, query: Query) -> Search[Any]:
        """Search for a query; the best tier scores most, and of one tier the greatest place."""
        found = self._search(query).extra(track_scores=True)
        if query.order != Order.BEST:
            moment = "sort_at" if query.order == Order.OLDEST else "-sort_at"
            return found.sort(moment, "kind", "key")
        return found.sort("_score", "-place")

    def _search(self, query: Query) -> Search[Any]:
        functions = [
            {"filter": asked(tier), "weight": TIERS_AT_MOST - number}
            for number, tier in enumerate(tiers(query))
        ]
        search: Search[Any] = Search(using=self.client, index=self.alias)
        return search.query(
            "function_score",
            query=Q("bool", filter=[asked(matching(query))]),
            functions=functions,
            score_mode="max",
            boost_mode="replace",
        )

    def _counting(self, search: Search[Any], query: Query) -> Search[Any]:
        """Count each facet under what was chosen of the others; narrow the hits by all."""
        chosen = with_kind(query)
        for name in NAMES:
            others = [_chosen(one) for one in chosen if one[0] != name]
            values = A("terms", field="values", include=f"{name}{IS}.*", size=MOST_VALUES)
            search.aggs.bucket(name, A("filter", Q("bool", filter=others))).bucket(OWN, values)
        return search.post_filter("bool", filter=[_chosen(one) for one in chosen])

    def count(self, queries: Sequence[Query], tier: int = ANYWHERE) -> list[int]:
        if not queries:
            return []
        searches: MultiSearch[Any] = MultiSearch(using=self.client, index=self.alias)
        for query in queries:
            searches = searches.add(self._narrowed(query, tier)[:0].extra(track_total_hits=True))
        with self._asking():
            responses: Iterable[Response[Any]] = searches.execute()
        return [response.hits.total.value for response in responses]  # type: ignore[attr-defined]

    def _narrowed(self, query: Query, tier: int = ANYWHERE) -> Search[Any]:
        search: Search[Any] = Search(using=self.client, index=self.alias)
        return search.query(
            "bool", filter=[asked(narrowed(matching(query, tier), with_kind(query)))]
        )

    def sample(self, queries: Sequence[Query], most: int) -> list[Document]:
        if not queries:
            return []
        search: Search[Any] = Search(using=self.client, index=self.alias)
        named = asked(some(tiers(query)[1] for query in queries))
        search = search.query("bool", filter=[named]).sort("-place").source(excludes=["body"])
        with self._asking():
            return [_shown(hit) for hit in search[:most].execute()]

    def every(self, query: Query) -> Iterator[Document]:
        """Yield every hit by pages, each after the last of the one before: no depth is too deep."""
        search = self._narrowed(query).sort("-sort_at", "kind", "key").source(excludes=["body"])
        after: list[Any] = []
        while True:
            page = search[:BATCH].extra(search_after=after) if after else search[:BATCH]
            with self._asking():
                hits = list(page.execute())
            yield from map(_shown, hits)
            if len(hits) < BATCH:
                return
            after = list(hits[-1].meta.sort)

    def is_built(self) -> bool:
        with self._asking():
            return bool(self.client.indices.exists_alias(name=self.alias))

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """
        Ask the server; when it does not answer, spare it and its askers for some seconds.

        Raises:
            IndexUnavailable: it does not answer, is too busy, refuses, or has no such index.
        """
        if time.monotonic() < self._resting_until:
            raise IndexUnavailable("resting")
        try:
            yield
        except TransportError as error:
            self._resting_until = time.monotonic() + REST_SECONDS
            raise IndexUnavailable(repr(error)) from error
        except ApiError as error:
            if not isinstance(error, NotFoundError) and error.status_code not in SERVER_IS_BUSY:
                log.exception("search_server_refuses", index=self.alias)
            raise IndexUnavailable(repr(error)) from error


def _has_port(host: str) -> bool:
    return ":" in host.rpartition("]")[2]


def _write_alias(name: str) -> str:
    return f"{name}-write"


def asked(expression: Expression) -> Any:
    """Write an expression as a query of the server."""
    match expression:
        case Where(phrase, fields):
            return _where(phrase, [f"grams.{field}" for field in fields])
        case Every(parts):
            return Q("bool", filter=[asked(part) for part in parts])
        case Some(parts):
            return Q("bool", should=[asked(part) for part in parts], minimum_should_match=1)
        case Without(found, other):
            return Q("bool", filter=[asked(found)], must_not=[asked(other)])


def _where(phrase: Phrase, fields: list[str]) -> Any:
    if len(phrase.grams) == 1:
        name = "prefix" if phrase.is_prefix else "term"
        each = [Q(name, **{field: phrase.grams[0]}) for field in fields]
        return Q("bool", should=each, minimum_should_match=1)
    text = " ".join(phrase.grams)
    if not phrase.is_prefix:
        return Q("multi_match", query=text, fields=fields, type="phrase")
    return Q(
        "multi_match",
        query=text,
        fields=fields,
        type="phrase_prefix",
        max_expansions=MAX_EXPANSIONS,
    )


def _chosen(one: tuple[str, tuple[str, ...]]) -> Any:
    name, options = one
    return Q("terms", values=[f"{name}{IS}{value}" for value in options])


def _facets(response: Response[Any]) -> dict[str, dict[str, int]]:
    found = {}
    for name in NAMES:
        buckets = response.aggregations[name][OWN].buckets
        counts = {bucket.key.partition(IS)[2]: bucket.doc_count for bucket in buckets}
        if counts:
            found[name] = counts
    return found


def _stored(document: Document) -> tuple[str, dict[str, Any]]:
    return f"{document.kind}:{document.key}", {
        "kind": document.kind,
        "key": document.key,
        "place": document.place,
        "sort_at": document.sort_at.isoformat(),
        "values": [f"{name}{IS}{value}" for name, value in document.values],
        "grams": {field: " ".join(grams) for field, grams in document.grams.items()},
        "title": document.title,
        "aliases": list(document.aliases),
        "facts": list(document.facts),
        "body": document.body,
        "url": document.url,
        "codes": list(document.codes),
    }


def _shown(hit: Hit) -> Document:
    source = hit.to_dict()
    _kind, *values = (value.partition(IS) for value in source["values"])
    return Document(
        kind=source["kind"],
        key=source["key"],
        title=source["title"],
        aliases=tuple(source["aliases"]),
        facts=tuple(source["facts"]),
        body=source.get("body", ""),
        url=source["url"],
        codes=tuple(source["codes"]),
        sort_at=datetime.fromisoformat(source["sort_at"]),
        facets=tuple((name, value) for name, _is, value in values),
    )
