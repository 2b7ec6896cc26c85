"""The life of one deadline: begun, reminded of, stopped, settled, suspended and resumed."""

from datetime import date, datetime, timedelta

import pytest

from marketplace.kernel import deadlines
from marketplace.kernel.calendar import CHINA, WorkCalendar
from marketplace.kernel.calendar import Deadline as CountedTo
from marketplace.kernel.deadlines import Kind, Settled, settled
from marketplace.kernel.models import Deadline
from marketplace.kernel.suspension import Moved, Unit
from marketplace.models import Agency
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ANNOUNCED = datetime(2027, 1, 5, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2027, 1, 3), ANNOUNCED),
        (date(2027, 1, 4), ANNOUNCED),
        (date(2027, 1, 5), datetime(2027, 1, 6, tzinfo=CHINA)),
    ],
    ids=["earlier", "the same", "later"],
)
def test_an_announced_deadline_moves_back_and_never_forward(day: date, after: datetime) -> None:
    found = settled("A", "due", ANNOUNCED, CountedTo(day))

    assert found == Settled("A", "due", ANNOUNCED, after, is_provisional=False)
    assert found.has_moved is (after != ANNOUNCED)


# --- one kind of the tests' own -------------------------------------------------------------------
def five_days(_subject: Agency, start: datetime, _calendar: WorkCalendar) -> Moved:
    return Moved(start + 5 * DAY)


def a_day_more(subject: Agency, _start: datetime, _calendar: WorkCalendar) -> Moved:
    reply = REPLY.of(subject)
    assert reply is not None
    return Moved(reply.ends_at + DAY)


def the_day_before(
    _subject: Agency, _since: datetime, end: datetime, _calendar: WorkCalendar
) -> datetime:
    return end - DAY


OBJECTION = Kind[Agency](
    name="test.objection",
    label="异议",
    lock=lambda subject: subject,
    end=a_day_more,
    reference=str,
    unit=Unit.FOLLOWS,
)
REPLY = Kind[Agency](
    name="test.reply",
    label="答复",
    lock=lambda subject: subject,
    end=five_days,
    reference=str,
    unit=Unit.CALENDAR_DAY,
    grace=lambda _subject: HOUR,
    remind=the_day_before,
    matter=lambda _subject: "test/1",
    leads=(OBJECTION,),
)


def stored(kind: Kind[Agency], agency: Agency) -> Deadline:
    return Deadline.objects.get(kind=kind.name, object_id=agency.pk)


@pytest.mark.django_db
def test_a_deadline_begins_with_its_end_its_act_and_its_reminder() -> None:
    row = deadlines.start(REPLY, agency := AgencyFactory(), NOON)

    assert row == stored(REPLY, agency)
    assert (row.starts_at, row.ends_at, row.is_provisional) == (NOON, NOON + 5 * DAY, False)
    assert (row.acts_at, row.remind_at) == (NOON + 5 * DAY + HOUR, NOON + 4 * DAY)
    assert (row.next_at, row.matter) == (row.remind_at, "test/1")


@pytest.mark.django_db
def test_what_is_read_off_a_deadline_moves_with_it_and_takes_the_same_row() -> None:
    agency = AgencyFactory()
    deadlines.start(REPLY, agency, NOON)
    deadlines.start(OBJECTION, agency, NOON)

    deadlines.start(REPLY, agency, NOON + DAY)

    assert stored(REPLY, agency).ends_at == NOON + 6 * DAY
    assert stored(OBJECTION, agency).ends_at == NOON + 7 * DAY
    assert agency.deadlines.count() == 2


@pytest.mark.django_db
def test_what_was_done_is_not_done_again_and_an_end_stays_known() -> None:
    deadlines.start(REPLY, agency := AgencyFactory(), NOON)

    deadlines.reminded(REPLY, agency)
    assert (row := stored(REPLY, agency)).remind_at is None
    assert row.next_at == row.acts_at == NOON + 5 * DAY + HOUR

    deadlines.end_now(REPLY, agency, NOON + DAY)
    assert (row := stored(REPLY, agency)).ends_at == NOON + DAY
    assert row.next_at == NOON + DAY + HOUR

    deadlines.rest(REPLY, agency)
    assert (row := stored(REPLY, agency)).is_running
    assert (row.acts_at, row.next_at) == (None, None)

    deadlines.stop(REPLY, agency, NOON + 2 * DAY)
    assert (row := stored(REPLY, agency)).stopped_at == NOON + 2 * DAY
    assert row.ends_at == NOON + DAY

    deadlines.drop(REPLY, agency)
    assert REPLY.of(agency) is None
    assert not Deadline.objects.exists()


@pytest.mark.django_db
def test_all_that_still_run_are_stopped_at_once() -> None:
    agency = AgencyFactory()
    for kind in (REPLY, OBJECTION):
        deadlines.start(kind, agency, NOON)
    deadlines.stop(OBJECTION, agency, NOON)

    deadlines.stop_all(agency, NOON + DAY)

    assert stored(REPLY, agency).stopped_at == NOON + DAY
    assert stored(REPLY, agency).next_at is None
    assert stored(OBJECTION, agency).stopped_at == NOON


@pytest.mark.django_db
def test_a_deadline_that_stood_still_ends_later_by_the_days_that_it_stood() -> None:
    agency = AgencyFactory()
    for kind in (REPLY, OBJECTION):
        deadlines.start(kind, agency, NOON)
    kinds = (OBJECTION, REPLY)

    assert len(deadlines.suspend(kinds, agency, NOON + DAY, why="check")) == 2
    assert stored(REPLY, agency).next_at is None
    assert deadlines.resume(kinds, agency, NOON + 2 * DAY, why="other") == []
    deadlines.resume(kinds, agency, NOON + 3 * DAY, why="check")

    row = stored(REPLY, agency)
    assert (row.paused_days, row.ends_at, row.is_running) == (2, NOON + 7 * DAY, True)
    assert row.next_at == row.remind_at == NOON + 6 * DAY
    assert stored(OBJECTION, agency).ends_at == NOON + 8 * DAY


@pytest.mark.django_db
@pytest.mark.parametrize(("also_ended", "count"), [(False, 0), (True, 1)])
def test_what_has_ended_stands_still_only_where_its_consequence_must_wait(
    also_ended: bool, count: int
) -> None:
    deadlines.start(REPLY, agency := AgencyFactory(), NOON)
    end = NOON + 5 * DAY

    found = deadlines.suspend((REPLY,), agency, end, why="check", also_ended=also_ended)

    assert len(found) == count


@pytest.mark.django_db
def test_a_matter_is_suspended_and_resumed_as_a_whole_and_no_other() -> None:
    deadlines.start(REPLY, agency := AgencyFactory(), NOON)
    kinds = (REPLY,)

    assert deadlines.suspend_matter("test/2", kinds, NOON) == []
    [row] = deadlines.suspend_matter("test/1", kinds, NOON + DAY)
    assert (row.suspended_at, row.suspended_by) == (NOON + DAY, deadlines.MATTER)

    deadlines.resume_matter("test/1", kinds, NOON + 2 * DAY)
    assert stored(REPLY, agency).ends_at == NOON + 6 * DAY
