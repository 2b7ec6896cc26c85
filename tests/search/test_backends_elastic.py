"""Elasticsearch: one index behind the alias, none by accident, and no waiting for it."""

import time
from collections.abc import Iterator

import pytest
from django.test import Client

from search.backends import database_index
from search.backends.elastic import REST_SECONDS, ElasticsearchIndex
from search.index import Document, IndexUnavailable
from search.indexing import rebuild
from tests.search import corpus
from tests.search.asking import CHANGED, ORIGINAL, settle, titles
from tests.servers import closed_port

pytestmark = pytest.mark.django_db


def names(index: ElasticsearchIndex) -> list[str]:
    return sorted(index.client.indices.get(index=f"{index.alias}-*"))


@pytest.mark.elasticsearch
def test_a_rebuild_leaves_one_index_behind_the_alias(elastic: ElasticsearchIndex) -> None:
    elastic.rebuild([ORIGINAL], 1)
    elastic.rebuild([CHANGED], 2)

    assert names(elastic) == [f"{elastic.alias}-{2:019d}"]
    assert titles(elastic, "通知") == ["平台升级的通知"]


@pytest.mark.elasticsearch
def test_a_write_before_the_first_rebuild_makes_no_index(elastic: ElasticsearchIndex) -> None:
    elastic.put([ORIGINAL], 1)
    elastic.remove("notice", "one", 2)

    assert names(elastic) == []


@pytest.mark.elasticsearch
def test_a_slow_rebuild_does_not_replace_a_newer_one(elastic: ElasticsearchIndex) -> None:
    elastic.rebuild([], 1)

    def overtaken() -> Iterator[Document]:
        yield ORIGINAL
        elastic.rebuild([CHANGED], 3)

    elastic.rebuild(overtaken(), 2)

    assert names(elastic) == [f"{elastic.alias}-{3:019d}"]
    assert titles(elastic, "通知") == ["平台升级的通知"]


@pytest.mark.elasticsearch
@pytest.mark.django_db
def test_a_page_is_answered_by_the_server(elastic: ElasticsearchIndex, client: Client) -> None:
    corpus.store_corpus()
    rebuild(elastic)
    settle(elastic)

    response = client.get("/search/", {"q": "环境影响"})

    assert response.context["answer"].is_degraded is False
    found = {row.document.key for row in response.context["rows"]}
    assert found >= {"JX360702-2026-00012", "JX360102-2026-00203"}
    assert not database_index().is_built()


@pytest.mark.elasticsearch
def test_a_rebuild_that_fails_leaves_no_half_index(elastic: ElasticsearchIndex) -> None:
    elastic.rebuild([ORIGINAL], 1)

    def fail() -> Iterator[Document]:
        yield CHANGED
        raise RuntimeError

    with pytest.raises(RuntimeError):
        elastic.rebuild(fail(), 2)

    assert names(elastic) == [f"{elastic.alias}-{1:019d}"]


@pytest.mark.parametrize(
    ("url", "address", "alias"),
    [
        ("elasticsearch://search", "http://search:9200", "marketplace"),
        ("elasticsearch://search:9201/jiangxi", "http://search:9201", "jiangxi"),
        ("elasticsearchs://search/jiangxi/", "https://search:9200", "jiangxi"),
    ],
)
def test_an_address_says_where_the_server_is_and_what_the_index_is_called(
    url: str, address: str, alias: str
) -> None:
    index = ElasticsearchIndex(url)

    [node] = index.client.transport.node_pool.all()
    assert (node.base_url, index.alias) == (address, alias)


def test_an_address_may_name_several_nodes_and_who_asks_them() -> None:
    index = ElasticsearchIndex("elasticsearch://reader:secret@one:9201,two,[::1]/jiangxi")

    nodes = sorted(node.base_url for node in index.client.transport.node_pool.all())
    assert nodes == ["http://[::1]:9200", "http://one:9201", "http://two:9200"]
    assert index.alias == "jiangxi"
    assert index.client._headers["authorization"].startswith("Basic ")


@pytest.mark.elasticsearch
def test_where_one_node_is_not_there_the_next_is_asked(elastic: ElasticsearchIndex) -> None:
    elastic.rebuild([ORIGINAL], 1)
    node, *_others = elastic.client.transport.node_pool.all()
    there = node.base_url.partition("://")[2]
    index = ElasticsearchIndex(
        f"elasticsearch://127.0.0.1:{closed_port()},{there},127.0.0.1:{closed_port()}/{elastic.alias}"
    )

    found = [titles(index, "通知") for _turn in range(6)]

    assert found == [["平台维护的通知"]] * 6
    index.client.close()


def test_a_server_that_does_not_answer_is_spared_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = ElasticsearchIndex(f"elasticsearch://127.0.0.1:{closed_port()}")
    with pytest.raises(IndexUnavailable, match="ConnectionError"):
        index.is_built()

    with pytest.raises(IndexUnavailable, match=r"^resting$"):
        index.is_built()

    passed = time.monotonic() + REST_SECONDS
    monkeypatch.setattr("search.backends.elastic.time.monotonic", lambda: passed)
    with pytest.raises(IndexUnavailable, match="ConnectionError"):
        index.is_built()
