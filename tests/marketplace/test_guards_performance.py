"""Work that is declared is done, is new, and is checked once."""

from datetime import timedelta

import pytest

from marketplace.guards import performance as guards
from marketplace.models import PastPerformance
from tests.clock import NOON
from tests.factories.parties import PerformanceFactory

TODAY = NOON.date()
S = PastPerformance.Status


def test_work_may_be_done_today_and_not_tomorrow() -> None:
    assert guards.work_is_done(TODAY, TODAY).holds
    assert not guards.work_is_done(TODAY + timedelta(days=1), TODAY).holds


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "is_new"), [(S.ENTERED, False), (S.CHECKED, False)])
def test_the_same_work_is_not_declared_twice(status: str, is_new: bool) -> None:
    one = PerformanceFactory(status=status)

    same = guards.work_is_new(one.agency, one.title, one.client, one.completed_on)
    other = guards.work_is_new(one.agency, one.title, one.client, TODAY - timedelta(days=9))

    assert (same.holds, other.holds) == (is_new, True)
