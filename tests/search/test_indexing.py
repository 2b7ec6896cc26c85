"""The order in which workers finish does not matter, and a rebuild loses nothing."""

import pytest
from pytest_django import Settings

from bidding.models import Bid, Tender
from deploy.prepare import build_missing_indexes
from marketplace.kernel.models import Effect
from marketplace.schedule import sweep_effects
from search.backends import database_index
from search.index import Index
from search.indexing import index_entry, next_version, rebuild, rebuilt_anew
from search.models import SearchEntry
from search.query import parse
from tests.clock import NOON
from tests.search import corpus
from tests.search.asking import titles
from tests.servers import closed_port

pytestmark = pytest.mark.django_db


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


def test_what_a_server_that_is_down_did_not_take_stays_open_beside_what_the_database_took(
    settings: Settings,
) -> None:
    settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{closed_port()}"
    notice = corpus.notice(corpus.DATA["corpus"]["notices"][0])

    sweep_effects(NOON)

    open_effects = Effect.objects.filter(kind="index", done_at__isnull=True)
    assert {effect.payload["index"] for effect in open_effects} == {"elasticsearch"}
    assert database_index().find(parse(notice.title)).hits[0].title == notice.title


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


def test_a_start_goes_on_without_a_server_that_is_down(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus.store_corpus()
    settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{closed_port()}"

    build_missing_indexes()

    assert "Search has to do without elasticsearch for now" in capsys.readouterr().out
    assert database_index().is_built()


def test_what_was_put_off_is_a_rebuild_which_tells_when_an_index_is_missing(
    settings: Settings,
) -> None:
    corpus.store_corpus()
    SearchEntry.objects.all().delete()

    assert rebuilt_anew()
    assert SearchEntry.objects.exists()

    settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{closed_port()}"
    assert not rebuilt_anew()
