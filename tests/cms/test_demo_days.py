"""The demo on other days: one that is free, and one whose calendar is not published yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from bidding.models import Tender
from bidding.stages import Stage
from cms.demo.days import CHINA
from credit.models import Case
from marketplace.kernel.models import Effect
from marketplace.models import Agency
from tests.cms.province import stage_at

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo-days")]

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class End:
    """A day on which the story ends, with the first two working days from then on."""

    today: date
    moment: datetime
    first: date
    second: date


def end(today: date, story: date, first: date, second: date) -> End:
    return End(today, datetime.combine(story, time(0, 0, 30), tzinfo=CHINA), first, second)


# Within the National Day holiday, which is followed by a Saturday on which people work; and a
# Friday for which no calendar is published, so that its neighbours are provisional.
HOLIDAY = end(date(2026, 10, 3), date(2026, 10, 1), date(2026, 10, 8), date(2026, 10, 9))
NEXT_YEAR = end(date(2027, 3, 5), date(2027, 3, 5), date(2027, 3, 5), date(2027, 3, 8))


@pytest.fixture(scope="module", params=[HOLIDAY, NEXT_YEAR], ids=["holiday", "friday-2027"])
def ended(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[End]:
    now = datetime.combine(request.param.today, time(12), tzinfo=CHINA)
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True),
        time_machine.travel(now, tick=False),
        transaction.atomic(),
    ):
        call_command("demo", "--day", str(request.param.today), verbosity=0, stdout=StringIO())
        yield request.param
        transaction.set_rollback(True)


def test_two_orders_at_least_stand_in_every_stage_on_other_days_too(ended: End) -> None:
    stages = Counter(stage_at(tender, ended.moment) for tender in Tender.objects.all())

    assert {stage for stage in Stage if stages[stage] < 2} == set()


def test_orders_close_on_the_first_working_day_the_next_one_and_later(ended: End) -> None:
    ends = Tender.objects.open_at(ended.moment)
    days = Counter(
        (moment - timedelta(microseconds=1)).astimezone(CHINA).date()
        for moment in ends.values_list("sign_up__ends_at", flat=True)
    )

    assert min(days) == ended.first
    assert days[ended.first] >= 2
    assert days[ended.second] >= 2
    assert sum(count for day, count in days.items() if day > ended.second + ONE_DAY) >= 2


def test_the_register_the_cases_and_the_effects_are_as_on_any_day(ended: End) -> None:
    agencies = Counter(Agency.objects.values_list("status", flat=True))

    assert agencies == {"active": 24, "publicity": 2, "submitted": 2, "returned": 1, "draft": 1}
    assert {"notified", "stated"} <= set(Case.objects.values_list("status", flat=True))
    assert not Effect.objects.filter(done_at__isnull=True).exists()


def test_a_deadline_beyond_the_published_calendar_is_marked_provisional(ended: End) -> None:
    marks = Tender.objects.filter(status="active").values_list("is_end_provisional", flat=True)

    assert set(marks) == {ended.today.year == 2027}
