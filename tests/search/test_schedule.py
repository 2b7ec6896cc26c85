"""The order in which workers finish does not matter, and a rebuild loses nothing."""

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from cms.models import NoticePage
from marketplace.kernel.models import Effect
from search.schedule import KEPT, rebuild_nightly
from tests.clock import NOON
from tests.search import corpus
from tests.search.asking import refusing_server

pytestmark = pytest.mark.django_db


def test_the_night_goes_on_without_a_server_that_refuses(settings: Settings) -> None:
    corpus.store_corpus()
    with refusing_server() as address:
        settings.SEARCH_URL = f"elasticsearch://{address}"
        rebuild_nightly()

    assert corpus.entry_count() == 7


# --- one entry that cannot be had -----------------------------------------------------------------


@pytest.fixture
def unreadable() -> NoticePage:
    """Store the corpus, and in it a notice of a day that has no moment in UTC."""
    corpus.store_corpus()
    notice = NoticePage.objects.order_by("pk").first()
    assert notice is not None
    NoticePage.objects.filter(pk=notice.pk).update(published_on=date.min)
    return notice


@pytest.mark.usefixtures("unreadable")
def test_the_night_finishes_without_what_cannot_be_read() -> None:
    rebuild_nightly()

    assert corpus.entry_count() == 6


def test_the_night_rebuilds_and_forgets_old_effects() -> None:
    corpus.store_corpus()
    Effect.objects.update(done_at=NOON - KEPT - timedelta(days=400))
    Effect.objects.create(kind="email", key="email:1", due_at=NOON, done_at=NOON - timedelta(500))

    rebuild_nightly()

    assert corpus.entry_count() == 7
    assert list(Effect.objects.values_list("kind", flat=True)) == ["email"]
