"""
The demo on other days: a night of the Spring Festival, a free day of a year not published yet.

The second is the whole of it, with the crowd. Each is built once for the same code, in the database
that comes first.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from itertools import product
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from bidding.models import Award, Tender
from bidding.models.stages import Phase
from bidding.selection.methods import METHODS
from bidding.stages import Stage
from cms.demo.days import CHINA, Days
from cms.demo.script import script
from credit.models import Case
from marketplace.kernel.invariants import breaches
from marketplace.kernel.models import Effect
from marketplace.kernel.state_triggers import lacking, subjects
from marketplace.models import Agency, Buyer
from tests.cms.builds import kept
from tests.cms.province import halls_when_it_comes_up, stage_at

pytestmark = [pytest.mark.django_db, pytest.mark.long]

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class End:
    """
    A moment at which somebody builds the demo, and where the story stands then.

    `story` is the day that has begun when it ends, `first` and `second` are the next working days.
    """

    now: datetime
    story: date
    first: date
    second: date
    has_crowd: bool = False

    @property
    def moment(self) -> datetime:
        return datetime.combine(self.story, time(0, 0, 30), tzinfo=CHINA)

    @property
    def today(self) -> date:
        return self.now.date()


ENDS = {
    # two minutes before midnight of a Saturday in the Spring Festival; on the Saturday before it
    # people worked
    "spring-festival": End(
        datetime(2026, 2, 21, 23, 58, tzinfo=CHINA),
        date(2026, 2, 15),
        date(2026, 2, 24),
        date(2026, 2, 25),
    ),
    # the end of February, a Sunday, of a year whose holidays are not published
    "end-of-february-2027": End(
        datetime(2027, 2, 28, 12, tzinfo=CHINA),
        date(2027, 2, 27),
        date(2027, 3, 1),
        date(2027, 3, 2),
        has_crowd=True,
    ),
}
WHOLE = ENDS["end-of-february-2027"]


@dataclass(frozen=True)
class Ended:
    """Where a story stood when it ended, as plain values that are kept."""

    end: End
    stages: Counter[str]
    closing: list[date]
    agencies: dict[str, int]
    owners: int
    published: int
    completed: Counter[str]
    won: list[tuple[str, str]]
    broken: list[str]
    cases: set[str]
    effects_to_do: int
    provisional: set[bool]
    lacking: list[str]
    halls: int
    shown: set[tuple[str, str]]
    """Each method with each phase in which an order of it stands."""


@pytest.fixture(scope="module", params=[*ENDS.values()], ids=[*ENDS])
def ended(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Ended:
    end: End = request.param

    def build() -> list[str]:
        with (
            django_db_blocker.unblock(),
            override_settings(DEMO=True, DEMO_CROWD=end.has_crowd),
            time_machine.travel(end.now, tick=False),
            transaction.atomic(),
        ):
            call_command("demo", "--day", str(end.today), verbosity=0, stdout=StringIO())
            found = _as_it_stands(end)
            transaction.set_rollback(True)
        return [json.dumps(found)]

    [line] = kept(f"ended-{end.today}", build)
    return _read(end, json.loads(line))


def _as_it_stands(end: End) -> dict[str, Any]:
    ends = Tender.objects.open_at(end.moment).values_list("sign_up__ends_at", flat=True)
    running = Tender.objects.filter(status="active").prefetch_related("deadlines")
    completed = Award.objects.filter(status="complete")
    return {
        "stages": [stage_at(tender, end.moment).value for tender in Tender.objects.all()],
        "closing": [
            (moment - timedelta(microseconds=1)).astimezone(CHINA).date().isoformat()
            for moment in ends
        ],
        "agencies": list(Agency.objects.values_list("status", flat=True)),
        "owners": Buyer.objects.count(),
        "published": Tender.objects.public().count(),
        "completed": list(completed.values_list("tender__item__code", flat=True)),
        "won": sorted(Award.objects.values_list("tender__title", "bid__agency__name")),
        "broken": [one.invariant.name for one in breaches(end.moment - ONE_MINUTE)],
        "cases": list(Case.objects.values_list("status", flat=True)),
        "effects_to_do": Effect.objects.open().filter(due_at__lte=end.moment).count(),
        "provisional": [tender.is_end_provisional for tender in running],
        "lacking": [str(row) for model in subjects() for row in lacking(model)],
        "halls": len(halls_when_it_comes_up(end.now)),
        "shown": sorted(
            {
                (method, phase.value)
                for phase in Phase
                for method in Tender.objects.filter(phase.condition(end.moment)).values_list(
                    "method", flat=True
                )
            }
        ),
    }


def _read(end: End, found: dict[str, Any]) -> Ended:
    return Ended(
        end=end,
        stages=Counter(found["stages"]),
        closing=[date.fromisoformat(day) for day in found["closing"]],
        agencies=Counter(found["agencies"]),
        owners=found["owners"],
        published=found["published"],
        completed=Counter(found["completed"]),
        won=[(title, name) for title, name in found["won"]],
        broken=found["broken"],
        cases=set(found["cases"]),
        effects_to_do=found["effects_to_do"],
        provisional=set(found["provisional"]),
        lacking=found["lacking"],
        halls=found["halls"],
        shown={(method, phase) for method, phase in found["shown"]},
    )


def test_two_orders_at_least_stand_in_every_stage_on_other_days_too(ended: Ended) -> None:
    assert {stage for stage in Stage if ended.stages[stage.value] < 2} == {Stage.BIDDING}
    assert ended.halls == 2


def test_orders_close_on_the_first_working_day_the_next_one_and_later(ended: Ended) -> None:
    days = Counter(ended.closing)

    assert min(days) == ended.end.first
    assert days[ended.end.first] >= 2
    assert days[ended.end.second] >= 2
    assert sum(count for day, count in days.items() if day > ended.end.second + ONE_DAY) >= 2


def test_the_register_the_cases_and_the_effects_are_as_on_any_day(ended: Ended) -> None:
    assert ended.agencies == {
        "active": 120 if ended.end.has_crowd else 30,
        "publicity": 2,
        "submitted": 2,
        "returned": 1,
        "draft": 1,
    }
    assert {"notified", "stated"} <= ended.cases
    assert ended.effects_to_do == 0


def test_a_deadline_beyond_the_published_calendar_is_marked_provisional(ended: Ended) -> None:
    assert ended.provisional == {ended.end.today.year == 2027}


def test_every_row_has_the_deadlines_that_its_state_needs(ended: Ended) -> None:
    assert ended.lacking == []


def test_all_that_must_hold_of_it_holds(ended: Ended) -> None:
    assert ended.broken == []


@pytest.mark.parametrize("ended", [WHOLE], indirect=True)
def test_the_whole_province_is_large(ended: Ended) -> None:
    assert ended.owners == 41
    assert ended.published > 200
    assert ended.stages[Stage.OPEN.value] > 15
    items = ("S02", "S03", "S04", "S05", "S06", "S30")
    assert min(ended.completed[item] for item in items) >= 5


@pytest.mark.parametrize("ended", [WHOLE], indirect=True)
def test_every_method_stands_in_every_state(ended: Ended) -> None:
    assert ended.shown == set(product(METHODS, Phase.values))


@pytest.mark.parametrize("ended", [WHOLE], indirect=True)
def test_what_is_told_is_decided_among_those_of_whom_is_told(ended: Ended) -> None:
    told = {order.title for order in script().orders}
    names = {one.name for one in script().agencies.values()}

    assert all((name in names) == (title in told) for title, name in ended.won)
    assert len(ended.won) > 130


# --- The days themselves ---
MONDAY = date(2026, 11, 23)
WEEKDAYS = [
    day
    for day in (date(2026, 6, 1) + timedelta(days=ahead) for ahead in range(300))
    if day.weekday() < 5
]


def test_day_0_is_today_and_the_story_ends_half_a_minute_after_the_day_before() -> None:
    days = Days(WEEKDAYS, today=MONDAY + timedelta(days=1))

    assert [days.day(number) for number in (-2, -1, 0, 1)] == [
        date(2026, 11, 20),
        *(MONDAY + timedelta(days=ahead) for ahead in range(3)),
    ]
    assert days.end == datetime(2026, 11, 24, 0, 0, 30, tzinfo=CHINA)


def test_on_a_free_day_the_story_ends_with_the_last_working_day() -> None:
    days = Days(WEEKDAYS, today=date(2026, 11, 22))

    assert days.day(0) == MONDAY
    assert days.end == datetime(2026, 11, 21, 0, 0, 30, tzinfo=CHINA)


def test_a_working_day_begins_at_nine_and_ends_at_five() -> None:
    days = Days(WEEKDAYS, today=MONDAY)

    assert days.at(0, 0) == datetime(2026, 11, 23, 9, tzinfo=CHINA)
    assert days.at(0, 1) == datetime(2026, 11, 23, 17, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(2026, 11, 23, tzinfo=CHINA), 0),
        (datetime(2026, 11, 21, tzinfo=CHINA), 0),
        (datetime(2026, 11, 20, 23, tzinfo=CHINA), -1),
    ],
)
def test_a_moment_has_the_number_of_the_first_working_day_from_it(
    moment: datetime, number: int
) -> None:
    assert Days(WEEKDAYS, today=MONDAY).number_from(moment) == number
