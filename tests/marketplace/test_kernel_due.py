"""What the schedule does with one deadline: remind, act, and what a failure may tell."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from marketplace.kernel.deadlines import Kind
from marketplace.kernel.due import DUE_WORK, DueWork, due_works, run_rows
from marketplace.kernel.models import Deadline
from marketplace.kernel.suspension import Moved
from marketplace.kernel.verdicts import Refused
from tests.clock import NOON
from tests.factories.bidding import TenderFactory

DAY = timedelta(days=1)
KIND: Kind[Any] = Kind(
    name="test.kind",
    label="期限",
    lock=lambda subject: subject,
    end=lambda _subject, start, _calendar: Moved(start),
    reference=str,
)


def work(done: list[object], fails: Exception | None = None) -> DueWork:
    """Return a step that notes what it is called with, or fails."""

    def note(*given: object) -> None:
        if fails is not None:
            raise fails
        done.append(given[1:])

    return DueWork(kind=KIND, act=note, remind=note)


def row(**moments: datetime | None) -> Deadline:
    return Deadline(kind="test.kind", object_id=7, ends_at=NOON, **moments)


def test_a_reminder_counts_from_its_moment_and_an_act_from_the_end() -> None:
    done: list[object] = []
    both = work(done)

    assert both.handle(row(remind_at=NOON - DAY, acts_at=NOON), NOON - DAY) == "test.kind.remind"
    assert both.handle(row(acts_at=NOON), NOON + DAY) == "test.kind"

    assert done == [(NOON - DAY,), (NOON, NOON + DAY)]


def test_nothing_is_done_before_its_moment_or_where_nothing_follows() -> None:
    done: list[object] = []
    later = NOON + timedelta(microseconds=1)

    assert work(done).handle(row(remind_at=later, acts_at=later), NOON) == ""
    assert work(done).handle(row(), NOON) == ""
    assert replace(work(done), act=None).handle(row(acts_at=NOON), NOON) == ""
    assert done == []


@pytest.mark.django_db
def test_one_query_that_an_index_answers_finds_all_that_is_due(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    TenderFactory.create_batch(3, active=True)
    works = {one.kind.name: one for one in due_works()}

    with django_assert_num_queries(1):
        assert run_rows(works, NOON) == {}

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # the table is small enough to be read whole
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "deadline_next" in Deadline.objects.due(NOON).explain()


def test_a_refusal_is_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    assert work([], Refused()).handle(row(acts_at=NOON), NOON) == ""
    assert caplog.text == ""


def sealed_of(step: DueWork) -> DueWork:
    return replace(step, is_sealed=True)


def telling(step: DueWork) -> DueWork:
    return replace(step, is_sealed=True, telling=(ValueError,))


@pytest.mark.parametrize(
    ("as_declared", "is_told"),
    [(replace, True), (sealed_of, False), (telling, True)],
)
def test_a_failure_holds_nothing_up_and_tells_of_sealed_rows_only_what_quotes_nothing(
    caplog: pytest.LogCaptureFixture,
    as_declared: Callable[[DueWork], DueWork],
    *,
    is_told: bool,
) -> None:
    step = as_declared(work([], ValueError("81234.56")))

    assert step.handle(row(acts_at=NOON), NOON) == ""

    assert "due_row_failed" in caplog.text
    assert ("81234.56" in caplog.text) is is_told


def test_the_steps_of_every_app_are_asked_for(answering: Callable[..., None]) -> None:
    one, other = work([]), replace(work([]), label="另一个")
    answering(DUE_WORK.answer(lambda: [one], lambda: [other]))

    assert [*due_works()] == [one, other]
