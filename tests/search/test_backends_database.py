"""What the index in our own database does with what it cannot write."""

from dataclasses import replace

import pytest

from search.backends import database_index
from tests.search.asking import CHANGED, ORIGINAL, titles

pytestmark = pytest.mark.django_db
LONE_SURROGATE = replace(ORIGINAL, key="broken", title="坏\ud800")


def test_a_rebuild_leaves_out_what_cannot_be_written_and_counts_it() -> None:
    database = database_index()

    refused = database.rebuild([ORIGINAL, LONE_SURROGATE, replace(CHANGED, key="two")], 12)

    assert refused == 1
    assert titles(database, "通知") == ["平台维护的通知", "平台升级的通知"]


def test_a_single_write_that_cannot_be_done_is_told_to_the_caller() -> None:
    with pytest.raises(UnicodeEncodeError):
        database_index().put([LONE_SURROGATE], 12)
