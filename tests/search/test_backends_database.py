"""What the index in our own database does with what it cannot write."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.backends import database_index
from search.models import SearchEntry
from search.query import Chosen, parse
from tests.clock import NOON
from tests.search.asking import CHANGED, ORIGINAL, titles

pytestmark = pytest.mark.django_db
EXPLAINED = {
    "sqlite": ("", "EXPLAIN QUERY PLAN ", "SCAN search_searchentry"),
    # few rows are read as they lie; what matters is that there is another way
    "postgresql": ("SET LOCAL enable_seqscan = off", "EXPLAIN ", "Seq Scan"),
}
"""How a database is asked for the plan of a statement, and what it says when it reads all rows."""
LONE_SURROGATE = replace(ORIGINAL, key="broken", title="坏\ud800")


def test_a_rebuild_leaves_out_what_cannot_be_written_and_counts_it() -> None:
    database = database_index()

    refused = database.rebuild([ORIGINAL, LONE_SURROGATE, replace(CHANGED, key="two")], 12)

    assert refused == 1
    assert titles(database, "通知") == ["平台维护的通知", "平台升级的通知"]


def test_a_single_write_that_cannot_be_done_is_told_to_the_caller() -> None:
    with pytest.raises(UnicodeEncodeError):
        database_index().put([LONE_SURROGATE], 12)


@pytest.mark.parametrize("chosen", [(), (("date", ("2026",)),)])
def test_of_very_many_hits_kinds_are_counted_exactly_and_facets_of_the_first(
    monkeypatch: pytest.MonkeyPatch, chosen: Chosen
) -> None:
    monkeypatch.setattr("search.backends.database.FACETS_OF", 3)
    date = (("date", "2026"),)
    notices = [replace(ORIGINAL, key=str(n), facets=date) for n in range(5)]
    law = replace(ORIGINAL, kind="law", facets=date, sort_at=NOON - timedelta(days=9))
    database_index().rebuild([*notices, law], 12)

    found = database_index().find(replace(parse("维护"), chosen=chosen))

    assert found.counts == {"notice": 5, "law": 1}
    assert found.facets["date"] == {"2026": 3}


def flushed() -> None:
    """Store an entry and delete its row alone, as `manage.py flush` does."""
    database_index().put([ORIGINAL], 11)
    SearchEntry.objects.all().delete()


def test_an_entry_takes_the_place_where_a_flush_has_left_grams() -> None:
    flushed()

    database_index().put([ORIGINAL], 12)

    assert database_index().find(parse("维护")).hits == [ORIGINAL]
    assert database_index().count([parse("维护")]) == [1]


def test_a_rebuild_forgets_the_grams_that_a_flush_has_left() -> None:
    flushed()

    assert database_index().rebuild([], 12) == 0

    assert database_index().count([parse("维护")]) == [0]


def test_whether_anything_is_found_is_told_under_what_was_chosen() -> None:
    index = database_index()
    index.put([ORIGINAL], 1)
    query = parse("维护")

    assert index.holds(query)
    assert index.holds(replace(query, chosen=(("kind", ("tender", "notice")),)))
    assert not index.holds(replace(query, chosen=(("kind", ("tender",)),)))
    assert not index.holds(parse("升级"))


@pytest.mark.parametrize("chosen", [(), (("region", ("360700",)),)])
def test_to_count_facets_no_database_reads_all_rows(
    monkeypatch: pytest.MonkeyPatch, chosen: Chosen
) -> None:
    monkeypatch.setattr("search.backends.database.FACETS_OF", 3)
    region = (("region", "360700"),)
    database = database_index()
    database.rebuild([replace(ORIGINAL, key=str(n), facets=region) for n in range(5)], 12)
    before, explain, says = EXPLAINED[connection.vendor]

    with CaptureQueriesContext(connection) as sent:
        database.find(replace(parse("通知"), chosen=chosen))

    plans = []
    if before:
        with connection.cursor() as cursor:
            cursor.execute(before)
    for statement in sent.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"{explain}{statement['sql']}".replace("%", "%%"), [])
            plans.append(str(cursor.fetchall()))
    assert len(plans) >= 3  # the hits, the values, the kinds
    assert [plan for plan in plans if says in plan] == []


@pytest.mark.parametrize(("count", "statements"), [(3, 1), (4, 2)])
def test_few_hits_are_read_and_counted_in_one_statement(
    monkeypatch: pytest.MonkeyPatch, count: int, statements: int
) -> None:
    monkeypatch.setattr("search.backends.database.CANDIDATES", 4)
    date = (("date", "2026"),)
    rows = [replace(ORIGINAL, key=str(n), facets=date) for n in range(count)]
    database_index().rebuild(rows, 12)

    with CaptureQueriesContext(connection) as sent:
        found = database_index().find(parse("维护"))

    assert found.facets == {"kind": {"notice": count}, "date": {"2026": count}}
    assert sorted(hit.key for hit in found.hits) == [str(n) for n in range(count)]
    assert len(sent.captured_queries) == statements


def test_hits_beyond_those_that_are_put_in_order_stand_by_their_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("search.backends.database.CANDIDATES", 20)
    rows = [replace(ORIGINAL, key=str(n), sort_at=NOON - timedelta(days=n)) for n in range(45)]
    database_index().rebuild(rows, 12)

    pages = [database_index().find(parse("维护", page=page)).hits for page in (2, 3)]

    assert [hit.key for hit in pages[0]] == [str(n) for n in range(20, 40)]
    assert [hit.key for hit in pages[1]] == [str(n) for n in range(40, 45)]
