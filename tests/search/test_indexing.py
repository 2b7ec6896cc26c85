"""The order in which workers finish does not matter, and a rebuild loses nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from bidding.models import Bid, Tender
from cms.actions import make_editor, publish_notice
from cms.models import NoticePage
from deploy.prepare import build_missing_indexes
from search.backends import database_index
from search.backends.elastic import ElasticsearchIndex
from search.index import Document, Index
from search.indexing import index_entry, next_version, rebuild
from search.models import SearchEntry
from search.query import alternatives, parse
from tests.clock import NOON
from tests.factories.marketplace import UserFactory
from tests.search import corpus
from tests.search.asking import settle, titles
from tests.servers import closed_port

pytestmark = pytest.mark.django_db

ORIGINAL = Document(
    kind="notice",
    key="one",
    title="平台维护的通知",
    facts=("数据局",),
    body="每周三夜间维护。",
    url="/notices/one/",
    codes=(),
    sort_at=NOON,
)
CHANGED = replace(ORIGINAL, title="平台升级的通知")


@pytest.fixture
def built(index: Index) -> Index:
    """Return each index, empty but built with version 10."""
    index.rebuild([], 10)
    return index


def test_counts_of_several_queries_come_in_their_order(built: Index) -> None:
    built.put([ORIGINAL, replace(CHANGED, key="two")], 11)
    settle(built)

    assert built.count([parse("升级"), parse("通知"), parse("飞碟")]) == [1, 2, 0]
    assert built.count([]) == []
    assert built.count(alternatives(parse("通"))) == []


def test_versions_grow() -> None:
    versions = [next_version() for _turn in range(5)]

    assert versions == sorted(set(versions))


def test_an_effect_may_run_twice(filled: Index) -> None:
    tender = Tender.objects.get(code="JX360702-2026-00012")
    payload = {"index": filled.name, "kind": "tender", "key": tender.code}
    Tender.objects.filter(pk=tender.pk).update(title="望湖片区环境影响评价")

    index_entry(payload)
    index_entry(payload)

    assert titles(filled, "望湖") == ["望湖片区环境影响评价"]
    assert titles(filled, "沙河") == []


def test_an_effect_for_an_index_that_is_no_longer_kept_does_nothing() -> None:
    index_entry({"index": "elasticsearch", "kind": "tender", "key": "JX360702-2026-00012"})

    assert not SearchEntry.objects.exists()


def test_no_draft_and_no_bid_is_in_the_index() -> None:
    corpus.store_corpus()
    rebuild(database_index())
    bid = Bid.objects.select_related("agency").get()

    stored = " ".join(
        f"{row.title} {row.facts} {row.body} {row.codes}" for row in SearchEntry.objects.all()
    )

    secrets = ("瑞岭", "尚未发布", "86543", bid.agency.name, bid.agency.uscc, bid.slug)
    assert [secret for secret in secrets if str(secret) in stored] == []
    assert [secret for secret in secrets if database_index().find(parse(str(secret))).hits] == []


def test_the_command_rebuilds_what_is_missing_only() -> None:
    corpus.store_corpus()
    first, second = StringIO(), StringIO()

    call_command("rebuild_index", if_missing=True, stdout=first)
    call_command("rebuild_index", if_missing=True, stdout=second)

    assert first.getvalue() == "database: rebuilt\n"
    assert second.getvalue() == ""
    assert SearchEntry.objects.count() == 7


@pytest.mark.parametrize("if_missing", [False, True])
def test_a_server_that_is_down_does_not_keep_the_database_from_its_rebuild(
    settings: Settings, if_missing: bool
) -> None:
    corpus.store_corpus()
    settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{closed_port()}"
    output = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("rebuild_index", if_missing=if_missing, stdout=output)

    first, second = output.getvalue().splitlines()
    assert ended.value.code == 1
    assert first.startswith("elasticsearch: failed (IndexUnavailable(")
    assert second == "database: rebuilt"
    assert SearchEntry.objects.count() == 7


def test_a_start_goes_on_without_a_server_that_is_down(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus.store_corpus()
    settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{closed_port()}"

    build_missing_indexes()

    assert "Search has to do without elasticsearch for now" in capsys.readouterr().out
    assert database_index().is_built()


def test_a_notice_with_a_long_chinese_slug_is_found_at_its_address(client: Client) -> None:
    call_command("load_pages", at=NOON, stdout=StringIO())
    editor = make_editor(user=UserFactory(), by=None, at=NOON)
    slug = "关于公布网上中介服务超市入驻机构名单的通知" * 10
    texts = {"title": "入驻名单", "source": "", "summary": "", "body": "<p>正文。</p>"}
    notice = publish_notice(slug=slug, by=editor, at=NOON, **texts)

    rebuild(database_index())

    [entry] = SearchEntry.objects.filter(key=str(notice.translation_key))
    SearchEntry._meta.get_field("url").clean(entry.url, entry)
    assert entry.url == f"/notices/{quote(slug)}/"
    assert client.get(entry.url).status_code == 200


# --- one entry that cannot be had -----------------------------------------------------------------
LONE_SURROGATE = replace(ORIGINAL, key="broken", title="坏\ud800")


@pytest.fixture
def unreadable() -> NoticePage:
    """Store the corpus, and in it a notice of a day that has no moment in UTC."""
    corpus.store_corpus()
    notice = NoticePage.objects.order_by("pk").first()
    assert notice is not None
    NoticePage.objects.filter(pk=notice.pk).update(published_on=date.min)
    return notice


def test_a_rebuild_leaves_out_what_cannot_be_written_and_counts_it() -> None:
    database = database_index()

    refused = database.rebuild([ORIGINAL, LONE_SURROGATE, replace(CHANGED, key="two")], 12)

    assert refused == 1
    assert titles(database, "通知") == ["平台维护的通知", "平台升级的通知"]


def test_a_single_write_that_cannot_be_done_is_told_to_the_caller() -> None:
    with pytest.raises(UnicodeEncodeError):
        database_index().put([LONE_SURROGATE], 12)


def test_the_command_finishes_without_what_cannot_be_read_and_its_exit_code_tells(
    unreadable: NoticePage,
) -> None:
    output = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("rebuild_index", stdout=output)

    assert ended.value.code == 1
    assert output.getvalue() == "database: rebuilt, 1 entries failed\n"
    assert SearchEntry.objects.count() == 6
    assert not SearchEntry.objects.filter(key=str(unreadable.translation_key)).exists()


# --- Elasticsearch alone --------------------------------------------------------------------------


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
    assert [row.document.key for row in response.context["rows"]][:1] == ["JX360702-2026-00012"]
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
