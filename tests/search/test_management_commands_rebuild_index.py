"""The command rebuilds what is missing, goes on without what fails, and says so."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from cms.models import NoticePage
from search.models import SearchEntry
from tests.search import corpus
from tests.servers import closed_port

pytestmark = pytest.mark.django_db


def test_the_command_rebuilds_what_is_missing_only() -> None:
    corpus.store_corpus()
    first, second = StringIO(), StringIO()

    call_command("rebuild_index", if_missing=True, stdout=first)
    call_command("rebuild_index", if_missing=True, stdout=second)

    assert first.getvalue() == "database: rebuilt\n"
    assert second.getvalue() == ""
    assert corpus.entry_count() == 7


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
    assert corpus.entry_count() == 7


@pytest.fixture
def unreadable() -> NoticePage:
    """Store the corpus, and in it a notice of a day that has no moment in UTC."""
    corpus.store_corpus()
    notice = NoticePage.objects.order_by("pk").first()
    assert notice is not None
    NoticePage.objects.filter(pk=notice.pk).update(published_on=date.min)
    return notice


def test_the_command_finishes_without_what_cannot_be_read_and_its_exit_code_tells(
    unreadable: NoticePage,
) -> None:
    output = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("rebuild_index", stdout=output)

    assert ended.value.code == 1
    assert output.getvalue() == "database: rebuilt, 1 entries failed\n"
    assert corpus.entry_count() == 6
    assert not SearchEntry.objects.filter(key=str(unreadable.translation_key)).exists()
