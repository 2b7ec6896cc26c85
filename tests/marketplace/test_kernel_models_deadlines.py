"""What the database itself lets a deadline be, and how a row reads its own."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from marketplace.kernel.models import Deadline, end_of
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.models import Agency
from marketplace.models.deadlines import AdmissionDeadline
from tests.clock import NOON
from tests.factories.deadlines import lay_deadline, move_deadline
from tests.factories.marketplace import AgencyFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PUBLICITY = AdmissionDeadline.PUBLICITY


def row() -> Deadline:
    return lay_deadline(AgencyFactory(), "test.kind", NOON + DAY, starts_at=NOON)


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_at": NOON + 2 * DAY},
        {"next_at": NOON, "stopped_at": NOON},
        {"next_at": NOON, "suspended_at": NOON, "suspended_by": "check"},
        {"suspended_at": NOON},
        {"suspended_by": "check"},
        {"suspended_at": NOON, "suspended_by": "check", "stopped_at": NOON},
    ],
)
def test_a_deadline_that_contradicts_itself_cannot_be_stored(wrong: dict[str, object]) -> None:
    found = row()

    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.filter(pk=found.pk).update(**wrong)


def test_a_subject_has_a_kind_once() -> None:
    agency = AgencyFactory(publicity=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        lay_deadline(agency, PUBLICITY, NOON)


@pytest.mark.parametrize(
    ("fields", "next_day"),
    [
        ({"acts_at": NOON + 2 * DAY}, 2),
        ({"acts_at": NOON + 2 * DAY, "remind_at": NOON + DAY}, 1),
        ({"remind_at": NOON + DAY}, 1),
        ({}, None),
        ({"acts_at": NOON + DAY, "stopped_at": NOON}, None),
        ({"acts_at": NOON + DAY, "suspended_at": NOON, "suspended_by": "check"}, None),
    ],
)
def test_the_schedule_looks_at_the_earlier_of_reminder_and_act_and_at_nothing_at_rest(
    fields: dict[str, object], next_day: int | None
) -> None:
    found = lay_deadline(AgencyFactory(), "test.kind", NOON + DAY, starts_at=NOON, **fields)

    assert found.next_at == (None if next_day is None else NOON + next_day * DAY)


def test_a_row_reads_its_deadlines_once_and_a_list_with_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _place in range(3):
        AgencyFactory(publicity=True)
    agency = Agency.objects.first()
    assert agency is not None

    with django_assert_num_queries(1):
        assert agency.publicity_ends_at == NOON + 7 * DAY
        assert agency.check_due_at == NOON + DAY
    with django_assert_num_queries(2):
        ends = {one.publicity_ends_at for one in Agency.objects.prefetch_related(deadlines_of())}
        assert ends == {NOON + 7 * DAY}


def test_rows_are_filtered_and_sorted_by_an_end_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    late, soon = AgencyFactory(publicity=True), AgencyFactory(publicity=True)
    AgencyFactory(submitted=True)
    move_deadline(soon, PUBLICITY, ends_at=NOON + 2 * DAY)
    rows = Agency.objects.alias(ends_at=end_of(PUBLICITY)).filter(ends_at__gt=NOON)

    with django_assert_num_queries(1):
        assert [*rows.order_by("ends_at")] == [soon, late]


def test_a_row_that_is_not_stored_has_no_deadline() -> None:
    assert Agency().publicity_ends_at is None


def test_a_deadline_that_was_stopped_is_provisional_no_more() -> None:
    runs, is_over = AgencyFactory(publicity=True), AgencyFactory(active=True)
    for agency in (runs, is_over):
        move_deadline(agency, PUBLICITY, is_provisional=True)

    assert (runs.is_due_provisional, is_over.is_due_provisional) == (True, False)
